/** A range of a text, and what a reader should see instead. */
export type Edit = { start: number; end: number; shown: string };

const symbols = pairs(`
  alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ
  nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ
  Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω times × pm ± cdot · sim ∼ approx ≈ equiv ≡ neq ≠ ne ≠ leq ≤ le ≤
  geq ≥ ge ≥ ll ≪ gg ≫ infty ∞ to → rightarrow → leftarrow ← leftrightarrow ↔ uparrow ↑ downarrow ↓ ell ℓ
  ldots … dots … textellipsis … textemdash — textendash – textasciitilde ~ textdegree ° LaTeX LaTeX TeX TeX
  eg e.g. ie i.e.`); // the last two are not standard, but unambiguous
/** Letters used in words. A space after the command only ends it. */
const letters = pairs("ss ß o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ");

function pairs(words: string): Map<string, string> {
  return new Map([...words.matchAll(/(\w+)\s+(\S+)/g)].map(([, name = "", shown = ""]) => [name, shown]));
}

// As combining characters.
const accents: Record<string, string> = {
  "`": "\u0300",
  "'": "\u0301",
  "^": "\u0302",
  "~": "\u0303",
  "=": "\u0304",
  u: "\u0306",
  ".": "\u0307",
  '"': "\u0308",
  r: "\u030a",
  H: "\u030b",
  v: "\u030c",
  c: "\u0327",
  k: "\u0328",
};

const tokens = new RegExp(
  [
    /(?<url>https?:\/\/[^\s{}]+)/,
    /\\(?<accent>["'`^~=.])(?:\{\\?(?<a>[A-Za-z])\}|\\?(?<b>[A-Za-z])(?<!\\[A-Za-hk-z]))/,
    /\\(?<mark>[cvuHkr])(?:\{\\?(?<c>[A-Za-z])\}|(?<=\{\\[a-z]) (?<d>[A-Za-z])(?=\})|(?<=H) (?<e>[ou]))/,
    /\\(?<escaped>[%&$#_{}'])/,
    /\\(?<space>[,;: !/-])/,
    /\\(?<split>[a-z]\{[a-z]+\})/,
    /\\(?<word>[A-Za-z]+)/,
    /(?<tie>~)/,
    /(?<!-)(?<dash>---?)(?!-)/,
  ]
    .map((form) => form.source)
    .join("|"),
  "g",
);
const mayHave = /[\\~`]|--/;
const formula = "\ufffc";

/**
 * TeX outside of formulas: `4.7\%`, `\emph{word}`, `Erd\H{o}s`, `Table~3`, quotes made of backticks, dashes made of
 * hyphens. Whatever may not be TeX stays: braces, `%`, a paper's own macros. In order, without overlaps.
 */
export function findResidue(text: string, formulas: { start: number; end: number }[]): Edit[] {
  if (!mayHave.test(text)) return [];
  let masked = "";
  for (const { start, end } of formulas)
    masked += text.slice(masked.length, start) + formula.repeat(end - start);
  masked += text.slice(masked.length);
  const edits = [...masked.matchAll(tokens)].flatMap((match) => readToken(masked, match));
  edits.push(...findQuotes(masked));
  return inOrder(edits);
}

/** In order. If two overlap, the first one wins. */
export function inOrder(edits: Edit[]): Edit[] {
  let at = 0;
  return edits
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ start, end }) => {
      if (start < at) return false;
      at = end;
      return true;
    });
}

function readToken(text: string, match: RegExpMatchArray): Edit[] {
  const { url, accent, a, b, mark, c, d, e, escaped, space, split, word, tie, dash } = match.groups ?? {};
  const start = match.index ?? 0;
  const end = start + match[0].length;
  const [before = "", after = ""] = [text[start - 1], text[end]];
  if (url) {
    // A URL stays as it is, except for the characters that TeX requires escaped.
    return [...url.matchAll(/\\([_%&#~])/g)].map(({ 0: whole, 1: shown = "", index }) => ({
      start: start + index,
      end: start + index + whole.length,
      shown,
    }));
  }
  if (accent || mark) {
    const letter = a ?? b ?? c ?? d ?? e ?? "";
    const composed = (letter + accents[accent ?? mark ?? ""]).normalize("NFC");
    // In `the model\'s`, this is not an accent but a quote escaped by some program.
    const isQuote =
      accent === "'" && (composed.length > 1 || (/[smtd]/.test(letter) && !/\p{L}/u.test(after)));
    if (isQuote) return [{ start, end: start + 2, shown: "'" }];
    return composed.length > 1 ? [] : [widen(text, { start, end, shown: composed })];
  }
  if (escaped) return [{ start, end, shown: escaped }];
  if (space) return [{ start, end, shown: /[!/-]/.test(space) ? "" : "\u00a0" }];
  if (split) {
    // `\b{eta}` was β: a converter took its name for an accent and a letter.
    const shown = symbols.get(split.replace(/[{}]/g, ""));
    return shown ? [widen(text, { start, end, shown })] : readWord(text, start, split.slice(0, 1));
  }
  if (word) return readWord(text, start, word);
  if (tie) return isTie(text, start) ? [{ start, end, shown: "\u00a0" }] : [];
  return dash && isDash(before, after) ? [{ start, end, shown: dash.length === 2 ? "–" : "—" }] : [];
}

const style = "(?:text(?:bf|it|tt|sc|rm|sf|sl|up|md|normal)?|emph|underline|uline|mbox)";
const styles = new RegExp(`^(?:${style}|url)$`);
/** A formula that is only styled text, `$\emph{a few words}$`. It is shown as text, so that lines can break in it. */
export const onlyText = new RegExp(`^\\\\${style}\\{[^{}\\\\$]*\\}$`);
const switches = /^(em|it|bf|tt|sc|rm|sf|sl)$/;

function readWord(text: string, start: number, word: string): Edit[] {
  const end = start + 1 + word.length;
  const before = text.slice(Math.max(0, start - 3), start);
  const letter = letters.get(word);
  if (letter) {
    const [rest = ""] = /^(?:\{\}| )?/.exec(text.slice(end)) ?? [];
    const edit = widen(text, { start, end: end + rest.length, shown: letter });
    // On its own it is usually a paper's macro, such as `\O` for a set.
    return [text[edit.start - 1], text[edit.end]].some((one) => /\p{L}/u.test(one ?? "")) ? [edit] : [];
  }
  if (word === "deg" || word === "circ") {
    const edit = widen(text, { start, end, shown: "°" });
    const degrees = text[edit.start - 1] === "^" ? { ...edit, start: edit.start - 1 } : edit;
    // Otherwise it means degrees, or a ring.
    return /\d/.test(text[degrees.start - 1] ?? "") ? [degrees] : [];
  }
  const shown = symbols.get(word);
  if (shown) return [widen(text, { start, end: text.startsWith("{}", end) ? end + 2 : end, shown })];
  if (switches.test(word) && before.endsWith("{")) {
    const close = findClose(text, start - 1);
    const blank = /\s/.test(text[end] ?? "") ? 1 : 0;
    return close === null ? [] : unwrap(start - 1, end + blank, close, close + 1);
  }
  if (text[end] !== "{") return [];
  const close = findClose(text, end);
  if (close === null) return [];
  if (styles.test(word)) return unwrap(start, end + 1, close, close + 1);
  if (word !== "href" || text[close + 1] !== "{") return [];
  const [from, to] = [close + 2, findClose(text, close + 1)];
  if (to === null) return [];
  const address = text.slice(end + 1, close);
  const showsAddress = /^(https?:|www\.)|\.\w+\//.test(text.slice(from, to));
  return unwrap(start, from, to, to + 1, showsAddress ? "" : ` (${address})`);
}

function unwrap(start: number, from: number, to: number, end: number, shown = ""): Edit[] {
  return [
    { start, end: from, shown: "" },
    { start: to, end, shown },
  ];
}

const maxCommandLength = 30;

/** Includes braces around it unless they belong to a command: `B{\'e}nard`, but not `\emph{\'e}`. */
function widen(text: string, edit: Edit): Edit {
  const { start, end } = edit;
  const before = text.slice(Math.max(0, start - 1 - maxCommandLength), Math.max(0, start - 1));
  const inBraces = text[start - 1] === "{" && text[end] === "}" && !/\\[A-Za-z]+$/.test(before);
  return inBraces ? { ...edit, start: start - 1, end: end + 1 } : edit;
}

// Longer than anything that is emphasized. Without this bound, each unclosed brace would be searched to the end of the
// text.
const maxGroupLength = 1000;

/** Where the brace that opens here closes, or null if it does not within the bound. */
function findClose(text: string, open: number): number | null {
  let depth = 0;
  for (let at = open; at < Math.min(text.length, open + maxGroupLength); at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return null;
}

/** Matches `Table~3`, but not `~10`, `5~10`, `r~0.5` or `x~N(0, 1)`. */
function isTie(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 2), at);
  const after = text.slice(at + 1, at + 3);
  if (!/[\p{L}\p{N}.,)\]}%'’\ufffc]$/u.test(before) || !/^[\p{L}\p{N}([\\`“\ufffc]/u.test(after))
    return false;
  if (/\d$/.test(before) && /^\d/.test(after)) return false;
  if (/^0?\./.test(after)) return false;
  return !/(^|[^\p{L}\p{N}])\p{L}$/u.test(before) || /^\p{Ll}/u.test(after);
}

/** Between two words, with spaces on both sides or neither. Not `--flag`, not `-->`. */
function isDash(before: string, after: string): boolean {
  if (/\s/.test(before)) return /\s/.test(after);
  return (
    /[\p{L}\p{N}\p{Pe}\p{Pf}%$.,'"\ufffc]/u.test(before) &&
    /[\p{L}\p{N}\p{Ps}\p{Pi}$\\'"`~\ufffc]/u.test(after)
  );
}

const double = /``(?=[^\s`])((?:(?!\n\s*\n)[^`]){1,300}?)(''|")/g;
const single = /(?<![\p{L}\p{N}`'\\])`(?=[^\s`])([^`]{1,100}?)(?<=[^\s`'\\])'(?![\p{L}'])/gu;

function findQuotes(text: string): Edit[] {
  const both = [
    { form: double, left: "“", right: "”" },
    { form: single, left: "‘", right: "’" },
  ];
  return both.flatMap(({ form, left, right }) =>
    [...text.matchAll(form)].flatMap(({ 0: whole, 1: inside = "", index }) => {
      const from = index + (left === "“" ? 2 : 1);
      const to = from + inside.length;
      return [
        { start: index, end: from, shown: left },
        { start: to, end: index + whole.length, shown: right },
      ];
    }),
  );
}
