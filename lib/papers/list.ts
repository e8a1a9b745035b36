import { arxivIdOf } from "../arxiv-id";
import { moveDay, toEpochDay, weekStart } from "../days";
import { type Database, database, sharedDatabase } from "../db/client";
import { Prisma } from "../db/prisma";
import { rowByRow } from "../db/row-by-row";
import { perDay } from "../order-key";
import type { Paper } from "../paper";
import { search } from "../search/engine";
import { parseQuery } from "../search/language";
import type { Tree } from "../search/tree";
import { type Filter, orderOf } from "./filter";
import { isUnlisted } from "./listed";
import { loadPapers } from "./rows";

export type Results = {
  total: number;
  /** How many of these were never listed on a day, if the filter limits their feed days; otherwise 0. */
  unlisted: number;
  page: number;
  limit: number;
  papers: Paper[];
};

/**
 * One page of the papers of a filter. SQL selects the keys, Prisma loads their rows. A filter for
 * bookmarks needs `ownBookmarks`, the keys of the papers that the reader bookmarked.
 */
export async function listPapers(filter: Filter, ownBookmarks: Prisma.Sql | null = null): Promise<Results> {
  const db = filter.bookmarked ? database() : sharedDatabase();
  if (hasOnlyWords(filter)) return pageOfWords(db, filter, parseQuery(filter.q));
  const tables = Prisma.sql`FROM "Paper" p ${matches(db, filter)} WHERE ${conditions(db, filter, ownBookmarks)}`;
  const offset = (filter.page - 1) * filter.limit;
  const unlisted =
    filter.from || filter.to ? Prisma.sql`, count(*) FILTER (WHERE ${isUnlisted}) AS unlisted` : Prisma.empty;
  const [counted] = await db.$queryRaw<{ total: bigint; unlisted?: bigint }[]>`
    SELECT count(*) AS total ${unlisted} ${tables}`;
  const keys = await db.$queryRaw<{ key: bigint }[]>`
    SELECT p.key ${tables} ORDER BY ${order(filter)} LIMIT ${filter.limit} OFFSET ${offset}`;
  const papers = await loadPapers(
    db,
    keys.map((row) => Number(row.key)),
    filter.q === "" ? null : parseQuery(filter.q),
  );
  return {
    total: Number(counted?.total ?? 0),
    unlisted: Number(counted?.unlisted ?? 0),
    page: filter.page,
    limit: filter.limit,
    papers,
  };
}

/** Whether a filter has no conditions besides a search text, and the engine's own order. */
function hasOnlyWords(filter: Filter): boolean {
  const { q, sort } = filter;
  return q !== "" && arxivIdOf(q) === null && sort !== "upvotes" && isEverything({ ...filter, q: "" });
}

/** The same as `listPapers`, but the index alone finds the page. */
async function pageOfWords(db: Database, filter: Filter, tree: Tree): Promise<Results> {
  const { page, limit } = filter;
  const [total = 0] = await search.count(db, [tree], Number.MAX_SAFE_INTEGER);
  const order = orderOf(filter) === "newest" ? "newest" : "relevance";
  const found = search.page(db, tree, { order, total, offset: (page - 1) * limit, limit });
  const keys = await db.$queryRaw<{ key: bigint }[]>`
    SELECT p.key FROM ${found} AS m JOIN "Paper" p ON p."orderKey" = m."orderKey"
    ORDER BY m.score, m."orderKey" DESC`;
  const papers = await loadPapers(
    db,
    keys.map((row) => Number(row.key)),
    tree,
  );
  return { total, unlisted: 0, page, limit, papers };
}

export type Facet = { value: string; count: number }[];
export const facetNames = ["tag", "month"] as const;

// Nobody reads more tags. There are few months, so all are shown.
const maxTags = 20;

/**
 * The number of a filter's papers with each tag (the twenty most common) or listed in each month (all, newest first). Each
 * count says what that choice would find: another tag in addition, another month instead.
 */
export async function countFacet(
  name: (typeof facetNames)[number],
  filter: Filter,
  ownBookmarks: Prisma.Sql | null = null,
): Promise<Facet> {
  const db = filter.bookmarked ? database() : sharedDatabase();
  if (name === "month") {
    const rest = { ...filter, month: null };
    const within = isEverything(rest) ? all : Prisma.sql`"paperKey" IN (${keysOf(db, rest, ownBookmarks)})`;
    const rows = await db.$queryRaw<{ value: string; count: bigint }[]>`
      SELECT substr("listedOn", 1, 7) AS value, count(DISTINCT "paperKey") AS count
      FROM "Entry" WHERE ${within} AND "listedOn" IS NOT NULL GROUP BY value ORDER BY value DESC`;
    return rows.map(({ value, count }) => ({ value, count: Number(count) }));
  }
  // Without a condition, only the index of names is read, which is twice as fast.
  const within = isEverything(filter) ? all : Prisma.sql`"paperKey" IN (${keysOf(db, filter, ownBookmarks)})`;
  const rows = await db.$queryRaw<{ value: string; count: bigint }[]>`
    SELECT name AS value, count(*) AS count FROM "Tag" WHERE ${within}
    GROUP BY name ORDER BY count DESC, name LIMIT ${maxTags}`;
  return rows.map(({ value, count }) => ({ value, count: Number(count) }));
}

/** Whether a filter includes every paper, whatever its order and page. */
export function isEverything(filter: Filter): boolean {
  const { sort: _, page: _1, limit: _2, ...asked } = filter;
  return Object.values(asked).every((value) =>
    Array.isArray(value) ? value.length === 0 : value === null || value === "" || value === false,
  );
}

const all = Prisma.sql`TRUE`;

function keysOf(db: Database, filter: Filter, ownBookmarks: Prisma.Sql | null): Prisma.Sql {
  return Prisma.sql`SELECT p.key FROM "Paper" p ${matches(db, filter)} WHERE ${conditions(db, filter, ownBookmarks)}`;
}

/** The matches of the words, or the paper whose arXiv id or address was typed, to be joined as `m`. */
function matches(db: Database, { q, from, to }: Filter): Prisma.Sql {
  if (q === "") return Prisma.empty;
  const named = arxivIdOf(q);
  if (named)
    return Prisma.sql`JOIN (SELECT "orderKey", 0 AS score FROM "Paper" WHERE "arxivId" = ${named}) m
      ON m."orderKey" = p."orderKey"`;
  // The range is also a condition below. With it, the index need not search other days.
  const query = from || to ? { and: [parseQuery(q), { range: { from, to } }] } : parseQuery(q);
  return Prisma.sql`JOIN ${search.find(db, query)} m ON m."orderKey" = p."orderKey"`;
}

/**
 * The conditions other than the search text. Ranges use feed days, and so the order key. Papers without a feed day are
 * outside every range.
 */
function conditions(db: Database, filter: Filter, ownBookmarks: Prisma.Sql | null): Prisma.Sql {
  const { tag, author, organization, day, week, month, from, to, minAuthors, maxAuthors, bookmarked } =
    filter;
  const sqlConditions = [all];
  // A search text finds the papers, and the rest is checked for each of them.
  const key = filter.q === "" ? Prisma.sql`p.key` : rowByRow(db, Prisma.sql`p.key`);
  const listedWithin = (first: string, last: string) =>
    Prisma.sql`${key} IN (SELECT "paperKey" FROM "Entry" WHERE "listedOn" BETWEEN ${first} AND ${last})`;
  for (const name of tag)
    sqlConditions.push(Prisma.sql`${key} IN (SELECT "paperKey" FROM "Tag" WHERE name = ${name})`);
  if (author)
    sqlConditions.push(Prisma.sql`${key} IN (SELECT "paperKey" FROM "Author" WHERE name = ${author})`);
  if (organization)
    sqlConditions.push(
      Prisma.sql`(p."organizationFull" = ${organization} OR p."organizationName" = ${organization})`,
    );
  if (day) sqlConditions.push(listedWithin(day, day));
  if (week) sqlConditions.push(listedWithin(weekStart(week), moveDay(weekStart(week), 6)));
  if (month) sqlConditions.push(listedWithin(`${month}-01`, `${month}-31`)); // the last day need not exist
  if (from || to) sqlConditions.push(Prisma.sql`p."feedDay" IS NOT NULL`);
  if (from) sqlConditions.push(Prisma.sql`p."orderKey" >= ${BigInt(toEpochDay(from)) * perDay}`);
  if (to) sqlConditions.push(Prisma.sql`p."orderKey" < ${BigInt(toEpochDay(to) + 1) * perDay}`);
  if (minAuthors !== null) sqlConditions.push(Prisma.sql`p."authorCount" >= ${minAuthors}`);
  if (maxAuthors !== null) sqlConditions.push(Prisma.sql`p."authorCount" <= ${maxAuthors}`);
  if (bookmarked) {
    if (!ownBookmarks) throw new Error("listPapers: a filter for bookmarks needs a reader");
    sqlConditions.push(Prisma.sql`${key} IN (${ownBookmarks})`);
  }
  return Prisma.join(sqlConditions, " AND ");
}

function order(filter: Filter): Prisma.Sql {
  if (filter.sort === "upvotes") return Prisma.sql`p.upvotes DESC NULLS LAST, p."orderKey" DESC`;
  if (filter.q === "") return Prisma.sql`p."orderKey" DESC`;
  // The index returns rows in this order by itself, but only if the column is named as the index's.
  return orderOf(filter) === "newest"
    ? Prisma.sql`m."orderKey" DESC`
    : Prisma.sql`m.score, m."orderKey" DESC`;
}
