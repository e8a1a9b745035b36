import { Prisma } from "../db/prisma";
import { extrasOf, scan } from "./tokens";
import type { Tree } from "./tree";

// Separates what no phrase matches across. No term contains it.
const gap = " · ";

/**
 * The terms of a note as `Note.terms` has them: each between two spaces, in the order of the text, and then the extra terms. So a word
 * or a phrase of a note is found by LIKE, on every engine alike. Readers write hundreds of notes, not millions, so they need no index.
 */
export function toNoteTerms(text: string): string {
  const units = scan(text);
  const terms = units.flatMap(({ parts }) => parts.map(({ term }) => term)).join(" ");
  const extras = units.flatMap((unit) => extrasOf(unit).map(({ term }) => term));
  return ` ${[terms, ...new Set(extras)].join(gap)} `;
}

/** Words and phrases as a condition on a column of such terms. */
export function noteSql(terms: Prisma.Sql, tree: Tree): Prisma.Sql {
  // Every term is `[a-z0-9]`, so none contains a wildcard of LIKE.
  if ("word" in tree) return Prisma.sql`${terms} LIKE ${`% ${tree.word} %`}`;
  if ("phrase" in tree) return Prisma.sql`${terms} LIKE ${`% ${tree.phrase.join(" ")} %`}`;
  const each = (trees: Tree[]) => trees.map((one) => noteSql(terms, one));
  if ("and" in tree) return Prisma.sql`(${Prisma.join([Prisma.sql`TRUE`, ...each(tree.and)], " AND ")})`;
  if ("or" in tree) return Prisma.sql`(${Prisma.join([Prisma.sql`FALSE`, ...each(tree.or)], " OR ")})`;
  throw new Error("search: expected words and phrases of a note");
}
