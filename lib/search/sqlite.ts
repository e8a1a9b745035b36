import { Prisma } from "../db/generated/client";
import type { Transaction } from "../db/open-database";
import type { Form, SearchQuery } from "./query";
import { tokens } from "./tokens";

/** What the index is made of. */
export type Searchable = { title: string; abstract: string | null; authors: string[]; tags: string[] };

// Stands between two names or tags, so that no phrase runs from one into the next; no question holds it.
const gap = " · ";

/** Terms of each column of the index, blank-separated. */
function toColumns(paper: Searchable) {
  const [title, abstract] = [tokens(paper.title), tokens(paper.abstract ?? "")];
  const spell = (list: { term: string }[]) => list.map((token) => token.term).join(" ");
  const names = (list: string[]) =>
    list
      .flatMap((name) => {
        const { terms, extras } = tokens(name);
        return extras.length > 0 ? [spell(terms), spell(extras)] : [spell(terms)];
      })
      .join(gap);
  return {
    title: spell(title.terms),
    abstract: spell(abstract.terms),
    titleExtras: spell(title.extras),
    abstractExtras: spell(abstract.extras),
    authors: names(paper.authors),
    tags: names(paper.tags),
  };
}

/** The words that a reader can type to find the paper, folded but not stemmed, each once. */
export function toWords(paper: Searchable): string[] {
  const texts = [paper.title, paper.abstract ?? "", ...paper.authors, ...paper.tags];
  return [...new Set(texts.flatMap((text) => tokens(text).terms.map((token) => token.word)))];
}

/** Writes papers into the index under their order keys, over what stood there. */
export async function writeTerms(
  tx: Transaction,
  rows: { orderKey: number; paper: Searchable }[],
): Promise<void> {
  // REPLACE, since a plain insert on an existing rowid would be taken and keep the old terms.
  const json = JSON.stringify(rows.map(({ orderKey, paper }) => ({ orderKey, ...toColumns(paper) })));
  await tx.$executeRaw`
    INSERT OR REPLACE INTO "PaperIndex" (rowid, title, abstract, titleExtras, abstractExtras, authors, tags)
    SELECT value ->> 'orderKey', value ->> 'title', value ->> 'abstract', value ->> 'titleExtras',
           value ->> 'abstractExtras', value ->> 'authors', value ->> 'tags'
    FROM json_each(${json})`;
}

export async function removeTerms(tx: Transaction, orderKeys: number[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "PaperIndex" WHERE rowid IN (SELECT value FROM json_each(${JSON.stringify(orderKeys)}))`;
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
