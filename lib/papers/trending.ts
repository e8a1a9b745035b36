import type { Day } from "../days";
import { moveDay, toEpochDay } from "../days";
import { type Database, database } from "../db/client";
import type { Paper } from "../paper";
import { loadPapers } from "./rows";

/**
 * Papers by the upvotes they gained in the week up to `day`, the last day on which any paper is known to have gained
 * some. `since` is the start of a longer period, if a paper's earlier votes are older than a week. Its gain is then
 * ranked by the average per day.
 */
export type Trending = { day: Day; papers: { paper: Paper; gained: number; since: Day | null }[] } | null;

const shown = 25;
const days = 7;

/**
 * Papers that gained upvotes recently. Votes are recorded on days when an import found that they had changed. A paper
 * first listed within the week has gained all its votes. For an older paper without earlier votes, the gain is unknown.
 * Null if there are none.
 */
export async function findTrending(): Promise<Trending> {
  const db = database();
  const last = await findLastDay(db);
  if (last === null) return null;
  const weekStart = moveDay(last, -days);
  const gains = await db.$queryRaw<{ key: bigint; gained: bigint; since: Day | null }[]>`
    SELECT p."key" AS key, now.upvotes - coalesce(before.upvotes, 0) AS gained, before.day AS since
    FROM (SELECT "paperKey", max(day) AS day FROM "VotePoint"
          WHERE day > ${weekStart} AND upvotes IS NOT NULL GROUP BY "paperKey") AS latest
    JOIN "VotePoint" AS now ON now."paperKey" = latest."paperKey" AND now.day = latest.day
    JOIN "Paper" AS p ON p."key" = now."paperKey"
    LEFT JOIN "VotePoint" AS before ON before."paperKey" = p."key" AND before.day =
      (SELECT max(day) FROM "VotePoint" WHERE "paperKey" = p."key" AND day <= ${weekStart} AND upvotes IS NOT NULL)
    WHERE now.upvotes > coalesce(before.upvotes, 0) AND (before.day IS NOT NULL OR p."feedDay" > ${weekStart})
    ORDER BY p."orderKey" DESC`;
  const perDay = ({ gained, since }: { gained: bigint; since: Day | null }) =>
    Number(gained) / (toEpochDay(last) - toEpochDay(since ?? weekStart));
  const top = gains.sort((a, b) => perDay(b) - perDay(a)).slice(0, shown);
  const papers = await loadPapers(
    db,
    top.map(({ key }) => Number(key)),
  );
  // Days without change store nothing, so votes from up to a week earlier still hold.
  const stillCurrentFrom = moveDay(weekStart, -days);
  return {
    day: last,
    papers: papers.flatMap((paper, index) => {
      const row = top[index];
      if (!row) return [];
      const { gained, since } = row;
      return [
        { paper, gained: Number(gained), since: since !== null && since < stillCurrentFrom ? since : null },
      ];
    }),
  };
}

/** The last day on which some paper's votes changed, or were known within a week of its feed day. */
async function findLastDay(db: Database): Promise<Day | null> {
  const [changed] = await db.$queryRaw<{ day: Day | null }[]>`
    SELECT max(day) AS day FROM
      (SELECT max(day) AS day FROM "VotePoint" GROUP BY "paperKey" HAVING count(*) > 1) AS again`;
  const later = await db.$queryRaw<{ day: Day; newest: Day | null }[]>`
    SELECT v.day AS day, max(p."feedDay") AS newest FROM "VotePoint" AS v JOIN "Paper" AS p ON p."key" = v."paperKey"
    WHERE v.day > ${changed?.day ?? ""} GROUP BY v.day ORDER BY v.day DESC`;
  const recent = later.find(({ day, newest }) => newest !== null && newest > moveDay(day, -days));
  return recent?.day ?? changed?.day ?? null;
}

/** The papers that gained the most upvotes in the week of Trending, and how many. */
export type Rising = { id: string; title: string; gained: number }[];

const risingShown = 5;

export async function findRising(): Promise<Rising> {
  const trending = await findTrending();
  return (trending?.papers ?? [])
    .slice(0, risingShown)
    .map(({ paper: { id, title }, gained }) => ({ id, title, gained }));
}
