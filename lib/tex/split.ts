import { findFormulas } from "./formulas";
import { findResidue, inOrder, onlyText } from "./residue";

/** A part of a text. `raw` is the stored text; `shown` is what to display if it is not a formula or cannot be typeset. */
export type Part = { raw: string; shown: string; formula: { tex: string; display: boolean } | null };

// Far more than any abstract has. Typesetting one costs as much as parsing a hundred words.
const maxFormulas = 500;

/** Splits a text into formulas and what is between them. The `raw` of all parts, joined, is the text. */
export function splitTex(text: string): Part[] {
  const found = findFormulas(text).slice(0, maxFormulas);
  const formulas = found.filter(({ tex }) => !onlyText.test(tex));
  // In `$\emph{words}$` the dollar signs are removed too.
  const delimiters = found
    .filter(({ tex }) => onlyText.test(tex))
    .flatMap(({ start, end, tex }) => {
      const length = (end - start - tex.length) / 2;
      return [
        { start, end: start + length, shown: "" },
        { start: end - length, end, shown: "" },
      ];
    });
  const edits = inOrder([...findResidue(text, formulas), ...delimiters]);
  const parts: Part[] = [];
  let at = 0;
  const keepTo = (end: number) => {
    const raw = text.slice(at, end);
    if (raw !== "") parts.push({ raw, shown: raw, formula: null });
    at = end;
  };
  for (const one of [...edits, ...formulas].sort((a, b) => a.start - b.start)) {
    keepTo(one.start);
    const raw = text.slice(one.start, one.end);
    if ("tex" in one) parts.push({ raw, shown: raw, formula: { tex: one.tex, display: one.display } });
    else parts.push({ raw, shown: one.shown, formula: null });
    at = one.end;
  }
  keepTo(text.length);
  return parts;
}

/** A text without leftover TeX, and with its formulas as typed, for places that can only hold characters. */
export function toPlain(text: string): string {
  return splitTex(text)
    .map((part) => part.shown)
    .join("");
}
