import { type Day, formatDay, moveDay, toDay } from "../days";
import { database } from "../db/client";
import { retryWhileLocked } from "../db/retry-while-locked";

/** A bookmarked paper that comes back. */
export type Forgotten = { key: number; id: string; title: string; bookmarkedOn: Day };

// Long enough to have forgotten it, and to want to see it again.
const forgottenAfterDays = 60;
const snoozedForDays = 30;
// Every edition asks, so only so many of the oldest bookmarks are looked at.
const lookedAt = 1000;

/**
 * The paper that was bookmarked longest ago of those to read that were never opened and are not snoozed. None on a day on which one
 * was snoozed.
 */
export async function findForgotten(reader: string, now = new Date()): Promise<Forgotten | null> {
  const before = new Date(now);
  before.setUTCDate(before.getUTCDate() - forgottenAfterDays);
  const [row] = await database().$queryRaw<{ key: bigint; id: string; title: string; createdAt: Date }[]>`
    SELECT p."key" AS key, p.id AS id, p.title AS title, b."createdAt" AS "createdAt"
    FROM (SELECT "paperKey", "createdAt", "snoozedTo" FROM "Bookmark"
      WHERE "readerId" = ${reader} AND "createdAt" < ${before} AND state = 'toread'
      ORDER BY "createdAt" LIMIT ${lookedAt}) AS b
    JOIN "Paper" AS p ON p."key" = b."paperKey"
    WHERE (b."snoozedTo" IS NULL OR b."snoozedTo" <= ${toDay(now)})
      AND NOT EXISTS (SELECT 1 FROM "Bookmark" AS o WHERE o."readerId" = ${reader}
        AND o."snoozedTo" = ${moveDay(toDay(now), snoozedForDays)})
      AND NOT EXISTS (SELECT 1 FROM "Seen" AS s WHERE s."readerId" = ${reader} AND s."paperKey" = b."paperKey"
        AND s."createdAt" > b."createdAt")
    ORDER BY b."createdAt", b."paperKey" LIMIT 1`;
  return row
    ? { key: Number(row.key), id: row.id, title: row.title, bookmarkedOn: toDay(row.createdAt) }
    : null;
}

/** Lets the paper that comes back next rest for a while. False if there is none. */
export async function snooze(reader: string, now = new Date()): Promise<boolean> {
  const found = await findForgotten(reader, now);
  if (!found) return false;
  await retryWhileLocked(() =>
    database().bookmark.updateMany({
      where: { readerId: reader, paperKey: found.key },
      data: { snoozedTo: moveDay(toDay(now), snoozedForDays) },
    }),
  );
  return true;
}

/** What is said above its title. */
export const describeForgotten = ({ bookmarkedOn }: Forgotten) =>
  `Bookmarked on ${formatDay(bookmarkedOn, "d MMMM yyyy")}, not opened yet`;
