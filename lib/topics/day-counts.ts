import { setImmediate as nextTurn } from "node:timers/promises";
import { type Day, fromEpochDay } from "../days";
import type { Database } from "../db/client";
import { firstKey, perDay } from "../order-key";
import type { Asked } from "../papers/filter";
import { isUnlisted } from "../papers/listed";

/** A number of papers, and the filter that finds exactly those. */
export type Found = { papers: number; find: Asked };

/** A range of days, and the number of papers with a feed day in it. */
export type Span = Found & { from: Day; to: Day };

/** Days with papers, in order, as days since 1970. */
export type DayCounts = { day: number; papers: number }[];

/**
 * The number of papers of each feed day. Reads only order keys, whose index is a hundredth of the size of the papers,
 * and jumps from day to day, because SQLite would sort them to group them. Papers dated 1 January 1970 (a source's
 * zero) or earlier have the same keys as papers without a day, and are left out.
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

/** How many papers each query looks up, so that other pages need not wait long. */
const papersAtOnce = 5000;

/**
 * The number of papers of each feed day that no listing has on a day, from the first of these days on: they were
 * published on it.
 */
export async function readUnlisted(db: Database, counts: DayCounts, first: number): Promise<DayCounts> {
  const unlisted: DayCounts = [];
  for (const run of toRuns(counts, first, Number.POSITIVE_INFINITY, papersAtOnce)) {
    await nextTurn();
    const days = await db.$queryRaw<{ day: bigint; papers: bigint }[]>`
      SELECT p."orderKey" / ${perDay} AS day, count(*) AS papers FROM "Paper" p
      WHERE p."orderKey" >= ${firstKey(run.first)} AND p."orderKey" < ${firstKey(run.last + 1)} AND ${isUnlisted}
      GROUP BY day ORDER BY day`;
    unlisted.push(...days.map(({ day, papers }) => ({ day: Number(day), papers: Number(papers) })));
  }
  return unlisted;
}

/** The number of papers from the first to the last of these days. */
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
 * Splits the days into runs of about this many papers, or a single day with more. Querying run by run never blocks
 * other pages for long.
 */
export function toRuns(counts: DayCounts, first: number, last: number, maxPapers: number) {
  const runs: { first: number; last: number }[] = [];
  let papers = maxPapers;
  for (const one of counts) {
    if (one.day < first || one.day > last) continue;
    const run = runs.at(-1);
    if (!run || papers + one.papers > maxPapers) {
      runs.push({ first: one.day, last: one.day });
      papers = one.papers;
    } else {
      run.last = one.day;
      papers += one.papers;
    }
  }
  return runs;
}
