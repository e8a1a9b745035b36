import { setImmediate } from "node:timers/promises";
import type { Database, Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { perDay } from "../order-key";
import type { SearchEngine } from "./engine";
import { recencyWeight, reorder, reordered, type Scored } from "./relevance";
import {
  anywhere,
  inIndex,
  isIndexOnly,
  isPlain,
  type Keys,
  type Plan,
  planOf,
  restSql,
  titleMatch,
  toMatch,
} from "./sqlite-plan";
import type { Tree } from "./tree";

const columns = {
  orderKey: "int",
  title: "text",
  abstract: "text",
  titleExtras: "text",
  abstractExtras: "text",
  authors: "text",
  tags: "text",
  labels: "text",
} as const;

/** Search with FTS5. The tables `PaperIndex` and `TitleIndex` contain only terms; their rowid is the order key. */
export const sqliteSearch: SearchEngine = {
  async write(tx, papers) {
    // REPLACE, because a plain insert with an existing rowid would succeed and keep the old terms. In ascending order,
    // because FTS5 flushes its buffer whenever a rowid is lower than the one before.
    const ascending = papers.toSorted((a, b) => a.orderKey - b.orderKey);
    const terms = rows(
      tx,
      ascending.map(({ orderKey, terms }) => ({ orderKey, ...terms.columns })),
      columns,
    );
    await tx.$executeRaw`
      INSERT OR REPLACE INTO "PaperIndex" (rowid, title, abstract, titleExtras, abstractExtras, authors, tags, labels)
      SELECT "orderKey", title, abstract, "titleExtras", "abstractExtras", authors, tags, labels FROM ${terms}`;
    const titles = ascending.map(({ orderKey, terms: { columns } }) => {
      const { title, titleExtras } = columns;
      return { orderKey, title, titleExtras, size: sizeOf(title) };
    });
    await tx.$executeRaw`
      INSERT OR REPLACE INTO "TitleIndex" (rowid, title, titleExtras, size) SELECT "orderKey", title, "titleExtras", size
      FROM ${rows(tx, titles, { orderKey: "int", title: "text", titleExtras: "text", size: "text" })}`;
  },

  async remove(tx, orderKeys) {
    const keys = keyRows(tx, orderKeys);
    await tx.$executeRaw`DELETE FROM "PaperIndex" WHERE rowid IN (SELECT key FROM ${keys})`;
    await tx.$executeRaw`DELETE FROM "TitleIndex" WHERE rowid IN (SELECT key FROM ${keys})`;
  },

  async clear(tx) {
    await tx.$executeRaw`DELETE FROM "PaperIndex"`;
    await tx.$executeRaw`DELETE FROM "TitleIndex"`;
  },

  async page(db, tree, { order, total, offset, limit }) {
    const plan = planOf(tree);
    if (order === "upvotes") return mostUpvoted(db, tree, plan, total, offset, limit);
    if (order === "relevance" && plan.text.length > 0)
      return mostRelevant(db, tree, plan, total, offset, limit);
    return newest(db, plan, offset, limit);
  },

  near(db, terms, { maxEach, maxAll }) {
    const asked = rows(
      db,
      terms.map(({ term, weight }, place) => ({ place, match: `"${term}"`, weight })),
      { place: "int", match: "text", weight: "int" },
    );
    return Prisma.sql`(SELECT rowid AS "orderKey", -sum(kept.weight) AS score
      FROM (SELECT match, weight, sum(papers) OVER (ORDER BY place) AS so_far
        FROM (SELECT place, match, weight, (SELECT count(*) FROM (SELECT 1 FROM "PaperIndex"
            WHERE "PaperIndex" MATCH asked.match LIMIT ${maxEach + 1})) AS papers
          FROM ${asked} AS asked)
        WHERE papers <= ${maxEach}) AS kept
      JOIN "PaperIndex" ON "PaperIndex" MATCH kept.match
      WHERE kept.so_far <= ${maxAll} GROUP BY rowid)`;
  },

  async count(db, trees, limit) {
    const plans = trees.map(planOf);
    const simple = plans.flatMap(({ match, keys, ...plan }, place) =>
      isIndexOnly({ match, keys, ...plan }) ? [{ place, match, ...keys }] : [],
    );
    const asked = rows(db, simple, { place: "int", match: "text", first: "int", below: "int" });
    const found = await db.$queryRaw<{ place: bigint; papers: bigint }[]>`
      SELECT asked.place AS place, (SELECT count(*) FROM (SELECT 1 FROM "PaperIndex"
        WHERE "PaperIndex" MATCH asked.match AND rowid >= asked.first AND rowid < asked.below LIMIT ${limit})) AS papers
      FROM ${asked} AS asked`;
    const counts = new Map(found.map(({ place, papers }) => [Number(place), Number(papers)]));
    for (const [place, plan] of plans.entries())
      if (!counts.has(place)) counts.set(place, await countOne(db, plan, limit));
    return trees.map((_, place) => counts.get(place) ?? 0);
  },
};

const keyRows = (db: Transaction, keys: number[]) =>
  rows(
    db,
    keys.map((key) => ({ key })),
    { key: "int" },
  );

/** The matching papers as a table with the column `key`, for order keys within `keys`. */
function matching(db: Transaction, plan: Plan, keys: Keys): Prisma.Sql {
  const { match, isNarrow } = plan;
  const within = (key: Prisma.Sql) => Prisma.sql`${key} >= ${keys.first} AND ${key} < ${keys.below}`;
  if (match !== null && isIndexOnly(plan))
    return Prisma.sql`(SELECT rowid AS key FROM "PaperIndex" WHERE "PaperIndex" MATCH ${match} AND ${within(Prisma.sql`rowid`)})`;
  const rest = restSql(db, plan, keys);
  if (match === null || isNarrow) {
    const matches = match === null ? Prisma.empty : Prisma.sql`AND ${inIndex(match, keys)}`;
    return Prisma.sql`(SELECT p."orderKey" AS key FROM "Paper" AS p
      WHERE ${within(Prisma.sql`p."orderKey"`)} AND ${rest} ${matches})`;
  }
  // CROSS JOIN: the words find the papers, and the rest is checked for each of them.
  return Prisma.sql`(SELECT p."orderKey" AS key FROM "PaperIndex" CROSS JOIN "Paper" AS p ON p."orderKey" = "PaperIndex".rowid
    WHERE "PaperIndex" MATCH ${match} AND ${within(Prisma.sql`"PaperIndex".rowid`)} AND ${rest})`;
}

// A statement keeps the whole process waiting, so it looks at no more papers than this.
const slice = 4000;

/** The order keys of a plan in pieces, the newest first. One piece if its papers need not be looked at one by one. */
async function* slicesOf(db: Database, plan: Plan): AsyncIterable<Keys> {
  if (isIndexOnly(plan) || isPlain(plan) || plan.isNarrow) {
    yield plan.keys;
    return;
  }
  for (let below = plan.keys.below; below > plan.keys.first; ) {
    const [last] = await db.$queryRaw<{ key: bigint }[]>`SELECT "orderKey" AS key FROM "Paper"
      WHERE "orderKey" >= ${plan.keys.first} AND "orderKey" < ${below}
      ORDER BY "orderKey" DESC LIMIT 1 OFFSET ${slice - 1}`;
    const first = last ? Number(last.key) : plan.keys.first;
    yield { first, below };
    below = first;
    await setImmediate(); // others have their turn
  }
}

async function countOne(db: Database, plan: Plan, limit: number): Promise<number> {
  let papers = 0;
  for await (const keys of slicesOf(db, plan)) {
    const [row] = await db.$queryRaw<{ papers: bigint }[]>`
      SELECT count(*) AS papers FROM (SELECT 1 FROM ${matching(db, plan, keys)} LIMIT ${limit - papers})`;
    papers += Number(row?.papers ?? 0);
    if (papers >= limit) break;
  }
  return papers;
}

/** The newest papers of a plan, without some. */
async function newest(
  db: Database,
  plan: Plan,
  offset: number,
  limit: number,
  except: number[] = [],
): Promise<number[]> {
  let skip = offset;
  const found: number[] = [];
  const others =
    except.length === 0
      ? Prisma.empty
      : Prisma.sql`WHERE +key NOT IN (SELECT key FROM ${keyRows(db, except)})`;
  for await (const keys of slicesOf(db, plan)) {
    const isWhole = keys === plan.keys;
    const listed = await db.$queryRaw<{ key: bigint }[]>`SELECT key FROM ${matching(db, plan, keys)} ${others}
      ORDER BY key DESC LIMIT ${isWhole ? limit : slice} OFFSET ${isWhole ? skip : 0}`;
    const fresh = isWhole ? listed : listed.slice(skip);
    skip = Math.max(0, skip - listed.length);
    found.push(...fresh.map(({ key }) => Number(key)));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}

/** What one search looks at. Only the bench changes these, to measure what they cost. */
export const bounds = {
  /** So many papers are sorted by upvotes, or ranked by all their fields. */
  maxSorted: 3000,
  /** So many titles are ranked: the shortest, and of those the newest. */
  maxTitles: 12_000,
  minTitles: 300,
  /** BM25 counts the papers with each word for every question. Words in more papers than this, together, are left out. */
  maxCounted: 120_000,
};

/** By upvotes, then the newest first. Of many, the most upvoted papers of the library are checked in turn. */
async function mostUpvoted(
  db: Database,
  tree: Tree,
  plan: Plan,
  total: number,
  offset: number,
  limit: number,
): Promise<number[]> {
  if (total <= bounds.maxSorted) {
    const keys = keyRows(db, await newest(db, plan, 0, bounds.maxSorted));
    const sorted = await db.$queryRaw<{ key: bigint }[]>`SELECT p."orderKey" AS key
      FROM ${keys} AS found JOIN "Paper" AS p ON p."orderKey" = found.key
      ORDER BY p.upvotes DESC NULLS LAST, p."orderKey" DESC LIMIT ${limit} OFFSET ${offset}`;
    return sorted.map(({ key }) => Number(key));
  }
  const found: number[] = [];
  for (let skip = 0; found.length < offset + limit; skip += slice) {
    const listed = await db.$queryRaw<{ key: bigint }[]>`SELECT "orderKey" AS key FROM "Paper"
      WHERE upvotes IS NOT NULL ORDER BY upvotes DESC, "orderKey" DESC LIMIT ${slice} OFFSET ${skip}`;
    const keys = listed.map(({ key }) => Number(key));
    if (keys.length === 0) break;
    found.push(...(await keepMatching(db, plan, keys)));
    await setImmediate();
  }
  const page = found.slice(offset, offset + limit);
  if (page.length === limit) return page;
  // Those whose upvotes are unknown.
  const unknown: Tree = { not: { row: { number: "upvotes", bounds: { from: null, to: null } } } };
  const others = planOf({ and: [tree, unknown] });
  return [...page, ...(await newest(db, others, Math.max(0, offset - found.length), limit - page.length))];
}

/** Those of the papers that match, in the same order. */
async function keepMatching(db: Database, plan: Plan, keys: number[]): Promise<number[]> {
  if (isPlain(plan)) return keys.filter((key) => key >= plan.keys.first && key < plan.keys.below);
  const range = { first: Math.min(...keys), below: Math.max(...keys) + 1 };
  const within = {
    first: Math.max(range.first, plan.keys.first),
    below: Math.min(range.below, plan.keys.below),
  };
  const found = await db.$queryRaw<
    { key: bigint }[]
  >`SELECT m.key AS key FROM ${matching(db, plan, within)} AS m
    WHERE +m.key IN (SELECT key FROM ${keyRows(db, keys)})`;
  const matches = new Set(found.map(({ key }) => Number(key)));
  return keys.filter((key) => matches.has(key));
}

/** The best first (relevance.ts): those with everything in their title, then the others. */
async function mostRelevant(
  db: Database,
  tree: Tree,
  plan: Plan,
  total: number,
  offset: number,
  limit: number,
): Promise<number[]> {
  const wanted = Math.max(reordered, offset + limit);
  const newestKey = await findNewestKey(db);
  const found =
    total <= bounds.maxSorted
      ? await rankAll(db, plan, newestKey, wanted)
      : await rankTitles(db, plan, newestKey, wanted);
  const best = await reorder(db, found.slice(0, reordered), tree);
  const keys = [...best, ...found.slice(reordered).map(({ key }) => key)];
  const page = keys.slice(offset, offset + limit);
  if (page.length === limit || total <= keys.length) return page;
  // Behind those that were ranked, the others follow by day.
  const behind = Math.max(0, offset - keys.length);
  return [...page, ...(await newest(db, plan, behind, limit - page.length, keys))];
}

/** The best of a few matches, by all their fields. */
async function rankAll(db: Database, plan: Plan, newestKey: number, limit: number): Promise<Scored[]> {
  const { text, rest } = plan;
  const counts = await sqliteSearch.count(db, text, Math.floor(bounds.maxCounted / 3));
  // The most frequent words, which say least about a paper, are left out first.
  let sum = 0;
  const telling = text
    .map((part, at) => ({ match: toMatch(part, anywhere) ?? "", papers: counts[at] ?? 0 }))
    .sort((a, b) => a.papers - b.papers)
    .filter(({ papers }) => {
      sum += papers;
      return sum <= bounds.maxCounted;
    });
  if (telling.length === 0) return [];
  // All words at once find the papers faster than some words and a list of the papers.
  const isWhole = telling.length === text.length && rest.length === 0;
  const match = isWhole ? plan.match : telling.map((one) => one.match).join(" AND ");
  const keys = isWhole ? [] : await newest(db, plan, 0, bounds.maxSorted);
  const among = isWhole
    ? Prisma.sql`rowid >= ${plan.keys.first} AND rowid < ${plan.keys.below}`
    : Prisma.sql`+rowid IN (SELECT key FROM ${keyRows(db, keys)})`;
  const found = await db.$queryRaw<{ key: bigint; score: number; inTitle: bigint }[]>`
    SELECT rowid AS key, ${scoreSql(newestKey, "PaperIndex", "14, 1, 14, 1, 1.2, 1.2, 0")} AS score,
      +rowid IN (SELECT rowid FROM "TitleIndex" WHERE "TitleIndex" MATCH ${titleMatch(plan)}) AS "inTitle"
    FROM "PaperIndex" WHERE "PaperIndex" MATCH ${match} AND ${among}
    ORDER BY "inTitle" DESC, score, rowid DESC LIMIT ${limit}`;
  return found.map(({ key, score, inTitle }) => ({
    key: Number(key),
    score,
    inTitle: Number(inTitle) === 1,
  }));
}

/** The best of many matches with everything in their title, by the title alone. */
async function rankTitles(db: Database, plan: Plan, newestKey: number, limit: number): Promise<Scored[]> {
  for (const sizes of shortTitles) {
    const titles = titlesOf(db, plan, sizes);
    if (sizes !== null) {
      // The best are among the shortest, as a title says one thing. The same ones are ranked for every page.
      const enough = bounds.minTitles;
      const [row] = await db.$queryRaw<{ papers: bigint }[]>`
        SELECT count(*) AS papers FROM (SELECT 1 ${titles} LIMIT ${enough})`;
      if (Number(row?.papers ?? 0) < enough) continue;
    }
    const found = await db.$queryRaw<{ key: bigint; score: number }[]>`
      SELECT "TitleIndex".rowid AS key, ${scoreSql(newestKey, "TitleIndex", "1, 1, 0")} AS score ${titles}
      ORDER BY score, "TitleIndex".rowid DESC LIMIT ${limit}`;
    return found.map(({ key, score }) => ({ key: Number(key), score, inTitle: true }));
  }
  return [];
}

/** The rest of a statement on papers with the text in their title. `sizes`: only titles of these sizes, or the newest of all. */
function titlesOf(db: Database, plan: Plan, sizes: string[] | null): Prisma.Sql {
  const { filters, excluded, keys, rest } = plan;
  const match = titleMatch(plan);
  const key = Prisma.sql`"TitleIndex".rowid`;
  const inPapers = (one: string) => Prisma.sql`(SELECT rowid FROM "PaperIndex"
    WHERE "PaperIndex" MATCH ${one} AND rowid >= ${keys.first} AND rowid < ${keys.below})`;
  const short =
    sizes === null ? match : `(${match}) AND {size} : (${sizes.map((one) => `"${one}"`).join(" OR ")})`;
  const conditions = [
    Prisma.sql`"TitleIndex" MATCH ${short} AND ${key} >= ${keys.first} AND ${key} < ${keys.below}`,
    ...filters.map((one) => Prisma.sql`+${key} IN ${inPapers(one)}`),
    ...excluded.map((one) => Prisma.sql`+${key} NOT IN ${inPapers(one)}`),
    ...(rest.length > 0 ? [restSql(db, plan, keys)] : []),
  ];
  if (sizes === null)
    conditions.push(Prisma.sql`${key} >= coalesce((SELECT rowid FROM "TitleIndex" WHERE "TitleIndex" MATCH ${match}
      AND rowid < ${keys.below} ORDER BY rowid DESC LIMIT 1 OFFSET ${bounds.maxTitles}), 0)`);
  const papers =
    rest.length > 0 ? Prisma.sql`CROSS JOIN "Paper" AS p ON p."orderKey" = ${key}` : Prisma.empty;
  return Prisma.sql`FROM "TitleIndex" ${papers} WHERE ${Prisma.join(conditions, " AND ")}`;
}

// Titles of up to so many words.
const titleSizes = [2, 3, 4, 5, 6, 8, 10];

/** The size of a title as a term. */
function sizeOf(title: string): string {
  const words = title.split(" ").length;
  return `§${titleSizes.find((size) => words <= size) ?? "more"}`;
}

/** Ever longer titles, and then all. */
const shortTitles = [
  ...titleSizes.slice(1).map((_, at) => titleSizes.slice(0, at + 2).map((size) => `§${size}`)),
  null,
];

/** BM25 with the preference for recent papers, as SQL. BM25 is negative, so a lower score is better. */
function scoreSql(newestKey: number, name: "PaperIndex" | "TitleIndex", weights: string): Prisma.Sql {
  const table = Prisma.raw(`"${name}"`);
  const years = Prisma.sql`(${table}.rowid - ${newestKey}) / ${365.25 * Number(perDay)}`;
  return Prisma.sql`bm25(${table}, ${Prisma.raw(weights)}) * (1 + ${recencyWeight} * pow(2, ${years}))`;
}

async function findNewestKey(db: Database): Promise<number> {
  const [row] = await db.$queryRaw<{ key: bigint | null }[]>`SELECT max("orderKey") AS key FROM "Paper"`;
  return Number(row?.key ?? 0);
}
