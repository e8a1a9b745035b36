import type { Terms } from "./terms";
import type { Field } from "./tree";

/** The weight that stands for a field, as PostgreSQL has four of them. */
export const weights = { title: "A", authors: "B", tags: "C", abstract: "D" } as const satisfies Record<
  Field,
  string
>;
type Weight = (typeof weights)[Field];

// PostgreSQL has 16,383 positions, and keeps 256 of one term. A paper of physics has 3,000 authors, hundreds of them with
// the same initial.
const lastPosition = 16_000;
const maxRepeats = 250;
const maxBytes = 1_000_000; // a little below its limit, for names of megabytes

/** What does not fit is stored as runs of up to this many terms, and a phrase is also looked for as a run. */
export const maxRun = 6;

// Positions for terms outside of any sequence. With a gap before each, so that no phrase matches here.
const isolated: Record<Weight, number> = { A: 16_383, D: 16_381, B: 16_379, C: 16_377 };

/** What separates names, and tags (terms.ts). */
const gap = " · ";

/** A paper's terms as the text of a `tsvector`. Extra terms match words, but no phrase. */
export function toVector(columns: Terms["columns"]): string {
  const lexemes = new Map<string, { places: string; count: number }>();
  let bytes = 0;
  const add = (lexeme: string, position: number, weight: Weight) => {
    const known = lexemes.get(lexeme);
    if (known) {
      known.places += `,${position}${weight}`;
      known.count++;
    } else if (bytes < maxBytes) {
      lexemes.set(lexeme, { places: `${position}${weight}`, count: 1 });
      bytes += lexeme.length + 8;
    }
    bytes += 2;
  };

  let position = 0;
  const hasRoomFor = (term: string) =>
    position < lastPosition && (lexemes.get(term)?.count ?? 0) < maxRepeats;
  const addText = (text: string, weight: Weight) => {
    const terms = toList(text);
    position++; // a gap, so that no phrase matches across two texts
    for (const [index, term] of terms.entries()) {
      if (!hasRoomFor(term)) return addRuns(terms.slice(Math.max(0, index - maxRun + 1)), weight);
      add(term, ++position, weight);
    }
  };
  const addRuns = (terms: string[], weight: Weight) => {
    for (let first = 0; first < terms.length; first++)
      for (let end = first + 1; end <= Math.min(terms.length, first + maxRun); end++)
        add(terms.slice(first, end).join(" "), isolated[weight], weight);
  };

  addText(columns.title, "A");
  addText(columns.abstract, "D");
  for (const tag of columns.tags.split(gap)) addText(tag, "C");
  for (const author of columns.authors.split(gap)) addText(author, "B");
  for (const term of toList(columns.titleExtras)) add(term, isolated.A, "A");
  for (const term of toList(columns.abstractExtras)) add(term, isolated.D, "D");
  let text = "";
  // Labels have no position, so that no phrase contains them.
  for (const label of toList(columns.labels)) text += `'${label}' `;
  for (const [lexeme, { places }] of lexemes) text += `'${lexeme}':${places} `;
  return text;
}

const toList = (text: string) => (text === "" ? [] : text.split(" "));
