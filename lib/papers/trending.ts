import type { Day } from "../days";
import { moveDay } from "../days";
import { database } from "../db/open-database";
import type { Paper } from "../paper";
import { loadPapers } from "./rows";

/**
 * Papers by the upvotes that they gained in the week up to `day`, the last on which one is known to have gained any. `since`
 * is from which day on where that is longer: then their order goes by what it was a week.
 */
export type Trending = { day: Day; papers: { paper: Paper; gained: number; since: Day | null }[] } | null;

const shown = 25;
const days = 7;

/**
 * What gained upvotes lately. A paper's votes are known at the days on which it was read and they had changed; one that was
 * first listed within the week has gained all that it has, of another that was never read before nothing is known. Null
 * where nothing is.
 */
export async function findTrending(): Promise<Trending> {
  const db = database();
  const [last] = await db.$queryRaw<{ day: Day | null }[]>`
    SELECT max(v.day) AS day FROM "VotePoint" AS v JOIN "Paper" AS p ON p."key" = v."paperKey"
    WHERE p."feedDay" > date(v.day, ${`-${days} days`})
      OR EXISTS (SELECT 1 FROM "VotePoint" WHERE "paperKey" = v."paperKey" AND day < v.day)`;
  if (!last?.day) return null;
  const begin = moveDay(last.day, -days);
  const rows = await db.$queryRaw<{ key: bigint; gained: bigint; since: Day | null }[]>`
    SELECT p."key" AS key, now.upvotes - coalesce(before.upvotes, 0) AS gained, before.day AS since
    FROM (SELECT "paperKey", upvotes, max(day) FROM "VotePoint"
          WHERE day > ${begin} AND upvotes IS NOT NULL GROUP BY "paperKey") AS now
    JOIN "Paper" AS p ON p."key" = now."paperKey"
    LEFT JOIN "VotePoint" AS before ON before."paperKey" = p."key" AND before.day =
      (SELECT max(day) FROM "VotePoint" WHERE "paperKey" = p."key" AND day <= ${begin} AND upvotes IS NOT NULL)
    WHERE gained > 0 AND (before.day IS NOT NULL OR p."feedDay" > ${begin})
    ORDER BY gained / (julianday(${last.day}) - julianday(coalesce(before.day, ${begin}))) DESC, p."orderKey" DESC
    LIMIT ${shown}`;
  const papers = await loadPapers(
    db,
    rows.map(({ key }) => Number(key)),
  );
  // A day of no change leaves no point, so one of a few days before is as good.
  const soon = moveDay(begin, -days);
  return {
    day: last.day,
    papers: papers.flatMap((paper, index) => {
      const row = rows[index];
      if (!row) return [];
      const { gained, since } = row;
      return [{ paper, gained: Number(gained), since: since !== null && since < soon ? since : null }];
    }),
  };
}
