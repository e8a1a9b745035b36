import { arxivIdOf } from "../arxiv-id";
import type { Day } from "../days";
import { type Database, database, sharedDatabase } from "../db/client";
import type { Prisma } from "../db/prisma";
import type { Paper } from "../paper";
import { search } from "../search/engine";
import type { Order, Sort } from "../search/language";
import type { OwnNames } from "../search/qualifiers";
import { flatten, isEverything, type Own, type Tree, wantedTerms, withReader } from "../search/tree";
import { type Corrected, correct } from "./correct";
import { type Filter, isOwn, orderOf } from "./filter";
import { listBookmarked } from "./list-bookmarks";
import { readText } from "./query";
import { loadPapers } from "./rows";

/** What a list needs of a reader: the names of their own things, and their papers as SQL. */
export type OwnPapers = OwnNames & {
  /** Selects the keys of the papers that meet a condition. */
  keysOf: (own: Own) => Prisma.Sql;
  /** The bookmarks as a table with the columns "paperKey" and "createdAt". */
  bookmarks: Prisma.Sql;
};

export type Results = {
  total: number;
  /** False if there are more than `total`. */
  totalIsExact: boolean;
  page: number;
  limit: number;
  papers: Paper[];
};

/** What a filter finds, and the words it was searched for instead of what was typed. */
export type Found = Results & {
  corrected: Corrected | null;
  /** How many of these were never listed on a day, if the filter limits their feed days; otherwise 0. */
  unlisted: number;
};

// Nobody turns as many pages, and counting costs as much as finding.
const maxCounted = 3000;

/**
 * One page of the papers of a filter. A filter for a reader's own papers needs `own`. If the words as typed find little, words
 * of the library that are spelled like them are searched for.
 */
export async function findPapers(filter: Filter, own: OwnPapers | null = null): Promise<Found> {
  const db = isOwn(filter, own) ? database() : sharedDatabase();
  const found = await listPapers(filter, own);
  const corrected = filter.exact
    ? null
    : await correct(db, filter.q, found.total, (q) => countPapers(db, treeOf({ ...filter, q }, own)));
  const shown = corrected?.isUsed ? { ...filter, q: corrected.text } : filter;
  const results = shown === filter ? found : await listPapers(shown, own);
  return { ...results, corrected, unlisted: await countUnlisted(db, treeOf(shown, own), results) };
}

/** One page of the papers of a filter, as typed. A filter for a reader's own papers needs `own`. */
export async function listPapers(filter: Filter, own: OwnPapers | null = null): Promise<Results> {
  const db = isOwn(filter, own) ? database() : sharedDatabase();
  const { page, limit } = filter;
  const tree = treeOf(filter, own);
  const total = await countPapers(db, tree);
  const [order, offset] = [orderOf(filter), (page - 1) * limit];
  const orderKeys =
    order === "bookmarked" && own
      ? (await listBookmarked(db, tree, own, order, { offset, limit })).map(({ orderKey }) => orderKey)
      : await search.page(db, tree, { order: toOrder(order), total, offset, limit });
  const query = wantedTerms(tree).length > 0 ? tree : null;
  const papers = await loadPapers(db, orderKeys, { by: "orderKey", query });
  return {
    total: Math.min(total, maxTotal(tree)),
    totalIsExact: total <= maxTotal(tree),
    page,
    limit,
    papers,
  };
}

/**
 * What a filter asks for, with the reader's own papers, on a day (today, if none is given). A text that is an arXiv id or a paper's
 * address finds that paper.
 */
export function treeOf({ q }: Pick<Filter, "q">, own: OwnPapers | null, day: Day | null = null): Tree {
  const named = arxivIdOf(q);
  const tree = named ? { row: { id: named } } : readText(q, own, day).tree;
  return own ? withReader(tree, own.keysOf) : tree;
}

// Without a reader, no paper is bookmarked.
const toOrder = (order: Sort): Order => (order === "bookmarked" ? "newest" : order);

// All papers are counted, because that is what the front page of the list says.
const maxTotal = (tree: Tree) => (isEverything(tree) ? Number.MAX_SAFE_INTEGER : maxCounted);

/** How many papers match; one more than are counted if there are more. */
async function countPapers(db: Database, tree: Tree): Promise<number> {
  if (isEverything(tree)) return db.paper.count();
  const [total = 0] = await search.count(db, [tree], maxCounted + 1);
  return total;
}

/** How many of the papers were never listed, if the tree limits their feed days and they are few enough to look at. */
async function countUnlisted(db: Database, tree: Tree, { total, totalIsExact }: Results): Promise<number> {
  if (!totalIsExact || !flatten(tree).some((part) => "range" in part)) return 0;
  const anyDay: Tree = { row: { listed: { from: null, to: null } } };
  const [unlisted = 0] = await search.count(db, [{ and: [tree, { not: anyDay }] }], total);
  return unlisted;
}
