import { stem } from "porter2";
import { type Folded, fold } from "./fold-point";

/** Moves when the same text would give other terms; the index is then rebuilt at the next start. */
export const termsVersion = 2;

/** A term and its place in the raw text, as offsets of UTF-16 units; `word` is the term before stemming. */
export type Token = {
  term: string;
  word: string;
  start: number;
  end: number;
  /** Of a word whose letters stand in the text as they were looked up. */
  spelling: Spelling | null;
};

/**
 * What stands between two blanks, roughly: its words in order, and other terms by which it is found as well: the joined
 * whole of a compound (`knn` of `k-NN`), the name before a number (`qwen` of `Qwen2.5`), a word behind an apostrophe
 * (`alembert` of `d'Alembert`).
 */
export type Unit = { parts: Token[]; joined: Token | null; aliases: readonly Token[] };

// Longer is no word; the bound keeps one line of rubbish from becoming one term of megabytes.
const longestWord = 64;
const mostParts = 4;

const plainLetter = /[A-Za-z]/;
const joiner = /[-_.\u2010\u2011]/;
const apostrophe = /['\u2018\u2019\u02bb\u02bc]/;

/**
 * What letters are to the search, and to whoever keeps what it makes of them (`topics.ts`) in the same place: to look every
 * word of a text up once more is a third of what reading it costs.
 */
export type Spelling = {
  term: string;
  word: string;
  /** The words within it by which it is found as well. */
  aliases: readonly { term: string; word: string }[];
  name: { key: string; isAcronym: boolean; joins: boolean } | null;
};
const spellings = new Map<string, Spelling>();

/** What a word with capitals and apostrophes, but in letters of ASCII, is to the search. */
function spell(raw: string): Spelling {
  let known = spellings.get(raw);
  if (!known) {
    if (spellings.size > 60_000) spellings.clear();
    const lower = raw.toLowerCase();
    known = {
      term: stemAnew(lower),
      word: lower.replaceAll("'", ""),
      aliases: aliasesOf(raw).map((alias) => ({ term: stemAnew(alias), word: alias })),
      name: null,
    };
    spellings.set(raw, known);
  }
  return known;
}

// Porter2 keeps the s of words without a vowel before it (`llms`, `gnns`, `gpus`); it is dropped first.
function stemAnew(word: string): string {
  if (!/^[a-z']+$/.test(word)) return word.replaceAll("'", "");
  const singular = /^([^aeiouy']{2,}u?)s$/.exec(word)?.[1];
  return stem(singular && !singular.endsWith("s") ? singular : word).replaceAll("'", "");
}

const none: readonly string[] = [];
const contracted = /'(s|t|d|m|re|ve|ll)$/;
// `YOLO` of YOLOv8, where the case of the v sets it off from the name.
const versioned = /^([A-Za-z]+(?:(?<=[A-Z])(?=v\d)|(?<=[a-z])(?=V\d)))/;
const numbered = /^([A-Za-z]{2,})\d/;

/** The words within a word: the name of a family before its number, what stands between apostrophes. */
function aliasesOf(raw: string): readonly string[] {
  const name = (versioned.exec(raw) ?? numbered.exec(raw))?.[1];
  if (name) return [name.toLowerCase()];
  if (!raw.includes("'")) return none;
  const pieces = raw.toLowerCase().replace(contracted, "").split("'");
  return pieces.length > 1 ? pieces.filter((piece) => piece.length > 2) : none;
}

/**
 * The units of a text, in order. The same function makes the index, the question and the highlights, so what matches is
 * decided here and nowhere else.
 */
export function scan(text: string): readonly Unit[] {
  if (text.length < longText) return scanAnew(text);
  if (last.text !== text) last = { text, units: scanAnew(text) };
  return last.units;
}

// An abstract is read for its tags and at once again for its terms.
const longText = 200;
let last: { text: string; units: readonly Unit[] } = { text: "", units: [] };

function scanAnew(text: string): Unit[] {
  const units: Unit[] = [];
  let parts: Token[] = [];
  let aliases: Token[] = [];
  let word = ""; // letters of ASCII in their own case
  let start = 0;
  let end = 0;
  let ideographs = false; // a run of them is one unit, each of them a term

  const endPart = () => {
    const clean = word.replace(/'+$/, "").slice(0, longestWord);
    if (clean) {
      const part = toToken(clean, start, end);
      parts.push(part);
      for (const alias of aliasTokens(spell(clean), part)) aliases.push(alias);
    }
    word = "";
  };
  const endUnit = () => {
    endPart();
    if (parts.length > 0) units.push({ parts, joined: ideographs ? null : join(parts), aliases });
    parts = [];
    aliases = [];
    ideographs = false;
  };

  for (let at = 0; at < text.length; ) {
    if (word === "" && parts.length === 0) {
      const ends = endOfPlainWord(text, at);
      if (ends > at) {
        const spelling = spell(text.slice(at, ends));
        const { term, word } = spelling;
        const part = { term, word, start: at, end: ends, spelling };
        units.push({ parts: [part], joined: null, aliases: aliasTokens(spelling, part) });
      }
      at = Math.max(at, ends);
      if (kindAt(text, at) === space) at++;
      if (ends >= 0) continue;
    }
    const point = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const next = at + point.length;
    const { kind, text: letters } = fold(point);
    if (kind === "word") {
      if (ideographs) endUnit();
      if (!word) start = at;
      if (word.length <= longestWord) word += plainLetter.test(point) ? point : letters;
      end = next;
    } else if (kind === "ideograph") {
      if (!ideographs) endUnit();
      ideographs = true;
      parts.push({ term: letters, word: letters, start: at, end: next, spelling: null });
    } else if (kind === "nothing") {
      const last = parts.at(-1);
      if (word) end = next;
      else if (ideographs && last) last.end = next;
    } else if (word && isWordAt(text, next) && apostrophe.test(letters)) {
      word += "'";
    } else if (word && letters === "." && isDigit(word.at(-1)) && isDigitAt(text, next)) {
      word += "p"; // 2.5D is 2p5d, not 2 and 5d
    } else if (word && joiner.test(letters) && isWordAt(text, next)) {
      endPart();
    } else if (word.length === 1 && letters === "+" && foldAt(text, next).text === "+") {
      word += "plusplus";
      end = at + 2;
      at += 2;
      continue;
    } else if (word.length === 1 && letters === "#" && !isWordAt(text, next)) {
      word += "sharp";
      end = next;
    } else {
      endUnit();
    }
    at = next;
  }
  endUnit();
  return units;
}

const noTokens: readonly Token[] = [];

function aliasTokens({ aliases }: Spelling, { start, end }: Token): readonly Token[] {
  return aliases.length === 0 ? noTokens : aliases.map((alias) => ({ ...alias, start, end, spelling: null }));
}

function join(parts: Token[]): Token | null {
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last || parts.length < 2 || parts.length > mostParts) return null;
  const word = parts
    .map((part) => part.word)
    .join("")
    .slice(0, longestWord);
  return toToken(word, first.start, last.end);
}

function toToken(raw: string, start: number, end: number): Token {
  const { term, word } = spell(raw);
  return { term, word, start, end, spelling: null };
}

// Nine words of ten are plain ones, and looking at their points one by one is most of what reading a paper costs.
const [other, plain, space] = [0, 1, 2];
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code);
  if (/[A-Za-z0-9]/.test(letter)) return plain;
  return /['\-_.+#]/.test(letter) ? other : space;
});

/** What stands there: a letter or digit of ASCII, what always ends a word (as the text's end does), or what may not. */
function kindAt(text: string, at: number): number {
  return at < text.length ? (kinds[text.charCodeAt(at)] ?? other) : space;
}

/** Where the word that begins here ends if it is all plain: here if none begins, -1 if it takes a closer look. */
function endOfPlainWord(text: string, at: number): number {
  let end = at;
  while (kindAt(text, end) === plain) end++;
  if (end - at > longestWord) return -1;
  if (kindAt(text, end) === space) return end;
  // A full stop or the like within a word belongs to it, at its end it does not.
  const ends = end > at && /['\-_.]/.test(text.charAt(end)) && kindAt(text, end + 1) === space;
  return ends ? end : -1;
}

function foldAt(text: string, at: number): Folded {
  return fold(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

function isWordAt(text: string, at: number): boolean {
  return foldAt(text, at).kind === "word";
}

function isDigitAt(text: string, at: number): boolean {
  return /^\d/.test(foldAt(text, at).text);
}

function isDigit(letter: string | undefined): boolean {
  return letter !== undefined && letter >= "0" && letter <= "9";
}

/** The terms of a text in order, and apart from them those by which a word or a compound is found as well. */
export function tokens(text: string): { terms: Token[]; extras: Token[] } {
  const units = scan(text);
  return { terms: units.flatMap((unit) => unit.parts), extras: units.flatMap(extrasOf) };
}

/** The terms of a unit that do not stand in its order. */
export function extrasOf({ joined, aliases }: Unit): readonly Token[] {
  return joined ? [joined, ...aliases] : aliases;
}
