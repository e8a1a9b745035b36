import { excerptOf } from "../reasons";
import { type BibFields, readBibFields } from "./bibtex-fields";

/** Fields have lower-case names and the TeX of the file, with abbreviations put in. `line` counts from 1. */
export type BibEntry = { type: string; key: string; line: number; fields: BibFields };
export type BrokenBibEntry = { reason: string; excerpt: string };

const lineStart = /^[ \t]*@[ \t]*([a-z]+)\s*([{(])/gim;
// Only after an entry. Elsewhere an @ within a line is text, such as a mail address.
const sameLine = /[\s,]*@[ \t]*([a-z]+)\s*([{(])/iy;
const withoutFields = ["comment", "preamble"];

/**
 * The entries of a BibTeX file in its order, and the broken ones with the line where they break. Abbreviations
 * (`@string`) are put in, comments are left out. A line that begins an entry ends the one before, so a lost brace costs
 * one entry. Takes time proportional to the length of the text.
 */
// Citation.js was tried: one broken entry costs it the file, deep braces its stack, a formula in a title its shape, and
// `and others` becomes an author.
export function* readBibEntries(text: string): Generator<BibEntry | BrokenBibEntry> {
  const strings = new Map<string, string>();
  const room = { left: text.length + 1_000_000 };
  const lineAt = countLines(text);
  const findLineStart = findForward(text, lineStart);
  let at = 0;
  for (;;) {
    sameLine.lastIndex = at;
    const start = sameLine.exec(text) ?? findLineStart(at);
    if (start === null) return;
    const [head, type = "", open] = start;
    const begin = start.index + head.length;
    const line = lineAt(begin);
    const end = findLineStart(begin)?.index ?? text.length;
    const closing = open === "(" ? ")" : "}";
    const kind = type.toLowerCase();
    if (withoutFields.includes(kind)) {
      const close = findClose(text, begin, end);
      at = close < 0 ? end : close + 1;
      continue;
    }
    const read = (escapes: boolean) =>
      readBibFields({ text, begin, end, closing, hasKey: kind !== "string", strings, room, escapes });
    // BibTeX counts every brace. Some programs leave out those behind a backslash.
    const strict = read(false);
    const result = "expected" in strict ? read(true) : strict;
    if ("expected" in result && "expected" in strict) {
      const where = `on line ${lineAt(strict.at)}`;
      yield {
        reason: `expected ${strict.expected}, got ${foundAt(text, strict.at, end)} ${where}`,
        excerpt: excerptOf(text.slice(start.index, Math.min(end, start.index + 300))),
      };
      at = end;
    } else if (!("expected" in result)) {
      at = result.at;
      if (kind === "string") for (const [name, value] of result.fields) strings.set(name, value);
      else yield { type: kind, key: result.key, line, fields: result.fields };
    }
  }
}

const beginning =
  /^(?:(?!\s*[<[{])[^\n]*\n){0,10}?[ \t\ufeff]*@[ \t]*[a-z]+\s*(?:\{\s*[^\s{}]|\(\s*[^\s,()]+\s*[,=])/i;

/** Whether a text begins like a BibTeX file: an entry on a line of its own, after at most ten other lines. */
export function isBibtex(text: string): boolean {
  return beginning.test(text.slice(0, 4000).replace(/\r\n?/g, "\n"));
}

function foundAt(text: string, at: number, end: number): string {
  if (at < end) return `"${excerptOf(text.slice(at, Math.min(end, at + 80)), 20)}"`;
  return end < text.length ? "the next entry" : "the end of the file";
}

/** Finds the first match at or after a place, for places that never go back. */
function findForward(text: string, pattern: RegExp): (from: number) => RegExpExecArray | null {
  let found: RegExpExecArray | null | undefined;
  return (from) => {
    if (found === undefined || (found && found.index < from)) {
      pattern.lastIndex = from;
      found = pattern.exec(text);
    }
    return found;
  };
}

/** The line of a place, counted from 1, for places that never go back. */
function countLines(text: string): (at: number) => number {
  let line = 1;
  let lineEnd = text.indexOf("\n");
  return (at) => {
    for (; lineEnd >= 0 && lineEnd < at; lineEnd = text.indexOf("\n", lineEnd + 1)) line++;
    return line;
  };
}

function findClose(text: string, from: number, end: number): number {
  let depth = 1;
  for (let at = from; at < end; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return -1;
}
