import { type Day, fromEpochDay } from "../days";
import type { Database } from "../db/open-database";
import { perDay } from "../order-key";
import type { Filter } from "../papers/filter";

/** So many papers, and the filter that finds just these. */
export type Found = { papers: number; find: Partial<Filter> };

/** Some days in a row, and the papers whose feed day is one of them. */
export type Span = Found & { from: Day; to: Day };

/** Days that have papers, in order, as days since 1970. */
export type DayCounts = { day: number; papers: number }[];

/**
 * How many papers each feed day has. Order keys alone are read, since their index is a hundredth of the papers, from one day
 * to the next, since SQLite would sort them to group them. What is of the first day of 1970 (a source's zero) or before
 * stands among the keys of papers without a day, and is left out.
 */
export async function readDayCounts(db: Database): Promise<DayCounts> {
  const days = await db.$queryRaw<{ day: bigint; papers: bigint }[]>`
    WITH RECURSIVE days(day) AS (
      SELECT (SELECT min("orderKey") FROM "Paper" WHERE "orderKey" >= ${perDay}) / ${perDay}
      UNION ALL
      SELECT (SELECT min("orderKey") FROM "Paper" WHERE "orderKey" >= (day + 1) * ${perDay}) / ${perDay}
      FROM days WHERE day IS NOT NULL)
    SELECT day, (SELECT count(*) FROM "Paper"
      WHERE "orderKey" >= day * ${perDay} AND "orderKey" < (day + 1) * ${perDay}) AS papers
    FROM days WHERE day IS NOT NULL ORDER BY day`;
  return days.map(({ day, papers }) => ({ day: Number(day), papers: Number(papers) }));
}

/** From the first to the last of these days. */
export function toSpan(counts: DayCounts, first: number, last: number): Span {
  const [from, to] = [fromEpochDay(first), fromEpochDay(last)];
  return { from, to, papers: countWithin(counts, first, last), find: { from, to } };
}

export function countWithin(counts: DayCounts, first: number, last: number): number {
  let papers = 0;
  for (const one of counts) if (one.day >= first && one.day <= last) papers += one.papers;
  return papers;
}

/**
 * The days from the first to the last in runs of so many papers, or of one day that has more: what is asked for run by run
 * never holds up other pages for long.
 */
export function toRuns(counts: DayCounts, first: number, last: number, most: number) {
  const runs: { first: number; last: number }[] = [];
  let papers = most;
  for (const one of counts) {
    if (one.day < first || one.day > last) continue;
    const run = runs.at(-1);
    if (!run || papers + one.papers > most) {
      runs.push({ first: one.day, last: one.day });
      papers = one.papers;
    } else {
      run.last = one.day;
      papers += one.papers;
    }
  }
  return runs;
}
