import { Prisma } from "../db/generated/client";
import type { Transaction } from "../db/open-database";
import { rows } from "../db/rows";
import type { Form, SearchQuery } from "./query";
import { extrasOf, scan } from "./tokens";

/** What the index is made of. */
export type Searchable = { title: string; abstract: string | null; authors: string[]; tags: string[] };

// Stands between two names or tags, so that no phrase runs from one into the next; no question holds it.
const gap = " · ";

/** What a paper is to the search: the terms of each column of the index, blank-separated, and its words. */
export type Terms = {
  columns: {
    title: string;
    abstract: string;
    titleExtras: string;
    abstractExtras: string;
    authors: string;
    tags: string;
  };
  /** The words that a reader can type to find it, folded but not stemmed, each once, blank-separated. */
  words: string;
};

/** Terms and words of a paper, each of its texts scanned once. */
export function toTerms(paper: Searchable): Terms {
  const words = new Set<string>();
  const read = (text: string): [terms: string, extras: string] => {
    let [terms, extras] = ["", ""];
    for (const unit of scan(text)) {
      for (const { term, word } of unit.parts) {
        terms += terms ? ` ${term}` : term;
        words.add(word);
      }
      for (const { word } of unit.aliases) words.add(word);
      for (const { term } of extrasOf(unit)) extras += extras ? ` ${term}` : term;
    }
    return [terms, extras];
  };
  const names = (list: string[]) =>
    list
      .flatMap(read)
      .filter((terms) => terms !== "")
      .join(gap);
  const [title, titleExtras] = read(paper.title);
  const [abstract, abstractExtras] = read(paper.abstract ?? "");
  const [authors, tags] = [names(paper.authors), names(paper.tags)];
  return {
    columns: { title, abstract, titleExtras, abstractExtras, authors, tags },
    words: [...words].join(" "),
  };
}

const columns = {
  orderKey: "int",
  title: "text",
  abstract: "text",
  titleExtras: "text",
  abstractExtras: "text",
  authors: "text",
  tags: "text",
} as const;

/** Writes papers into the index under their order keys, over what stood there. */
export async function writeTerms(
  tx: Transaction,
  papers: { orderKey: number; terms: Terms }[],
): Promise<void> {
  // REPLACE, since a plain insert on an existing rowid would be taken and keep the old terms. Upwards, since FTS5 writes out
  // all that it has gathered whenever a rowid is not above the one before.
  const upwards = papers.toSorted((a, b) => a.orderKey - b.orderKey);
  const terms = upwards.map(({ orderKey, terms }) => ({ orderKey, ...terms.columns }));
  await tx.$executeRaw`
    INSERT OR REPLACE INTO "PaperIndex" (rowid, title, abstract, titleExtras, abstractExtras, authors, tags)
    SELECT "orderKey", title, abstract, "titleExtras", "abstractExtras", authors, tags FROM ${rows(terms, columns)}`;
}

export async function removeTerms(tx: Transaction, orderKeys: number[]): Promise<void> {
  const gone = rows(
    orderKeys.map((key) => ({ key })),
    { key: "int" },
  );
  await tx.$executeRaw`DELETE FROM "PaperIndex" WHERE rowid IN (SELECT key FROM ${gone})`;
}

/** One FTS5 expression. Every term is `[a-z0-9]` and quoted, so nothing that was typed is syntax. */
function toMatch(forms: Form[], texts: string, all: string): string {
  const spelt = forms.map((form) =>
    form.length === 1 ? `${all} : "${form[0]}"` : `${texts} : "${form.join(" ")}"`,
  );
  return `(${spelt.join(" OR ")})`;
}

// A phrase is looked for in texts only: extras stand beside each other without being neighbours.
const anywhere = (forms: Form[]) =>
  toMatch(forms, "{title abstract authors tags}", "{title abstract titleExtras abstractExtras authors tags}");
const inTitle = (forms: Form[]) => toMatch(forms, "{title}", "{title titleExtras}");

/**
 * The matches of a question as a table `(orderKey, score)` to join to Paper; a lower score is better. Papers that have
 * all of it in their title come first. Within both groups a title weighs ten times an abstract (measured best at known
 * items), names and tags half of that.
 */
export function matches(query: SearchQuery): Prisma.Sql {
  const wanted = query.filter((clause) => !clause.exclude).map((clause) => clause.forms);
  const unwanted = query.filter((clause) => clause.exclude).map((clause) => anywhere(clause.forms));
  if (wanted.length === 0) {
    if (unwanted.length === 0) return Prisma.sql`(SELECT NULL AS "orderKey", 0 AS score WHERE FALSE)`;
    return Prisma.sql`(SELECT "orderKey", 0 AS score FROM "Paper" WHERE "orderKey" NOT IN
      (SELECT rowid FROM "PaperIndex" WHERE "PaperIndex" MATCH ${unwanted.join(" OR ")}))`;
  }
  const match =
    wanted.map(anywhere).join(" AND ") + (unwanted.length > 0 ? ` NOT (${unwanted.join(" OR ")})` : "");
  // bm25 stays within a few dozen of 0, so a thousand keeps the groups apart.
  return Prisma.sql`(SELECT rowid AS "orderKey", bm25("PaperIndex", 10, 1, 10, 1, 5, 5) - 1000 * (rowid IN
      (SELECT rowid FROM "PaperIndex" WHERE "PaperIndex" MATCH ${wanted.map(inTitle).join(" AND ")})) AS score
    FROM "PaperIndex" WHERE "PaperIndex" MATCH ${match})`;
}

/**
 * For each of several words, given by its forms, how many papers have it whose order key is at least `from` and below `to`;
 * counted up to `most` only, so that a common word costs no more than a rare one. A row `papers` of each, in their order.
 */
export function countUpTo(words: Form[][], most: number, from: bigint, to: bigint): Prisma.Sql {
  const asked = rows(
    words.map((forms, place) => ({ place, match: anywhere(forms) })),
    { place: "int", match: "text" },
  );
  return Prisma.sql`SELECT (SELECT count(*) FROM (SELECT 1 FROM "PaperIndex"
      WHERE "PaperIndex" MATCH asked.match AND rowid >= ${from} AND rowid < ${to} LIMIT ${most})) AS papers
    FROM ${asked} AS asked ORDER BY asked.place`;
}
