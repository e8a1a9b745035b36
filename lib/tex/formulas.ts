export type Formula = { start: number; end: number; tex: string; display: boolean };

// Longer than any formula in a sentence. Text between dollar signs further apart is prose.
const maxInlineLength = 200;
const maxDisplayLength = 2000;

const delimiters = /\\begin\{(?:equation|align|alignat|gather|multline|eqnarray)\*?\}|\\[\s\S]|\$\$?/g;
// Matches up to the next `$` that is not an escaped `\$`. Bounded, so that the cost of a text stays linear.
const toDollar = /((?:[^$\\]|\\[\s\S]){1,200})\$/y;
const toDollars = /((?:[^$\\]|\\[\s\S]){1,2000})\$\$(?!\$)/y;

/**
 * The formulas of a text, in order, with their delimiters: `\(…\)`, `\[…\]`, `$$…$$`, an environment, or `$…$` if it
 * cannot be money or a name. `\$` is a dollar sign.
 */
export function findFormulas(text: string): Formula[] {
  if (!/\$|\\(?:[([]|begin)/.test(text)) return [];
  const certain = scan(text, isCertain);
  // A text with at least one certain formula is written in TeX, so its other dollar signs also enclose formulas unless
  // they could be money.
  return certain.length > 0 && text.includes("$")
    ? scan(text, (one) => isCertain(one) || isLikely(one))
    : certain;
}

type Candidate = { inside: string; before: string; after: string };

function scan(text: string, isFormula: (candidate: Candidate) => boolean): Formula[] {
  const found: Formula[] = [];
  delimiters.lastIndex = 0;
  for (let match = delimiters.exec(text); match; match = delimiters.exec(text)) {
    const start = match.index;
    const formula = readAt(text, start, match[0], isFormula);
    if (!formula) continue;
    found.push(formula);
    delimiters.lastIndex = formula.end;
  }
  return found;
}

function readAt(
  text: string,
  start: number,
  opening: string,
  isFormula: (candidate: Candidate) => boolean,
): Formula | null {
  const from = start + opening.length;
  if (opening === "$") {
    const tex = readTo(toDollar, text, from, maxInlineLength);
    if (tex === null) return null;
    const end = from + tex.length + 1;
    const candidate = { inside: tex, before: text[start - 1] ?? "", after: text[end] ?? "" };
    return isFormula(candidate) ? { start, end, tex, display: false } : null;
  }
  if (opening === "$$") {
    const tex = readTo(toDollars, text, from, maxDisplayLength);
    return tex !== null && hasMark(tex) ? { start, end: from + tex.length + 2, tex, display: true } : null;
  }
  const closing = closingOf(opening);
  if (closing === null) return null;
  const near = text.slice(from, from + maxDisplayLength + closing.length);
  const to = from + near.indexOf(closing);
  const inside = text.slice(from, to);
  if (to < from || !isWhole(inside)) return null;
  const end = to + closing.length;
  const isNamed = opening.startsWith("\\begin"); // KaTeX needs the environment's name too
  return { start, end, tex: isNamed ? text.slice(start, end) : inside, display: opening !== "\\(" };
}

function closingOf(opening: string): string | null {
  if (opening === "\\(") return "\\)";
  if (opening === "\\[") return "\\]";
  return opening.startsWith("\\begin") ? opening.replace("begin", "end") : null;
}

const isWhole = (tex: string) => tex.trim() !== "" && !/\n\s*\n/.test(tex);

function readTo(closing: RegExp, text: string, from: number, maxLength: number): string | null {
  closing.lastIndex = from;
  const tex = closing.exec(text)?.[1] ?? "";
  return tex.length <= maxLength && isWhole(tex) ? tex : null;
}

const hasMark = (tex: string) => /[\\^_{}=<>]/.test(tex) || /^\s*\p{L}\s*$/u.test(tex);
const isSpaced = (tex: string) => tex !== tex.trim();
// A formula that lost its backslashes, such as `$textbf{one} and textbf{other}$`, cannot be typeset.
const isProse = (tex: string) => /\p{L}{2} +\p{L}{2}/u.test(tex.replace(/\\[a-z]+|\{[^{}]*\}/gi, " \\ "));
const lostBackslashes = (tex: string) => !tex.includes("\\") && /[a-z]{4,}\{/i.test(tex);

function isCertain({ inside, after }: Candidate): boolean {
  if (!hasMark(inside) || lostBackslashes(inside)) return false;
  const hasCommand = /\\[a-z]/i.test(inside);
  // `2.7$\pm$0.2`: prices contain no commands, and always a digit.
  if (/\d/.test(after) && /\d/.test(inside) && !hasCommand) return false;
  // Some people write `$ x^2 $`. Between two prices there would be words.
  if (isSpaced(inside)) return (hasCommand || /[\^_]|^\s*\p{L}\s*$/u.test(inside)) && !isProse(inside);
  return hasCommand || !isProse(inside);
}

/** `$O(n)$`, `$n-1$`, `$(X, S)$`, `$2$`: without spaces, or with only a few letters in a row. */
function isLikely({ inside, before, after }: Candidate): boolean {
  if (isSpaced(inside) || /[\p{L}\p{N}]/u.test(before) || /\d/.test(after)) return false;
  if (!/[\p{L}\p{N})\]'|.,]$/u.test(inside)) return false;
  return !/\s/.test(inside) || (/^(?:\D|[\d.]+ ?[*+/-])/.test(inside) && !/\p{L}{3}/u.test(inside));
}
