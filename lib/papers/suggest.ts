import { arxivIdOf } from "../arxiv-id";
import { toHubDay } from "../days";
import { type Database, sharedDatabase } from "../db/client";
import { search } from "../search/engine";
import { parseQuery } from "../search/language";
import { findNames, type NameCount } from "../search/names";
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

// Of more papers, the newest. The best of them are shown.
const maxRanked = 300;

/**
 * Suggestions for what was typed so far: papers whose title has its words, the last of them perhaps unfinished, and names in
 * which each of its words begins a word.
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
  const tree = await toTitleTree(db, typed);
  if (!tree) return [];
  return db.$queryRaw<{ id: string; title: string }[]>`
    SELECT p.id AS id, p.title AS title FROM
      (SELECT "orderKey", score FROM ${search.find(db, tree)} AS found ORDER BY "orderKey" DESC LIMIT ${maxRanked}) AS m
    JOIN "Paper" p ON p."orderKey" = m."orderKey" ORDER BY m.score, m."orderKey" DESC LIMIT ${limit}`;
}

/** Null if nothing can be looked up yet. */
async function toTitleTree(db: Database, typed: string): Promise<Tree | null> {
  const beginning = await toBeginning(db, typed);
  if (!beginning) return null;
  const { complete, unfinished } = beginning;
  const trees = [...(complete === "" ? [] : [parseQuery(complete)]), ...(unfinished ? [unfinished] : [])];
  return { field: "title", of: { and: trees } };
}

async function findFullName(db: Database, organizationName: string): Promise<string | null> {
  const paper = await db.paper.findFirst({
    where: { organizationName },
    orderBy: { key: "desc" },
    select: { organizationFull: true },
  });
  return paper?.organizationFull ?? null;
}
