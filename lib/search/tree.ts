import type { Day } from "../days";
import type { Prisma } from "../db/prisma";
import type { ReadingState } from "../reading-states";
import type { Label } from "./labels";

/** The parts of a paper whose words can be searched on their own. */
export type Field = "title" | "abstract" | "authors" | "tags";

/** Days, both ends included. A paper without the day in question is in no range. */
export type Range = { from: Day | null; to: Day | null };

/** Numbers, both ends included. A paper whose number is unknown is in no range. */
export type Bounds = { from: number | null; to: number | null };

/**
 * What belongs to a reader: papers in their library, in their Catch up queue, in a state, with words in their note (null: with
 * any note), in a list (by its folded name), or with a tag of their own (by its label).
 */
export type Own =
  | "bookmarked"
  | "new"
  | { state: ReadingState }
  | { note: Tree | null }
  | { list: string }
  | { tag: Label };

/** A question about a paper's row or its entries. The index does not know the answer. */
export type Row =
  | { number: "upvotes" | "comments" | "authors"; bounds: Bounds }
  | { published: Range }
  /** Papers in an edition of these days. */
  | { listed: Range }
  | { id: string }
  | { own: Own }
  /** The keys of papers, as SQL: what `own` stands for once the reader is known. */
  | { papers: Prisma.Sql };

/**
 * What is searched for. A word is one term anywhere in a paper; a phrase is several terms in a row within its title, its
 * abstract, one name or one tag. `range` is about feed days. `every` leaves a sample: the papers whose order key is a multiple of it.
 */
export type Tree =
  | { and: Tree[] }
  | { or: Tree[] }
  | { not: Tree }
  | { word: string }
  | { phrase: string[] }
  | { field: Field; of: Tree }
  | { label: Label }
  | { range: Range }
  | { every: number }
  | { row: Row };

/** The days that are in all of these ranges; `from` is after `to` if there are none. Null for no range. */
export function intersect(ranges: Range[]): Range | null {
  if (ranges.length === 0) return null;
  const ends = (end: "from" | "to") => ranges.flatMap((range) => range[end] ?? []).sort();
  return { from: ends("from").at(-1) ?? null, to: ends("to")[0] ?? null };
}

/** Matches no paper. */
export const nothing: Tree = { or: [] };

/** Matches every paper. */
export const everything: Tree = { and: [] };
export const isEverything = (tree: Tree) => flatten(tree).length === 0;

/** The parts of a tree that must all match. */
export const flatten = (tree: Tree): Tree[] => ("and" in tree ? tree.and.flatMap(flatten) : [tree]);

/** The parts within a part. */
export function childrenOf(tree: Tree): Tree[] {
  if ("and" in tree) return tree.and;
  if ("or" in tree) return tree.or;
  if ("not" in tree) return [tree.not];
  return "field" in tree ? [tree.of] : [];
}

/** Whether a tree has a part like this. */
export const has = (tree: Tree, wanted: (part: Tree) => boolean): boolean =>
  wanted(tree) || childrenOf(tree).some((part) => has(part, wanted));

/** Replaces what belongs to the reader by the keys of the papers. */
export function withReader(tree: Tree, keysOf: (own: Own) => Prisma.Sql): Tree {
  const each = (trees: Tree[]) => trees.map((one) => withReader(one, keysOf));
  if ("and" in tree) return { and: each(tree.and) };
  if ("or" in tree) return { or: each(tree.or) };
  if ("not" in tree) return { not: withReader(tree.not, keysOf) };
  if ("field" in tree) return { field: tree.field, of: withReader(tree.of, keysOf) };
  return "row" in tree && "own" in tree.row ? { row: { papers: keysOf(tree.row.own) } } : tree;
}

/** The words and phrases that a match may contain, as lists of terms, for highlighting. */
export function wantedTerms(tree: Tree): string[][] {
  if ("word" in tree) return [[tree.word]];
  if ("phrase" in tree) return [tree.phrase];
  return "not" in tree ? [] : childrenOf(tree).flatMap(wantedTerms);
}
