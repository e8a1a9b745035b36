import type { Day } from "../days";
import { moveDay } from "../days";
import { database } from "../db/open-database";
import type { Paper } from "../paper";
import { loadPapers } from "./rows";

/** Papers by the upvotes that they gained in the week up to `day`, the last on which one is known to have gained any. */
export type Trending = { day: Day; papers: { paper: Paper; gained: number }[] } | null;

const shown = 25;
const days = 7;

/**
 * What gained upvotes lately. A paper's votes are known at the days on which it was read; one that was first listed within
 * the week has gained all that it has, of another that was never read before nothing is known. Null where nothing is.
 */
export async function findTrending(): Promise<Trending> {
  const db = database();
  const [last] = await db.$queryRaw<{ day: Day | null }[]>`
    SELECT max(v.day) AS day FROM "VotePoint" AS v JOIN "Paper" AS p ON p."key" = v."paperKey"
    WHERE p."feedDay" > date(v.day, ${`-${days} days`})
      OR EXISTS (SELECT 1 FROM "VotePoint" WHERE "paperKey" = v."paperKey" AND day < v.day)`;
  if (!last?.day) return null;
  const since = moveDay(last.day, -days);
  const rows = await db.$queryRaw<{ key: bigint; gained: bigint }[]>`
    SELECT p."key" AS key, now.upvotes - coalesce(
      (SELECT upvotes FROM "VotePoint" WHERE "paperKey" = p."key" AND day <= ${since} ORDER BY day DESC LIMIT 1),
      CASE WHEN p."feedDay" > ${since} THEN 0 END) AS gained
    FROM (SELECT "paperKey", upvotes, max(day) FROM "VotePoint" WHERE day > ${since} GROUP BY "paperKey") AS now
    JOIN "Paper" AS p ON p."key" = now."paperKey"
    WHERE gained > 0 ORDER BY gained DESC, p."orderKey" DESC LIMIT ${shown}`;
  const papers = await loadPapers(
    db,
    rows.map(({ key }) => Number(key)),
  );
  const gained = new Map(rows.map((row, index) => [papers[index]?.id, Number(row.gained)]));
  return { day: last.day, papers: papers.map((paper) => ({ paper, gained: gained.get(paper.id) ?? 0 })) };
}
