import { fromEpochDay, monthEnd } from "../days";
import { type Database, database, sharedDatabase } from "../db/client";
import type { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { perDay } from "../order-key";
import { search } from "../search/engine";
import { flatten, type Tree } from "../search/tree";
import { type Filter, isOwn, qualify } from "./filter";
import { type OwnPapers, toKeys, treeOf } from "./list";

export const facetNames = ["tag", "year", "month", "authors", "organization", "code"] as const;
export type FacetName = (typeof facetNames)[number];

/** A value of a facet, the condition that chooses it as text, and how many papers choosing it would leave. */
export type FacetValue = { value: string; condition: string; count: number };

/** The values of a filter's papers. Of many, only the newest are looked at, and the counts are estimates. */
export type Facets = { isExact: boolean; values: Partial<Record<FacetName, FacetValue[]>> };

// So many papers are looked at: all, or some of each part of the library.
const maxLookedAt = 2000;
const parts = 20;
// So many papers of a part are counted to tell how many those that were looked at stand for.
const maxCountedInPart = 10_000;
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
  const isExact = total <= maxLookedAt;
  const looked =
    names.length === 0 ? [] : isExact ? await lookAtAll(db, tree, total) : await lookAtSome(db, tree);
  const values: Facets["values"] = {};
  for (const name of names) {
    const counted = await counters[name]({ db, tree, looked, isExact });
    // An estimate is never none.
    values[name] = counted.map((one) => ({ ...one, count: Math.max(1, Math.round(one.count)) }));
  }
  return { isExact, values };
}

/** A paper that was looked at, and how many it stands for. */
type Looked = { orderKey: number; key: number; times: number };
type Sample = { db: Database; tree: Tree; looked: Looked[]; isExact: boolean };

async function look(db: Database, orderKeys: number[], times: number): Promise<Looked[]> {
  const keys = await toKeys(db, orderKeys);
  return orderKeys.map((orderKey, at) => ({ orderKey, key: keys[at] ?? 0, times }));
}

async function lookAtAll(db: Database, tree: Tree, total: number): Promise<Looked[]> {
  return look(db, await search.page(db, tree, { order: "newest", total, offset: 0, limit: maxLookedAt }), 1);
}

/** The newest papers of each part of the library stand for the others of that part. */
async function lookAtSome(db: Database, tree: Tree): Promise<Looked[]> {
  const looked: Looked[] = [];
  const ends = await partsOf(db);
  const trees = ends.map((first, at): Tree => {
    const below = ends[at + 1] ?? Number.MAX_SAFE_INTEGER;
    return { and: [...flatten(tree), { keys: { first, below } }] };
  });
  const counts = await search.count(db, trees, maxCountedInPart);
  for (const [at, part] of trees.entries()) {
    const total = counts[at] ?? 0;
    if (total === 0) continue;
    const page = { order: "newest", total, offset: 0, limit: maxLookedAt / parts } as const;
    const orderKeys = await search.page(db, part, page);
    looked.push(...(await look(db, orderKeys, total / Math.max(1, orderKeys.length))));
  }
  return looked;
}

const knownParts = new WeakMap<Database, { at: number; ends: number[] }>();
// They only have to be about as large as each other.
const maxAgeMs = 600_000;

/** The first order key of each of some parts of the library that have as many papers as each other, in order. */
async function partsOf(db: Database): Promise<number[]> {
  const known = knownParts.get(db);
  if (known && Date.now() - known.at < maxAgeMs) return known.ends;
  const papers = await db.paper.count();
  const ends = [0];
  for (let part = 1; part < parts; part++) {
    const [row] = await db.$queryRaw<{ key: bigint }[]>`SELECT "orderKey" AS key FROM "Paper"
      WHERE "orderKey" >= ${ends.at(-1) ?? 0} ORDER BY "orderKey" LIMIT 1 OFFSET ${Math.max(1, Math.floor(papers / parts))}`;
    if (!row) break;
    ends.push(Number(row.key));
  }
  knownParts.set(db, { at: Date.now(), ends });
  return ends;
}

const counters: Record<FacetName, (sample: Sample) => Promise<FacetValue[]>> = {
  async tag({ db, looked }) {
    // A tag of one paper alone narrows nothing.
    const found = await db.$queryRaw<Counted[]>`
      SELECT value, papers FROM (
        SELECT t.name AS value, sum(found.times) AS papers, min(t."paperKey") AS one FROM ${lookedRows(db, looked)} AS found
        JOIN "Tag" AS t ON t."paperKey" = found.key GROUP BY t.name
        ORDER BY papers DESC, value LIMIT ${3 * maxValues}) AS counted
      WHERE EXISTS (SELECT 1 FROM "Tag" AS o WHERE o.name = counted.value AND o."paperKey" <> counted.one)
      ORDER BY papers DESC, value LIMIT ${maxValues}`;
    return toValues(found, (value) => qualify("tag", value));
  },

  async organization({ db, looked }) {
    const found = await db.$queryRaw<Counted[]>`
      SELECT p."organizationName" AS value, sum(found.times) AS papers FROM ${lookedRows(db, looked)} AS found
      JOIN "Paper" AS p ON p.key = found.key WHERE p."organizationName" IS NOT NULL
      GROUP BY p."organizationName" ORDER BY papers DESC, value LIMIT ${maxValues}`;
    return toValues(found, (value) => `org:"${value.replaceAll('"', " ")}"`);
  },

  async authors({ db, looked }) {
    const counts = await db.$queryRaw<{ authors: bigint | null; papers: bigint }[]>`
      SELECT p."authorCount" AS authors, sum(found.times) AS papers FROM ${lookedRows(db, looked)} AS found
      JOIN "Paper" AS p ON p.key = found.key WHERE p."authorCount" IS NOT NULL GROUP BY p."authorCount"`;
    return bands.flatMap(({ name, from, to }) => {
      const within = counts.filter(({ authors }) => Number(authors) >= from && Number(authors) <= to);
      const count = within.reduce((sum, { papers }) => sum + Number(papers) / 1000, 0);
      const bounds = from === to ? from : to === Number.POSITIVE_INFINITY ? `>=${from}` : `${from}..${to}`;
      return count === 0 ? [] : [{ value: name, condition: `authors:${bounds}`, count }];
    });
  },

  async code({ db, looked }) {
    const [row] = await db.$queryRaw<{ papers: bigint }[]>`
      SELECT sum(found.times) AS papers FROM ${lookedRows(db, looked)} AS found
      JOIN "Paper" AS p ON p.key = found.key WHERE p."codeUrl" IS NOT NULL`;
    const count = Number(row?.papers ?? 0) / 1000;
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
  found.map(({ value, papers }) => ({ value, condition: toCondition(value), count: Number(papers) / 1000 }));

// Thousandths, because a table in a statement has whole numbers only.
const lookedRows = (db: Database, looked: Looked[]): Prisma.Sql =>
  rows(
    db,
    looked.map(({ key, times }) => ({ key, times: Math.round(times * 1000) })),
    { key: "int", times: "int" },
  );

// A library goes back decades, and a year of months is enough to choose from.
const maxPeriods = 12;
const maxInPeriod = 50_000;

/** Periods by feed day, the latest first. `length`: of the beginning of a day that names one. */
async function countPeriods(
  { db, tree, looked, isExact }: Sample,
  length: number,
  toRange: (period: string) => { from: string; to: string },
): Promise<FacetValue[]> {
  const counts = new Map<string, number>();
  const periodOf = (orderKey: number) => fromEpochDay(Math.floor(orderKey / Number(perDay))).slice(0, length);
  for (const { orderKey } of looked)
    if (orderKey >= Number(perDay)) counts.set(periodOf(orderKey), (counts.get(periodOf(orderKey)) ?? 0) + 1);
  const periods = [...counts.keys()].sort((a, b) => (a > b ? -1 : 1)).slice(0, maxPeriods);
  if (!isExact) {
    // The index knows days, so these need no estimate.
    const trees = periods.map((period): Tree => ({ and: [...flatten(tree), { range: toRange(period) }] }));
    const found = await search.count(db, trees, maxInPeriod);
    for (const [at, period] of periods.entries()) counts.set(period, found[at] ?? 0);
  }
  return (isExact ? [...counts.keys()].sort((a, b) => (a > b ? -1 : 1)) : periods).map((value) => ({
    value,
    condition: `date:${value}`,
    count: counts.get(value) ?? 0,
  }));
}
