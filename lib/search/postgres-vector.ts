import type { Terms } from "./terms";
import type { Field } from "./tree";

/** The weight that stands for a field, as PostgreSQL has four of them. */
export const weights = { title: "A", authors: "B", tags: "C", abstract: "D" } as const satisfies Record<
  Field,
  string
>;

// PostgreSQL's limits are 16,383, and 256 of one term, some of which are isolated (below). A paper of physics has 3,000 authors, hundreds of them with the
// same initial.
const lastPosition = 16_000;
const maxRepeats = 250;
const maxBytes = 1_000_000;

/**
 * Beyond these limits, a paper's texts continue on another page: the positions begin anew, and the terms get a suffix.
 * A phrase is looked for on each page. Words behind the last page are found, but not as part of a phrase.
 */
const pages = 4;
export const suffixes = Array.from({ length: pages }, (_, page) => (page === 0 ? "" : `~${page}`));

// Terms outside of any sequence. With a gap before each, so that no phrase matches here.
const isolated = { A: 16_383, D: 16_381, B: 16_379, C: 16_377 };

/** What separates names, and tags (terms.ts). */
const gap = " · ";

/** A paper's terms as the text of a `tsvector`. Extra terms match words, but no phrase. */
export function toVector(columns: Terms["columns"]): string {
  const places = new Map<string, Set<string>>();
  let bytes = 0;
  const add = (lexeme: string, position: number, weight: keyof typeof isolated) => {
    let known = places.get(lexeme);
    if (!known) {
      bytes += lexeme.length + 8;
      if (bytes > maxBytes) return;
      known = new Set();
      places.set(lexeme, known);
    }
    known.add(`${position}${weight}`);
    bytes += 2;
  };

  let page = 0;
  let position = 0;
  const repeatsOn = (term: string) => places.get(`${term}${suffixes[page]}`)?.size ?? 0;
  const isFull = (terms: string[]) =>
    position + terms.length > lastPosition || terms.some((term) => repeatsOn(term) >= maxRepeats);
  const turn = () => {
    page++;
    position = 0;
  };
  const addText = (text: string, weight: keyof typeof isolated) => {
    if (text === "") return;
    const terms = text.split(" ");
    position++; // a gap
    if (page < pages && position > 1 && isFull(terms)) turn();
    for (const term of terms) {
      if (page < pages && isFull([term])) turn();
      position++;
      if (page < pages) add(`${term}${suffixes[page]}`, position, weight);
      if (page > 0) add(term, isolated[weight], weight);
    }
  };

  addText(columns.title, "A");
  addText(columns.abstract, "D");
  for (const tag of columns.tags.split(gap)) addText(tag, "C");
  for (const author of columns.authors.split(gap)) addText(author, "B");
  const addExtras = (text: string, weight: "A" | "D") => {
    for (const term of text === "" ? [] : text.split(" ")) add(term, isolated[weight], weight);
  };
  addExtras(columns.titleExtras, "A");
  addExtras(columns.abstractExtras, "D");
  return [...places].map(([lexeme, at]) => `'${lexeme}':${[...at].join(",")}`).join(" ");
}
