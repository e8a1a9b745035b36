import katex, { type KatexOptions } from "katex";
import say from "katex/contrib/render-a11y-string";
import { escapeHtml, unescapeHtml } from "../html";
import { splitTex } from "./split";

export type Typeset = { html: string; hasFormula: boolean };

type Setting = {
  /** A text to read: displayed formulas get lines of their own, and anything wider than the page scrolls. */
  display?: boolean;
  /** A title: its formulas also have a name in words, because browsers ignore mathematics in names. */
  named?: boolean;
};

/** A text as HTML, with its formulas typeset and leftover TeX removed. */
export function typeset(text: string, setting: Setting = {}): Typeset {
  return toHtml(toPieces(text, [], setting));
}

/**
 * The same for a highlight of lib/search, which is escaped HTML whose only tag is `<mark>`. A formula is marked as a
 * whole.
 */
export function typesetMarked(highlight: string, setting: Setting = {}): Typeset {
  const marks: Range[] = [];
  let text = "";
  for (const [index, html] of highlight.split(/<\/?mark>/).entries()) {
    const start = text.length;
    text += unescapeHtml(html);
    if (index % 2 === 1) marks.push({ start, end: text.length });
  }
  return toHtml(toPieces(text, marks, setting));
}

/** A text in words only, with formulas as they are read aloud, for places that can only hold characters. */
export function toSpoken(text: string): string {
  return splitTex(text).reduce((spoken, { shown, formula }) => {
    const words = formula ? toWords(formula.tex) : shown;
    const touch = /[\p{L}\p{N}]/u.test(spoken.slice(-1)) && /^[\p{L}\p{N}]/u.test(words);
    return spoken + (touch ? " " : "") + words;
  }, "");
}

type Range = { start: number; end: number };
type Piece = { shown: string; marked: boolean; formula: string | null };

function toPieces(text: string, marks: Range[], setting: Setting): Piece[] {
  let at = 0;
  let passed = 0; // the number of marks that end before this part
  return splitTex(text).flatMap(({ raw, shown, formula }): Piece[] => {
    const [start, end] = [at, at + raw.length];
    at = end;
    while ((marks[passed]?.end ?? Number.POSITIVE_INFINITY) <= start) passed++;
    const within: Range[] = [];
    for (let next = passed; (marks[next]?.start ?? end) < end; next++) within.push(marks[next] as Range); // exists: the loop's condition
    const set = formula && setFormula(formula.tex, formula.display, setting);
    if (set || raw !== shown) return [{ shown, marked: within.length > 0, formula: set }];
    const cuts = within.flatMap((mark) => [mark.start, mark.end]).filter((cut) => start < cut && cut < end);
    const startsMarked = within.some((mark) => mark.start <= start && start < mark.end);
    // Each cut is the start or end of a mark.
    return [start, ...cuts].map((from, index) => ({
      shown: text.slice(from, cuts[index] ?? end),
      marked: startsMarked === (index % 2 === 0),
      formula: null,
    }));
  });
}

// Characters attached to a formula, as in `($n$),`, `$k$th` or `non-$k$`, where a browser would break the line.
const leading = /[^\s\p{L}\p{N}]{1,20}$/u;
const following = /^(?:[^\s\p{L}\p{N}]{1,20}|[\p{L}\p{N}]{1,3}(?![\p{L}\p{N}]))/u;

function toHtml(pieces: Piece[]): Typeset {
  // Moves the attached characters from the neighboring text to the formula.
  const take = (from: Piece | undefined, form: RegExp): string => {
    if (!from || from.formula || from.marked) return "";
    const [attached = ""] = form.exec(from.shown) ?? [];
    from.shown =
      form === leading
        ? from.shown.slice(0, from.shown.length - attached.length)
        : from.shown.slice(attached.length);
    return escapeHtml(attached);
  };
  const shownPieces = pieces.filter((piece) => piece.shown !== "");
  const formulas = shownPieces.map(({ formula, marked }, index) => {
    if (formula === null || formula.startsWith(displayed)) return formula;
    const set = marked ? `<mark>${formula}</mark>` : formula;
    const before = take(shownPieces[index - 1], leading);
    return `<span class="whitespace-nowrap">${before}${set}${take(shownPieces[index + 1], following)}</span>`;
  });
  const html = shownPieces.map(({ shown, marked }, index) => {
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
  throwOnError: true, // caught below: never show a formula that KaTeX only half understands
  output: "htmlAndMathml",
  strict: "ignore",
  maxSize: 10, // em, for lengths given in a formula
  maxExpand: 1000,
  // Forbids commands that add addresses, classes or styles. With `trust: false`, KaTeX would print the command in red.
  trust: ({ command }) => {
    throw new Error(`${command} is not set`);
  },
};
// Colors are left to the page, or black text would disappear in the dark theme. The rest are common commands that KaTeX
// lacks.
const macros = {
  "\\textcolor": "\\@secondoftwo{#1}{#2}",
  "\\color": "\\@firstoftwo{}{#1}",
  "\\colorbox": "\\@secondoftwo{#1}{\\text{#2}}",
  "\\fcolorbox": "\\@firstoftwo{\\fbox{#3}}{#1#2}",
  "\\mbox": "\\text{#1}",
};
// KaTeX would log a warning with text from the formula.
const forbiddenMacros = Object.fromEntries(
  ["\\message", "\\errmessage", "\\show"].map((command) => [
    command,
    () => {
      throw new Error(`${command} is not set`);
    },
  ]),
);

// Approximate TeX units in em.
const em: Record<string, number> = {
  ex: 0.4,
  mu: 0.06,
  pt: 0.1,
  bp: 0.1,
  px: 0.1,
  dd: 0.1,
  mm: 0.3,
  cm: 3,
  in: 7,
};
const moveCommands =
  /\\(?:raisebox|rule|hspace\*?|[mh]?kern|[mh]skip|\\|!|neg[a-z]{1,6}space)((?:\s?[[{]?\s?[-+]?[\d.]{1,12}\s?[a-z]{2}[\]}]?){0,3})/g;
const maxMoveEm = 6;

/** Whether lengths add up to more than any formula needs: it would be drawn over other text. */
function movesFar(tex: string): boolean {
  let total = 0;
  for (const [, lengths = ""] of tex.matchAll(moveCommands)) {
    total += 0.2; // of a space, `\!`, and anything that is moved
    for (const [, digits, unit = ""] of lengths.matchAll(/([\d.]+)\s?([a-z]{2})/g))
      total += Number(digits) * (em[unit] ?? 1);
  }
  return !(total < maxMoveEm);
}

/** A formula as KaTeX typesets it. Null if KaTeX cannot read it, or if it uses something forbidden. */
function setFormula(raw: string, isDisplay: boolean, { display = false, named = false }: Setting) {
  const tex = raw.replace(unicode, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
  const displayMode = isDisplay && display;
  let html: string;
  if (movesFar(tex)) return null;
  try {
    html = katex.renderToString(tex, { ...options, macros: { ...macros, ...forbiddenMacros }, displayMode });
  } catch {
    return null; // an error in a formula must not break the page
  }
  if (!html.includes(base)) return null; // the formula is only a comment
  if (named) html = html.replace("<math ", () => `<math aria-label="${escapeHtml(toWords(tex))}" `);
  if (displayMode) return html.replace(displayed, `${displayed} tabindex="0"`); // lets the keyboard scroll it
  // Even in a group that should not break, a line may end between its parts.
  const [before = "", ...parts] = html.split(base);
  const set = before + base + parts.join(`<wbr>${base}`);
  return display && isWide(html) ? `<span class="${scrolls}" tabindex="0">${set}</span>` : set;
}

// arXiv's own notation for a character that TeX lacked.
const unicode = /\\unicode\{x([\da-f]{2,5})\}/gi;

function toWords(tex: string): string {
  try {
    return say(tex, { ...options, macros: { ...macros, ...forbiddenMacros } }).replaceAll("\\", "");
  } catch {
    return tex; // some commands have no words
  }
}

const scrolls = "inline-block max-w-full overflow-x-auto overflow-y-hidden align-middle";
// Letters that fit side by side on a phone, with text at twice its size.
const maxUnbrokenLetters = 16;

/** Whether an unbreakable part, such as a fraction or a root, has more letters than fit on a phone. */
function isWide(html: string): boolean {
  let depth = 0;
  let from = 0; // the nesting depth of the outermost such box
  let letters = 0;
  const seen = html.slice(html.indexOf("aria-hidden"));
  for (const [piece] of seen.matchAll(/<span[^>]*>|<\/span>|[^<>\u200b]+(?=<)/g)) {
    if (piece === "</span>") {
      if (depth === from) from = 0;
      depth--;
    } else if (piece.startsWith("<span")) {
      depth++;
      if (from > 0 || !piece.includes('"vlist-t')) continue;
      from = depth;
      letters = 0;
    } else if (from > 0) {
      letters += piece.length;
      if (letters > maxUnbrokenLetters) return true;
    }
  }
  return false;
}
