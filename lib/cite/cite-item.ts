import { arxivCategory, arxivMonth } from "../arxiv-id";
import type { PaperRecord } from "../paper";
import type { ReadingState } from "../reading-states";

/** What a reader attached to a paper. `at` is an ISO instant, `note` is Markdown. */
export type Bookmark = {
  at: string;
  state: ReadingState;
  note: string | null;
  lists: string[];
  tags: string[];
};

/** A paper to cite or export. `id` is its arXiv id, or `t-…` if it is known only by its text. */
export type CiteItem = { id: string; citeKey: string; paper: PaperRecord; bookmark: Bookmark | null };

/** The DOI that arXiv registers for each of its papers (https://info.arxiv.org/help/doi.html). */
export function arxivDoi(arxivId: string): string {
  return `10.48550/arXiv.${arxivId}`;
}

/** The year to cite, `YYYY`. If the day of publication is unknown, that of the arXiv id. */
export function citedYear({ publishedOn, arxivId }: PaperRecord): string | null {
  return (publishedOn ?? (arxivId && arxivMonth(arxivId)))?.slice(0, 4) ?? null;
}

/** The category arXiv lists first. Null unless the first tag from arXiv is a category, because others may be cross-lists. */
export function primaryClass(paper: PaperRecord): string | null {
  const first = paper.tags.find((tag) => tag.source === "arxiv")?.name;
  return first && arxivCategory.test(first) ? first : null;
}

/** The reader's tags, then those of the paper. Formats separate them by commas, so names lose theirs. */
export function keywordsOf({ paper, bookmark }: Pick<CiteItem, "paper" | "bookmark">): string[] {
  const names = [...(bookmark?.tags ?? []), ...paper.tags.map((tag) => tag.name)];
  return [...new Set(names.map((name) => oneLine(name.replace(/[,;]/g, " "))))].filter((name) => name !== "");
}

/** `5 authors` if only their number is known, otherwise null. */
export function authorNote({ authors, authorCount }: PaperRecord): string | null {
  if (authors.length > 0 || !authorCount) return null;
  return authorCount === 1 ? "1 author" : `${authorCount} authors`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern is meant to match them
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g;

/** A text on one line, without control characters and unpaired surrogates, which UTF-8 cannot encode. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(controls, "").toWellFormed().trim();
}
