import type { Batch, ListingEntry, Rejection } from "./listing";
import { excerptOf } from "./reasons";

// Twenty times the longest real abstract, eight times the longest title. Anything longer is something else, and would
// slow down every page that shows it.
const maxLength = { title: 2000, abstract: 100_000 } as const;

// More than twice the largest collaboration's.
const maxNames = 10_000;

// The longest real one has 512. Names are looked up by an index, whose rows have at most 2,704 bytes on PostgreSQL.
const maxNameLength = 800;

/** Turns entries with a longer title, abstract or name into rejected entries. */
export function withinBounds({ entries, rejections }: Batch): Batch {
  const tooLong = entries.flatMap((entry) => whyTooLong(entry) ?? []);
  if (tooLong.length === 0) return { entries, rejections };
  return {
    entries: entries.filter((entry) => whyTooLong(entry) === null),
    rejections: [...rejections, ...tooLong].sort((a, b) => a.entry - b.entry),
  };
}

function whyTooLong({ place, paper }: ListingEntry): Rejection | null {
  for (const field of ["title", "abstract"] as const) {
    const length = paper[field]?.length ?? 0;
    if (length > maxLength[field])
      return {
        entry: place,
        reason: `expected ${field === "title" ? "a title" : "an abstract"} of at most ${maxLength[field].toLocaleString("en")} characters, got ${length.toLocaleString("en")}`,
        excerpt: excerptOf(paper.title),
      };
  }
  for (const field of ["authors", "tags"] as const)
    if (paper[field].length > maxNames)
      return {
        entry: place,
        reason: `expected at most ${maxNames.toLocaleString("en")} ${field}, got ${paper[field].length.toLocaleString("en")}`,
        excerpt: excerptOf(paper.title),
      };
  const { name, fullName = null } = paper.organization ?? {};
  const names = [...paper.authors, ...paper.tags.map((tag) => tag.name), name ?? "", fullName ?? ""];
  const tooLong = names.find((one) => one.length > maxNameLength);
  if (tooLong === undefined) return null;
  return {
    entry: place,
    reason: `expected names of at most ${maxNameLength} characters, got ${tooLong.length.toLocaleString("en")}`,
    excerpt: excerptOf(tooLong),
  };
}
