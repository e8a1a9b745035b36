import { fromEpochDay, monthEnd } from "../days";
import { type Database, database, sharedDatabase } from "../db/client";
import type { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { perDay } from "../order-key";
import { search } from "../search/engine";
import type { Tree } from "../search/tree";
import { type Filter, isOwn, qualify } from "./filter";
import { type OwnPapers, toKeys, treeOf } from "./list";

export const facetNames = ["tag", "year", "month", "authors", "organization", "code"] as const;
export type FacetName = (typeof facetNames)[number];

/** A value of a facet, the condition that chooses it as text, and how many papers choosing it would leave. */
export type FacetValue = { value: string; condition: string; count: number };

/** The values of a filter's papers. Of many, only the newest are looked at, and the counts are estimates. */
export type Facets = { isExact: boolean; values: Partial<Record<FacetName, FacetValue[]>> };

// So many papers are looked at.
const maxLookedAt = 2000;
// So many are counted to estimate the others.
const maxEstimated = 100_000;
// Nobody reads more values.
const maxValues = 20;

/** The facets with these names. `total` is how many papers the filter has, or more than `maxLookedAt` if it has more. */
export async function countFacets(
  filter: Filter,
  names: readonly FacetName[],
  total: number,
  own: OwnPapers | null = null,
): Promise<Facets> {
  const db = isOwn(filter) ? database() : sharedDatabase();
  const tree = treeOf(filter, own);
  const page = { order: "newest", total, offset: 0, limit: maxLookedAt } as const;
  const orderKeys = names.length === 0 ? [] : await search.page(db, tree, page);
  const isExact = total <= maxLookedAt;
  const [all = 0] = isExact ? [total] : await search.count(db, [tree], maxEstimated);
  const times = isExact ? 1 : all / Math.max(1, orderKeys.length);
  const keys = await toKeys(db, orderKeys);
  const values: Facets["values"] = {};
  for (const name of names) {
    const counted = await counters[name]({ db, tree, keys, orderKeys, isExact });
    const isCounted = isExact || name === "year" || name === "month";
    values[name] = counted.map((one) => ({
      ...one,
      count: isCounted ? one.count : Math.max(1, Math.round(one.count * times)),
    }));
  }
  return { isExact, values };
}

type Sample = { db: Database; tree: Tree; keys: number[]; orderKeys: number[]; isExact: boolean };

const counters: Record<FacetName, (sample: Sample) => Promise<FacetValue[]>> = {
  async tag({ db, keys }) {
    // A tag of one paper alone narrows nothing.
    const found = await db.$queryRaw<Counted[]>`
      SELECT value, papers FROM (
        SELECT t.name AS value, count(*) AS papers, min(t."paperKey") AS one FROM ${keyRows(db, keys)} AS found
        JOIN "Tag" AS t ON t."paperKey" = found.key GROUP BY t.name
        ORDER BY papers DESC, value LIMIT ${3 * maxValues}) AS counted
      WHERE papers > 1 OR EXISTS (SELECT 1 FROM "Tag" AS o WHERE o.name = counted.value AND o."paperKey" <> counted.one)
      ORDER BY papers DESC, value LIMIT ${maxValues}`;
    return toValues(found, (value) => qualify("tag", value));
  },

  async organization({ db, keys }) {
    const found = await db.$queryRaw<Counted[]>`
      SELECT p."organizationName" AS value, count(*) AS papers FROM ${keyRows(db, keys)} AS found
      JOIN "Paper" AS p ON p.key = found.key WHERE p."organizationName" IS NOT NULL
      GROUP BY p."organizationName" ORDER BY papers DESC, value LIMIT ${maxValues}`;
    return toValues(found, (value) => `org:"${value.replaceAll('"', " ")}"`);
  },

  async authors({ db, keys }) {
    const counts = await db.$queryRaw<{ authors: bigint | null; papers: bigint }[]>`
      SELECT p."authorCount" AS authors, count(*) AS papers FROM ${keyRows(db, keys)} AS found
      JOIN "Paper" AS p ON p.key = found.key WHERE p."authorCount" IS NOT NULL GROUP BY p."authorCount"`;
    return bands.flatMap(({ name, from, to }) => {
      const within = counts.filter(({ authors }) => Number(authors) >= from && Number(authors) <= to);
      const count = within.reduce((sum, { papers }) => sum + Number(papers), 0);
      const bounds = from === to ? from : to === Number.POSITIVE_INFINITY ? `>=${from}` : `${from}..${to}`;
      return count === 0 ? [] : [{ value: name, condition: `authors:${bounds}`, count }];
    });
  },

  async code({ db, keys }) {
    const [row] = await db.$queryRaw<{ papers: bigint }[]>`
      SELECT count(*) AS papers FROM ${keyRows(db, keys)} AS found
      JOIN "Paper" AS p ON p.key = found.key WHERE p."codeUrl" IS NOT NULL`;
    const count = Number(row?.papers ?? 0);
    return count === 0 ? [] : [{ value: "With code", condition: "has:code", count }];
  },

  year: (sample) => countPeriods(sample, 4, (year) => ({ from: `${year}-01-01`, to: `${year}-12-31` })),
  month: (sample) => countPeriods(sample, 7, (month) => ({ from: `${month}-01`, to: monthEnd(month) })),
};

const bands = [
  { name: "1 author", from: 1, to: 1 },
  { name: "2 or 3", from: 2, to: 3 },
  { name: "4 to 6", from: 4, to: 6 },
  { name: "7 to 10", from: 7, to: 10 },
  { name: "More than 10", from: 11, to: Number.POSITIVE_INFINITY },
];

type Counted = { value: string; papers: bigint };

const toValues = (found: Counted[], toCondition: (value: string) => string): FacetValue[] =>
  found.map(({ value, papers }) => ({ value, condition: toCondition(value), count: Number(papers) }));

const keyRows = (db: Database, keys: number[]): Prisma.Sql =>
  rows(
    db,
    keys.map((key) => ({ key })),
    { key: "int" },
  );

// A library goes back decades, and a year of months is enough to choose from.
const maxPeriods = 12;
const maxCounted = 10_000;

/** Periods by feed day, the latest first. `length`: of the beginning of a day that names one. */
async function countPeriods(
  { db, tree, orderKeys, isExact }: Sample,
  length: number,
  toRange: (period: string) => { from: string; to: string },
): Promise<FacetValue[]> {
  const counts = new Map<string, number>();
  const periodOf = (orderKey: number) => fromEpochDay(Math.floor(orderKey / Number(perDay))).slice(0, length);
  for (const key of orderKeys)
    if (key >= Number(perDay)) counts.set(periodOf(key), (counts.get(periodOf(key)) ?? 0) + 1);
  if (!isExact) {
    // Older papers than those that were looked at are counted in the index.
    const [latest] = counts.keys();
    const periods = latest === undefined ? [] : periodsBefore(latest);
    const trees = periods.map((period): Tree => ({ and: [tree, { range: toRange(period) }] }));
    const found = await search.count(db, trees, maxCounted);
    for (const [at, period] of periods.entries()) counts.set(period, found[at] ?? 0);
  }
  return [...counts]
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => (a > b ? -1 : 1))
    .slice(0, isExact ? Number.POSITIVE_INFINITY : maxPeriods)
    .map(([value, count]) => ({ value, condition: `date:${value}`, count }));
}

/** A year or month and those before it. */
function periodsBefore(latest: string): string[] {
  const isYear = latest.length === 4;
  return Array.from({ length: maxPeriods }, (_, back) => {
    if (isYear) return String(Number(latest) - back);
    const months = Number(latest.slice(0, 4)) * 12 + Number(latest.slice(5)) - 1 - back;
    return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}`;
  });
}
