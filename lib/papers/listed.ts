import { type Day, toEpochDay } from "../days";
import type { Database } from "../db/client";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { firstKey } from "../order-key";

/**
 * SQL: whether no listing has the paper `p` on a day. Its feed day is then the day it was published, so it is found by
 * `from` and `to`, but belongs to no edition, week or month.
 */
export const isUnlisted = Prisma.sql`NOT EXISTS
  (SELECT 1 FROM "Entry" e WHERE e."paperKey" = p.key AND e."listedOn" IS NOT NULL)`;

/** For each range of days, both ends included: how many papers were listed in it, each counted once. */
export async function countListed(db: Database, ranges: { from: Day; to: Day }[]): Promise<number[]> {
  const asked = rows(
    db,
    ranges.map(({ from, to }, place) => ({ place, from, to })),
    { place: "int", from: "text", to: "text" },
  );
  const counted = await db.$queryRaw<{ place: bigint; papers: bigint }[]>`
    SELECT asked.place AS place, (SELECT count(DISTINCT "paperKey") FROM "Entry"
      WHERE "listedOn" >= asked."from" AND "listedOn" <= asked."to") AS papers
    FROM ${asked} AS asked`;
  const papers = new Map(counted.map((row) => [Number(row.place), Number(row.papers)]));
  return ranges.map((_, place) => papers.get(place) ?? 0);
}

/** How many papers were published in a range of days, but never listed on any. */
export async function countUnlisted(db: Database, from: Day, to: Day): Promise<number> {
  const [row] = await db.$queryRaw<{ papers: bigint }[]>`
    SELECT count(*) AS papers FROM "Paper" p
    WHERE p."orderKey" >= ${firstKey(toEpochDay(from))} AND p."orderKey" < ${firstKey(toEpochDay(to) + 1)}
      AND ${isUnlisted}`;
  return Number(row?.papers ?? 0);
}

/** The latest day that a listing names. Null if none does. `sample`: only the sample edition, or all but that. */
export async function findLatestListedDay(db: Database, sample?: boolean): Promise<Day | null> {
  const entry = await db.entry.findFirst({
    where: { listedOn: { not: null }, ...(sample === undefined ? {} : { listing: { sample } }) },
    orderBy: { listedOn: "desc" },
    select: { listedOn: true },
  });
  return entry?.listedOn ?? null;
}

/** The latest day before a range, and the earliest after it, that a listing names. Null where there is none. */
export async function findNearestListedDays(
  db: Database,
  from: Day,
  to: Day,
): Promise<{ before: Day | null; after: Day | null }> {
  const select = { listedOn: true };
  const before = await db.entry.findFirst({
    where: { listedOn: { lt: from } },
    orderBy: { listedOn: "desc" },
    select,
  });
  const after = await db.entry.findFirst({
    where: { listedOn: { gt: to } },
    orderBy: { listedOn: "asc" },
    select,
  });
  return { before: before?.listedOn ?? null, after: after?.listedOn ?? null };
}
