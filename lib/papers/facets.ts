import { fromEpochDay } from "../days";
import { type Database, database, sharedDatabase } from "../db/client";
import type { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { perDay } from "../order-key";
import { search } from "../search/engine";
import { flatten, type Tree } from "../search/tree";
import { type Filter, isOwn, qualify } from "./filter";
import { type OwnPapers, treeOf } from "./list";

export const facetNames = ["tag", "year", "month", "authors", "organization", "code"] as const;
export type FacetName = (typeof facetNames)[number];

/** A value of a facet, the condition that chooses it as text, and how many papers choosing it would leave. */
export type FacetValue = { value: string; condition: string; count: number };

/** The values of a filter's papers. Of many, only some are looked at, and the counts are estimates. */
export type Facets = { isExact: boolean; values: Partial<Record<FacetName, FacetValue[]>> };

// So many papers are looked at: all, or some that are spread evenly over all.
const maxLookedAt = 2000;
const maxSampled = 1000;
// Of more matches, the newest stand for all.
const maxCounted = 120_000;
// Nobody reads more values.
const maxValues = 20;

/** The facets with these names. `total` is how many papers the filter has, or more than `maxLookedAt` if it has more. */
export async function countFacets(
  filter: Filter,
  names: readonly FacetName[],
  total: number,
  own: OwnPapers | null = null,
): Promise<Facets> {
  const db = isOwn(filter, own) ? database() : sharedDatabase();
  const tree = treeOf(filter, own);
  const isExact = total <= maxLookedAt;
  const every = isExact || names.length === 0 ? 1 : await findInterval(db, tree);
  const looked = names.length === 0 ? [] : await lookAt(db, tree, every);
  const values: Facets["values"] = {};
  for (const name of names)
    values[name] = (await counters[name](db, looked)).map((one) => ({ ...one, count: one.count * every }));
  return { isExact, values };
}

/** Of the order keys of so many papers, which multiples are a sample of the size that is wanted. */
async function findInterval(db: Database, tree: Tree): Promise<number> {
  const [total = 0] = await search.count(db, [tree], maxCounted);
  let every = Math.ceil(total / maxSampled);
  // Each day has a million order keys, so another interval would choose the same ones of every day.
  while (every % 2 === 0 || every % 5 === 0) every++;
  return every;
}

const lookAt = (db: Database, tree: Tree, every: number) =>
  search.page(db, every === 1 ? tree : { and: [...flatten(tree), { every }] }, {
    ...{ order: "newest", total: maxLookedAt, offset: 0, limit: maxLookedAt },
  });

const counters: Record<FacetName, (db: Database, looked: number[]) => Promise<FacetValue[]>> = {
  async tag(db, looked) {
    // A tag of one paper alone narrows nothing.
    const found = await db.$queryRaw<Counted[]>`
      SELECT value, papers FROM (
        SELECT t.name AS value, count(*) AS papers, min(t."paperKey") AS one FROM ${lookedRows(db, looked)} AS found
        JOIN "Paper" AS p ON p."orderKey" = found.key JOIN "Tag" AS t ON t."paperKey" = p.key GROUP BY t.name
        ORDER BY papers DESC, value LIMIT ${3 * maxValues}) AS counted
      WHERE EXISTS (SELECT 1 FROM "Tag" AS o WHERE o.name = counted.value AND o."paperKey" <> counted.one)
      ORDER BY papers DESC, value LIMIT ${maxValues}`;
    return toValues(found, (value) => qualify("tag", value));
  },

  async organization(db, looked) {
    const found = await db.$queryRaw<Counted[]>`
      SELECT p."organizationName" AS value, count(*) AS papers FROM ${lookedRows(db, looked)} AS found
      JOIN "Paper" AS p ON p."orderKey" = found.key WHERE p."organizationName" IS NOT NULL
      GROUP BY p."organizationName" ORDER BY papers DESC, value LIMIT ${maxValues}`;
    return toValues(found, (value) => `org:"${value.replaceAll('"', " ")}"`);
  },

  async authors(db, looked) {
    const counts = await db.$queryRaw<{ authors: bigint | null; papers: bigint }[]>`
      SELECT p."authorCount" AS authors, count(*) AS papers FROM ${lookedRows(db, looked)} AS found
      JOIN "Paper" AS p ON p."orderKey" = found.key WHERE p."authorCount" IS NOT NULL GROUP BY p."authorCount"`;
    return bands.flatMap(({ name, from, to }) => {
      const within = counts.filter(({ authors }) => Number(authors) >= from && Number(authors) <= to);
      const count = within.reduce((sum, { papers }) => sum + Number(papers), 0);
      const bounds = from === to ? from : to === Number.POSITIVE_INFINITY ? `>=${from}` : `${from}..${to}`;
      return count === 0 ? [] : [{ value: name, condition: `authors:${bounds}`, count }];
    });
  },

  async code(db, looked) {
    const [row] = await db.$queryRaw<{ papers: bigint }[]>`
      SELECT count(*) AS papers FROM ${lookedRows(db, looked)} AS found
      JOIN "Paper" AS p ON p."orderKey" = found.key WHERE p."codeUrl" IS NOT NULL`;
    const count = Number(row?.papers ?? 0);
    return count === 0 ? [] : [{ value: "With code", condition: "has:code", count }];
  },

  year: (_, looked) => countPeriods(looked, 4),
  month: (_, looked) => countPeriods(looked, 7),
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

const lookedRows = (db: Database, looked: number[]): Prisma.Sql =>
  rows(
    db,
    looked.map((key) => ({ key })),
    { key: "int" },
  );

/** Periods by feed day, the latest first. `length`: of the beginning of a day that names one. */
async function countPeriods(looked: number[], length: number): Promise<FacetValue[]> {
  const counts = new Map<string, number>();
  for (const orderKey of looked) {
    if (orderKey < Number(perDay)) continue; // without a day
    const period = fromEpochDay(Math.floor(orderKey / Number(perDay))).slice(0, length);
    counts.set(period, (counts.get(period) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => (a > b ? -1 : 1))
    .map(([value, count]) => ({ value, condition: `date:${value}`, count }));
}
