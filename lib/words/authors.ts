import type { PaperRecord } from "../paper";

const shown = 2;

/** The first authors and how many more there are: `Ada L., Alan T. +5`. Only their number if no names are known. */
export function formatAuthors({
  authors,
  authorCount,
}: Pick<PaperRecord, "authors" | "authorCount">): string | null {
  if (authors.length === 0) return authorCount === null ? null : formatAuthorCount(authorCount);
  const first = authors.slice(0, shown).join(", ");
  const more = Math.max(authors.length, authorCount ?? 0) - Math.min(authors.length, shown);
  return more > 0 ? `${first} +${more.toLocaleString("en")}` : first;
}

export function formatAuthorCount(count: number): string {
  return count === 1 ? "1 author" : `${count.toLocaleString("en")} authors`;
}
