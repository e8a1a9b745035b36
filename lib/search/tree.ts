import type { Day } from "../days";

/** The parts of a paper that can be searched on their own. */
export type Field = "title" | "abstract" | "authors" | "tags";

/** Feed days, both ends included. A paper without a feed day is in no range. */
export type Range = { from: Day | null; to: Day | null };

/**
 * What is searched for. A word is one term anywhere in a paper; a phrase is several terms in a row within its title, its
 * abstract, one name or one tag.
 */
export type Tree =
  | { and: Tree[] }
  | { or: Tree[] }
  | { not: Tree }
  | { word: string }
  | { phrase: string[] }
  | { field: Field; of: Tree }
  | { range: Range };

/** The days that are in all of these ranges; `from` is after `to` if there are none. Null for no range. */
export function intersect(ranges: Range[]): Range | null {
  if (ranges.length === 0) return null;
  const ends = (end: "from" | "to") => ranges.flatMap((range) => range[end] ?? []).sort();
  return { from: ends("from").at(-1) ?? null, to: ends("to")[0] ?? null };
}

/** Matches no paper. */
export const nothing: Tree = { or: [] };

/** The words and phrases that a match may contain, as lists of terms, for highlighting. */
export function wantedTerms(tree: Tree): string[][] {
  if ("word" in tree) return [[tree.word]];
  if ("phrase" in tree) return [tree.phrase];
  if ("field" in tree) return wantedTerms(tree.of);
  if ("and" in tree) return tree.and.flatMap(wantedTerms);
  if ("or" in tree) return tree.or.flatMap(wantedTerms);
  return [];
}
