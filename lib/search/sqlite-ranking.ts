import { setImmediate } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { Database } from "../db/client";
import { Prisma } from "../db/prisma";
import { perDay } from "../order-key";
import { recencyWeight, reorder, reordered, type Scored } from "./relevance";
import { countAll, keepMatching, keyRows, newest, slice } from "./sqlite-matches";
import { anywhere, type Plan, planOf, restSql, titleMatch, titleTimesMatch, toMatch } from "./sqlite-plan";
import { orderKeyAt, orderKeySql, sizeAt } from "./sqlite-titles";
import type { Tree } from "./tree";

/** So many papers are sorted by upvotes, or ranked by all their fields. Of more, only titles are ranked. */
export const maxSorted = 3000;
// BM25 counts the papers with each word for every question. Words in more papers than this, together, are left out.
const maxCounted = 120_000;
// So many titles are looked at if their papers must be.
const maxTitles = 12_000;

/** By upvotes, then the newest first. Of many, the most upvoted papers of the library are checked in turn. */
export async function mostUpvoted(
  db: Database,
  tree: Tree,
  plan: Plan,
  total: number,
  offset: number,
  limit: number,
): Promise<number[]> {
  if (total <= maxSorted) {
    const keys = keyRows(db, await newest(db, plan, 0, maxSorted));
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

/** The best first (relevance.ts): those with everything in their title, then the others. */
export async function mostRelevant(
  db: Database,
  tree: Tree,
  plan: Plan,
  total: number,
  offset: number,
  limit: number,
): Promise<number[]> {
  const wanted = Math.max(reordered, offset + limit);
  const found = total <= maxSorted ? await rankAll(db, plan, wanted) : await firstTitles(db, plan, wanted);
  const best = await reorder(db, found.slice(0, reordered), tree);
  const keys = [...best, ...found.slice(reordered).map(({ key }) => key)];
  const page = keys.slice(offset, offset + limit);
  if (page.length === limit || total <= keys.length) return page;
  // Behind those that were ranked, the others follow by day.
  const behind = Math.max(0, offset - keys.length);
  return [...page, ...(await newest(db, plan, behind, limit - page.length, keys))];
}

/** The best of a few matches, by all their fields. */
async function rankAll(db: Database, plan: Plan, limit: number): Promise<Scored[]> {
  const { text, rest } = plan;
  const telling = await findTelling(db, text);
  if (telling.length === 0) return [];
  // All words at once find the papers faster than some words and a list of the papers.
  const isWhole = telling.length === text.length && rest.length === 0 && plan.every === 1;
  const match = isWhole ? plan.match : telling.join(" AND ");
  const keys = isWhole ? [] : await newest(db, plan, 0, maxSorted);
  const among = isWhole
    ? Prisma.sql`rowid >= ${plan.keys.first} AND rowid < ${plan.keys.below}`
    : Prisma.sql`+rowid IN (SELECT key FROM ${keyRows(db, keys)})`;
  const found = await db.$queryRaw<{ key: bigint; score: number; inTitle: bigint }[]>`
    SELECT rowid AS key, ${allFieldsScore} AS score,
      +rowid IN (SELECT ${orderKeySql} FROM "TitleIndex" WHERE "TitleIndex" MATCH ${titleMatch(plan)}) AS "inTitle"
    FROM "PaperIndex" WHERE "PaperIndex" MATCH ${match} AND ${among}
    ORDER BY "inTitle" DESC, score, rowid DESC LIMIT ${limit}`;
  return found.map(({ key, score, inTitle }) => ({
    key: Number(key),
    score,
    inTitle: Number(inTitle) === 1,
  }));
}

// Frequencies hardly change.
const frequencies = new WeakMap<Database, LRUCache<string, number>>();

/** The parts of a text as expressions, without the most frequent ones, which cost most and say least about a paper. */
async function findTelling(db: Database, text: Tree[]): Promise<string[]> {
  const known = frequencies.get(db) ?? new LRUCache<string, number>({ max: 10_000 });
  frequencies.set(db, known);
  const matches = text.map((part) => toMatch(part, anywhere) ?? "");
  const asked = text.filter((_, at) => !known.has(matches[at] ?? ""));
  if (asked.length > 0) {
    const counts = await countAll(db, asked.map(planOf), Math.floor(maxCounted / 3));
    for (const [at, part] of asked.entries()) known.set(toMatch(part, anywhere) ?? "", counts[at] ?? 0);
  }
  const frequencyOf = (match: string) => known.get(match) ?? 0;
  let sum = 0;
  return matches
    .sort((a, b) => frequencyOf(a) - frequencyOf(b))
    .filter((match) => {
      sum += frequencyOf(match);
      return sum <= maxCounted;
    });
}

/** The first of many matches with everything in their title. */
async function firstTitles(db: Database, plan: Plan, limit: number): Promise<Scored[]> {
  const each = [1, 2, 3].flatMap((times) => {
    const match = times === 1 ? titleMatch(plan) : titleTimesMatch(plan, times);
    return match
      ? Prisma.sql`SELECT place, ${times} AS times FROM (${firstPlaces(db, plan, match, limit)})`
      : [];
  });
  const found = await db.$queryRaw<{ place: bigint; times: bigint; newest: bigint }[]>`
    SELECT place, max(times) AS times, ${newestKey} AS newest FROM (${Prisma.join(each, " UNION ALL ")}) GROUP BY place`;
  return found
    .map((row) => {
      const [place, times] = [Number(row.place), Number(row.times)];
      const key = orderKeyAt(place);
      return {
        key,
        score: titleScore(sizeAt(place), times) * recency(key, Number(row.newest)),
        inTitle: true,
      };
    })
    .sort((a, b) => a.score - b.score || b.key - a.key)
    .slice(0, limit);
}

/** The first places of titles that match, in the order of their index. */
function firstPlaces(db: Database, plan: Plan, match: string, limit: number): Prisma.Sql {
  const { filters, excluded, keys, every, rest } = plan;
  const inPapers = (one: string) => Prisma.sql`(SELECT rowid FROM "PaperIndex"
    WHERE "PaperIndex" MATCH ${one} AND rowid >= ${keys.first} AND rowid < ${keys.below})`;
  const titles = Prisma.sql`"TitleIndex" MATCH ${match}`;
  const conditions = [
    titles,
    Prisma.sql`${orderKeySql} >= ${keys.first} AND ${orderKeySql} < ${keys.below}`,
    Prisma.sql`${orderKeySql} % ${every} = 0`,
    ...filters.map((one) => Prisma.sql`${orderKeySql} IN ${inPapers(one)}`),
    ...excluded.map((one) => Prisma.sql`${orderKeySql} NOT IN ${inPapers(one)}`),
  ];
  if (rest.length > 0) {
    const last = Prisma.sql`SELECT rowid FROM "TitleIndex" WHERE ${titles} ORDER BY rowid DESC LIMIT 1 OFFSET ${maxTitles}`;
    // The titles find the papers, so that what leaves few of them is only checked.
    conditions.push(
      restSql(db, { ...plan, isNarrow: false }, keys),
      Prisma.sql`"TitleIndex".rowid > coalesce((${last}), 0)`,
    );
  }
  const papers =
    rest.length > 0 ? Prisma.sql`CROSS JOIN "Paper" AS p ON p."orderKey" = ${orderKeySql}` : Prisma.empty;
  return Prisma.sql`SELECT "TitleIndex".rowid AS place FROM "TitleIndex" ${papers} WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY "TitleIndex".rowid DESC LIMIT ${limit}`;
}

// BM25 of a word that a title of so many terms has so many times, as FTS5 computes it, of titles of ten terms on average.
const titleScore = (size: number, times: number) => (-2.2 * times) / (times + 1.2 * (0.25 + 0.075 * size));

const perYear = 365.25 * Number(perDay);
const recency = (key: number, newestKey: number) => 1 + recencyWeight * 2 ** ((key - newestKey) / perYear);

// BM25 with the preference for recent papers, as SQL. BM25 is negative, so a lower score is better.
const newestKey = Prisma.sql`(SELECT max("orderKey") FROM "Paper")`;
const recencySql = (key: Prisma.Sql) =>
  Prisma.sql`(1 + ${recencyWeight} * pow(2, (${key} - ${newestKey}) / ${perYear}))`;
export const allFieldsScore = Prisma.sql`bm25("PaperIndex", 14, 1, 14, 1, 1.2, 1.2, 0)
  * ${recencySql(Prisma.sql`"PaperIndex".rowid`)}`;
/** What the order of the index of titles stands for. */
export const titlesScore = Prisma.sql`bm25("TitleIndex", 1, 1, 0) * ${recencySql(orderKeySql)}`;
