import { arxivIdOf } from "../arxiv-id";
import { toHubDay } from "../days";
import { type Database, sharedDatabase } from "../db/client";
import { rows } from "../db/rows";
import { search } from "../search/engine";
import { parseQuery } from "../search/language";
import { findNames, type NameCount } from "../search/names";
import { toTitleKey } from "../search/title-key";
import type { Tree } from "../search/tree";
import { toBeginning } from "../search/words";
import { findTypedDays, type TypedDay } from "../typed-days";
import { defineUrlState } from "../url-state";
import { queryText, whole } from "./filter";

/** What a reader who typed this may be looking for, each list with the best first. */
export type Suggestions = {
  papers: { id: string; title: string }[];
  authors: NameCount[];
  tags: NameCount[];
  organizations: (NameCount & { fullName: string | null })[];
  days: TypedDay[];
};

export const suggestState = defineUrlState({
  q: { schema: queryText, default: "" },
  /** The most entries of each list. */
  limit: { schema: whole(1, 100), default: 10 },
});

/**
 * Suggestions for what was typed so far: papers whose title begins with it, or has its words, the last of them perhaps
 * unfinished; and names in which each of its words begins a word.
 */
export async function suggest(typed: string, limit: number, now = new Date()): Promise<Suggestions> {
  const db = sharedDatabase();
  const organizations = await findNames(db, "organization", typed, limit);
  return {
    papers: await findPapers(db, typed, limit),
    authors: await findNames(db, "author", typed, limit),
    tags: await findNames(db, "tag", typed, limit),
    organizations: await Promise.all(
      organizations.map(async (one) => ({ ...one, fullName: await findFullName(db, one.name) })),
    ),
    days: findTypedDays(typed, toHubDay(now)),
  };
}

async function findPapers(db: Database, typed: string, limit: number): Promise<Suggestions["papers"]> {
  const arxivId = arxivIdOf(typed);
  if (arxivId) return db.paper.findMany({ where: { arxivId }, select: { id: true, title: true } });
  const begun = await findBegun(db, typed, limit);
  if (begun.length === limit) return begun;
  const known = new Set(begun.map(({ id }) => id));
  const others = await findWithWords(db, typed, limit);
  return [...begun, ...others.filter(({ id }) => !known.has(id))].slice(0, limit);
}

// Thousands of titles begin with one letter, and nobody has typed enough to mean one of them.
const minLetters = 2;
// Of more titles that begin with what was typed, those that come first in the alphabet.
const maxBegun = 2000;

/** Papers whose title begins with what was typed, the most upvoted first. */
async function findBegun(db: Database, typed: string, limit: number): Promise<Suggestions["papers"]> {
  const key = toTitleKey(typed.trimStart());
  if (key.length < minLetters) return [];
  // "{" follows the last letter that a word may have.
  const begun = await db.$queryRaw<{ key: bigint }[]>`SELECT "orderKey" AS key FROM "Paper"
    WHERE "titleKey" >= ${key} AND "titleKey" < ${`${key}{`} LIMIT ${maxBegun}`;
  // The newest are looked at first, because most upvotes are recent.
  const newest = begun.map((row) => Number(row.key)).sort((a, b) => b - a);
  const looked = rows(
    db,
    newest.slice(0, maxRanked).map((key) => ({ key })),
    { key: "int" },
  );
  return db.$queryRaw<{ id: string; title: string }[]>`
    SELECT p.id AS id, p.title AS title FROM ${looked} AS found JOIN "Paper" AS p ON p."orderKey" = found.key
    ORDER BY p.upvotes DESC NULLS LAST, p."orderKey" DESC LIMIT ${limit}`;
}

// Of more papers, the newest. The best of them are shown.
const maxRanked = 300;

/** Papers with each word in their title, the last of them perhaps unfinished. */
async function findWithWords(db: Database, typed: string, limit: number): Promise<Suggestions["papers"]> {
  const tree = await toTitleTree(db, typed);
  if (!tree) return [];
  const [total = 0] = await search.count(db, [tree], maxRanked);
  const order = total < maxRanked ? "relevance" : "newest";
  const orderKeys = await search.page(db, tree, { order, total, offset: 0, limit });
  const papers = await db.paper.findMany({
    where: { orderKey: { in: orderKeys.map(BigInt) } },
    select: { id: true, title: true, orderKey: true },
  });
  const byKey = new Map(papers.map((paper) => [Number(paper.orderKey), paper]));
  return orderKeys.flatMap((key) => {
    const paper = byKey.get(key);
    return paper ? [{ id: paper.id, title: paper.title }] : [];
  });
}

/** Null if nothing can be looked up yet. */
async function toTitleTree(db: Database, typed: string): Promise<Tree | null> {
  const beginning = await toBeginning(db, typed);
  if (!beginning) return null;
  const { complete, unfinished } = beginning;
  const trees = [...(complete === "" ? [] : [parseQuery(complete)]), ...(unfinished ? [unfinished] : [])];
  return { and: trees.map((of) => ({ field: "title", of })) };
}

async function findFullName(db: Database, organizationName: string): Promise<string | null> {
  const paper = await db.paper.findFirst({
    where: { organizationName },
    orderBy: { key: "desc" },
    select: { organizationFull: true },
  });
  return paper?.organizationFull ?? null;
}
