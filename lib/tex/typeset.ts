import katex, { type KatexOptions } from "katex";
import say from "katex/contrib/render-a11y-string";
import { escapeHtml, unescapeHtml } from "../html";
import { splitTex } from "./split";

export type Typeset = { html: string; hasFormula: boolean };

type Setting = {
  /** A text to be read: formulas that are set off stand by themselves, and what is wider than the page scrolls. */
  display?: boolean;
  /** A text that names something: so formulas have a name in words too, since browsers leave mathematics out of names. */
  named?: boolean;
};

/** A text as HTML, its formulas set and the rest without what TeX left in it. */
export function typeset(text: string, setting: Setting = {}): Typeset {
  return toHtml(toPieces(text, [], setting));
}

/** The same of a highlight of lib/search, escaped HTML whose only tag is `<mark>`; a formula is marked as a whole. */
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

/** A text in words alone, for what can only hold characters: a formula as it is read aloud. */
export function toSpoken(text: string): string {
  return splitTex(text).reduce((said, { shown, formula }) => {
    const words = formula ? toWords(formula.tex) : shown;
    const touch = /[\p{L}\p{N}]/u.test(said.slice(-1)) && /^[\p{L}\p{N}]/u.test(words);
    return said + (touch ? " " : "") + words;
  }, "");
}

type Range = { start: number; end: number };
type Piece = { shown: string; marked: boolean; formula: string | null };

function toPieces(text: string, marks: Range[], setting: Setting): Piece[] {
  let at = 0;
  let passed = 0; // marks that end before here
  return splitTex(text).flatMap(({ raw, shown, formula }): Piece[] => {
    const [start, end] = [at, at + raw.length];
    at = end;
    while ((marks[passed]?.end ?? Number.POSITIVE_INFINITY) <= start) passed++;
    const within: Range[] = [];
    for (let next = passed; (marks[next]?.start ?? end) < end; next++) within.push(marks[next] as Range); // just looked at
    const set = formula && setFormula(formula.tex, formula.display, setting);
    if (set || raw !== shown) return [{ shown, marked: within.length > 0, formula: set }];
    const cuts = within.flatMap((mark) => [mark.start, mark.end]).filter((cut) => start < cut && cut < end);
    const startsMarked = within.some((mark) => mark.start <= start && start < mark.end);
    // Each cut is where a mark begins or ends.
    return [start, ...cuts].map((from, index) => ({
      shown: text.slice(from, cuts[index] ?? end),
      marked: startsMarked === (index % 2 === 0),
      formula: null,
    }));
  });
}

// What belongs to a formula, `($n$),` `$k$th` `non-$k$`, and a browser would end a line between.
const leading = /[^\s\p{L}\p{N}]{1,20}$/u;
const following = /^(?:[^\s\p{L}\p{N}]{1,20}|[\p{L}\p{N}]{1,3}(?![\p{L}\p{N}]))/u;

function toHtml(pieces: Piece[]): Typeset {
  // From the next plain piece on either side of a formula, which loses it.
  const take = (from: Piece | undefined, form: RegExp): string => {
    if (!from || from.formula || from.marked) return "";
    const [taken = ""] = form.exec(from.shown) ?? [];
    from.shown =
      form === leading
        ? from.shown.slice(0, from.shown.length - taken.length)
        : from.shown.slice(taken.length);
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
  maxSize: 10, // em, of lengths that a formula names
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
// KaTeX writes what these are given to our own log.
const printing = Object.fromEntries(
  ["\\message", "\\errmessage", "\\show"].map((command) => [
    command,
    () => {
      throw new Error(`${command} is not set`);
    },
  ]),
);

// Units of TeX in em, about.
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
const moving =
  /\\(?:raisebox|rule|hspace\*?|[mh]?kern|[mh]skip|\\|!|neg[a-z]{1,6}space)((?:\s?[[{]?\s?[-+]?[\d.]{1,12}\s?[a-z]{2}[\]}]?){0,3})/g;
const farthest = 6;

/** True where lengths add up to more than a formula has use for: it would stand in another text's place. */
function movesFar(tex: string): boolean {
  let total = 0;
  for (const [, lengths = ""] of tex.matchAll(moving)) {
    total += 0.2; // of a space, \!, and of whatever is moved at all
    for (const [, digits, unit = ""] of lengths.matchAll(/([\d.]+)\s?([a-z]{2})/g))
      total += Number(digits) * (em[unit] ?? 1);
  }
  return !(total < farthest);
}

/** A formula as KaTeX sets it; null where it cannot read it, or where it asks for what is not given. */
function setFormula(raw: string, isDisplay: boolean, { display = false, named = false }: Setting) {
  const tex = raw.replace(unicode, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
  const displayMode = isDisplay && display;
  let html: string;
  if (movesFar(tex)) return null;
  try {
    html = katex.renderToString(tex, { ...options, macros: { ...macros, ...printing }, displayMode });
  } catch {
    return null; // whatever is wrong with it, the page is not
  }
  if (!html.includes(base)) return null; // all of it is a comment
  if (named) html = html.replace("<math ", () => `<math aria-label="${escapeHtml(toWords(tex))}" `);
  if (displayMode) return html.replace(displayed, `${displayed} tabindex="0"`); // by keys it can be scrolled
  // Within what is not to be broken, a line may end between its parts.
  const [before = "", ...parts] = html.split(base);
  const set = before + base + parts.join(`<wbr>${base}`);
  return display && isWide(html) ? `<span class="${scrolls}" tabindex="0">${set}</span>` : set;
}

// arXiv's own form of a character that TeX had none for.
const unicode = /\\unicode\{x([\da-f]{2,5})\}/gi;

function toWords(tex: string): string {
  try {
    return say(tex, { ...options, macros: { ...macros, ...printing } }).replaceAll("\\", "");
  } catch {
    return tex; // of some commands it has no words
  }
}

const scrolls = "inline-block max-w-full overflow-x-auto overflow-y-hidden align-middle";
// Letters that fit beside each other on a phone, in text of twice its size.
const mostUnbroken = 16;

/** True where what no line can break, a fraction or a root, holds more letters than a phone has room for. */
function isWide(html: string): boolean {
  let depth = 0;
  let from = 0; // the depth of the outermost such box that one is in
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
      if (letters > mostUnbroken) return true;
    }
  }
  return false;
}
