import katex, { type KatexOptions } from "katex";
import { escapeHtml, unescapeHtml } from "../html";
import { splitTex } from "./split";

export type Typeset = { html: string; hasFormula: boolean };

/** A text as HTML, its formulas set, the rest without what TeX left in it. With `display` those set off stand by themselves. */
export function typeset(text: string, display = false): Typeset {
  return toHtml(toPieces(text, [], display));
}

/** The same of a highlight of lib/search, escaped HTML whose only tag is `<mark>`; a formula is marked as a whole. */
export function typesetMarked(highlight: string): Typeset {
  const marks: Range[] = [];
  let text = "";
  for (const [index, html] of highlight.split(/<\/?mark>/).entries()) {
    const start = text.length;
    text += unescapeHtml(html);
    if (index % 2 === 1) marks.push({ start, end: text.length });
  }
  return toHtml(toPieces(text, marks, false));
}

type Range = { start: number; end: number };
type Piece = { shown: string; marked: boolean; formula: string | null };

function toPieces(text: string, marks: Range[], display: boolean): Piece[] {
  let at = 0;
  return splitTex(text).flatMap(({ raw, shown, formula }): Piece[] => {
    const [start, end] = [at, at + raw.length];
    at = end;
    const within = marks.filter((mark) => mark.start < end && mark.end > start);
    const set = formula && setFormula(formula.tex, display && formula.display);
    if (set || raw !== shown) return [{ shown, marked: within.length > 0, formula: set }];
    const cuts = within.flatMap((mark) => [mark.start, mark.end]).filter((cut) => start < cut && cut < end);
    return [start, ...cuts].map((from, index) => ({
      shown: text.slice(from, cuts[index] ?? end),
      marked: within.some((mark) => mark.start <= from && from < mark.end),
      formula: null,
    }));
  });
}

// What belongs to a formula, `($n$),` `$k$th` `non-$k$`, and a browser would end a line between.
const leading = /[^\s\p{L}\p{N}]+$/u;
const following = /^(?:[^\s\p{L}\p{N}]+|[\p{L}\p{N}]{1,3}(?![\p{L}\p{N}]))/u;

function toHtml(pieces: Piece[]): Typeset {
  // From the next plain piece on either side of a formula, which loses it.
  const take = (from: Piece | undefined, form: RegExp): string => {
    if (!from || from.formula || from.marked) return "";
    const [taken = ""] = form.exec(from.shown) ?? [];
    from.shown = from.shown.replace(form, "");
    return escapeHtml(taken);
  };
  const said = pieces.filter((piece) => piece.shown !== "");
  const formulas = said.map(({ formula, marked }, index) => {
    if (formula === null || formula.startsWith(displayed)) return formula;
    const set = marked ? `<mark>${formula}</mark>` : formula;
    const before = take(said[index - 1], leading);
    return `<span class="whitespace-nowrap">${before}${set}${take(said[index + 1], following)}</span>`;
  });
  const html = said.map(({ shown, marked }, index) => {
    const text = escapeHtml(shown);
    return formulas[index] ?? (marked ? `<mark>${text}</mark>` : text);
  });
  return {
    html: html.join("").replaceAll("</mark><mark>", ""),
    hasFormula: formulas.some((formula) => formula !== null),
  };
}

const displayed = '<span class="katex-display"';
const base = '<span class="katex-base">';

const options: KatexOptions = {
  throwOnError: true, // caught below: what cannot be read is never shown half read
  output: "htmlAndMathml",
  strict: "ignore",
  maxSize: 10,
  maxExpand: 1000,
  // No addresses, classes and styles of others; with `false` the command would be set, in red.
  trust: ({ command }) => {
    throw new Error(`${command} is not set`);
  },
};
// Colours are the page's: in the dark a reader would not see black. And what KaTeX lacks of the commonest.
const macros = {
  "\\textcolor": "\\@secondoftwo{#1}{#2}",
  "\\color": "\\@firstoftwo{}{#1}",
  "\\colorbox": "\\@secondoftwo{#1}{\\text{#2}}",
  "\\fcolorbox": "\\@firstoftwo{\\fbox{#3}}{#1#2}",
  "\\mbox": "\\text{#1}",
};

/** A formula as KaTeX sets it; null where it cannot read it, or where it asks for what is not given. */
function setFormula(tex: string, displayMode: boolean): string | null {
  let html: string;
  try {
    html = katex.renderToString(tex.replace(unicode, toCharacter), {
      ...options,
      macros: { ...macros },
      displayMode,
    });
  } catch {
    return null; // whatever is wrong with it, the page is not
  }
  const [first = "", second, ...rest] = html.split(base);
  if (second === undefined) return null; // all of it is a comment
  // A display that is wider than the page scrolls, by keys too.
  if (displayMode) return html.replace(displayed, `${displayed} tabindex="0"`);
  // Within what is not to be broken, a line may end between its parts.
  return [first + base + second, ...rest].join(`<wbr>${base}`);
}

// arXiv's own form of a character that TeX had none for.
const unicode = /\\unicode\{x([\da-f]{2,5})\}/gi;
const toCharacter = (_: string, code: string) => String.fromCodePoint(Number.parseInt(code, 16));
