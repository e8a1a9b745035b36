import { stem } from "porter2";
import { type Folded, fold } from "./fold-point";

/** Increase when the same text would give other terms. The next start then rebuilds the index. */
export const termsVersion = 5;

/** A term and its position in the raw text, in UTF-16 units. `word` is the term before stemming. */
export type Token = {
  term: string;
  word: string;
  start: number;
  end: number;
  /** Whether a word's letters appear in the text exactly as they were looked up. */
  spelling: Spelling | null;
};

/**
 * Roughly what is between two spaces: its words in order, and extra terms it can be found by. These are a compound's
 * joined form (`knn` for `k-NN`), the name before a number (`qwen` for `Qwen2.5`), and a word behind an apostrophe
 * (`alembert` for `d'Alembert`).
 */
export type Unit = { parts: Token[]; joined: Token | null; aliases: readonly Token[] };

// Anything longer is not a word. The limit keeps a line of garbage from becoming a term of megabytes.
const maxWordLength = 64;
const maxParts = 4;

const plainLetter = /[A-Za-z]/;
const joiner = /[-_.\u2010\u2011]/;
const apostrophe = /['\u2018\u2019\u02bb\u02bc]/;

/**
 * How search treats a run of letters. The same letters give the same object while it is cached, so that other code
 * can attach its own data to it.
 */
export type Spelling = {
  term: string;
  word: string;
  /** Extra words it can be found by. */
  aliases: readonly { term: string; word: string }[];
};
const spellings = new Map<string, Spelling>();

/** How search treats a word of ASCII letters with capitals or apostrophes. */
function spell(raw: string): Spelling {
  let known = spellings.get(raw);
  if (!known) {
    if (spellings.size > 60_000) spellings.clear();
    const lower = raw.toLowerCase();
    known = {
      term: computeStem(lower),
      word: lower.replaceAll("'", ""),
      aliases: aliasesOf(raw).map((alias) => ({ term: computeStem(alias), word: alias })),
    };
    spellings.set(raw, known);
  }
  return known;
}

// Porter2 keeps the s of words without a vowel before it (`llms`, `gnns`, `gpus`), so it is removed first.
function computeStem(word: string): string {
  if (!/^[a-z']+$/.test(word)) return word.replaceAll("'", "");
  const singular = /^([^aeiouy']{2,}u?)s$/.exec(word)?.[1];
  return stem(singular && !singular.endsWith("s") ? singular : word).replaceAll("'", "");
}

const none: readonly string[] = [];
const contracted = /'(s|t|d|m|re|ve|ll)$/;
// `YOLO` in YOLOv8, where the lower-case v marks the end of the name.
const versioned = /^([A-Za-z]+(?:(?<=[A-Z])(?=v\d)|(?<=[a-z])(?=V\d)))/;
const numbered = /^([A-Za-z]{2,})\d/;

/** The words inside a word: the name before its number, and the parts between apostrophes. */
function aliasesOf(raw: string): readonly string[] {
  const name = (versioned.exec(raw) ?? numbered.exec(raw))?.[1];
  if (name) return [name.toLowerCase()];
  if (!raw.includes("'")) return none;
  const pieces = raw.toLowerCase().replace(contracted, "").split("'");
  return pieces.length > 1 ? pieces.filter((piece) => piece.length > 2) : none;
}

/** The units of a text, in order. Index, query and highlights all use this function, so it alone decides what matches. */
export function scan(text: string): readonly Unit[] {
  if (text.length < longText) return computeUnits(text);
  if (last.text !== text) last = { text, units: computeUnits(text) };
  return last.units;
}

/**
 * The units of a text that may be among these terms. Most words are left out by their first letter alone, which stemming never
 * changes, so units that follow each other here need not do so in the text.
 */
export function scanFor(text: string, terms: string[]): readonly Unit[] {
  const firsts = new Set(terms.map((term) => term.charCodeAt(0)));
  return computeUnits(text, (code) => firsts.has(code >= 65 && code <= 90 ? code + 32 : code));
}

// An abstract is scanned for its tags, and right afterwards for its terms.
const longText = 200;
let last: { text: string; units: readonly Unit[] } = { text: "", units: [] };

function computeUnits(text: string, isWanted: (firstLetter: number) => boolean = () => true): Unit[] {
  const units: Unit[] = [];
  let parts: Token[] = [];
  let aliases: Token[] = [];
  let word = ""; // ASCII letters keep their case
  let start = 0;
  let end = 0;
  let ideographs = false; // a run of these is one unit, and each is a term

  const endPart = () => {
    const clean = word.replace(/'+$/, "").slice(0, maxWordLength);
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
      if (ends > at && isWanted(text.charCodeAt(at))) {
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
      if (word.length <= maxWordLength) word += plainLetter.test(point) ? point : letters;
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
  if (!first || !last || parts.length < 2 || parts.length > maxParts) return null;
  const word = parts
    .map((part) => part.word)
    .join("")
    .slice(0, maxWordLength);
  return toToken(word, first.start, last.end);
}

function toToken(raw: string, start: number, end: number): Token {
  const { term, word } = spell(raw);
  return { term, word, start, end, spelling: null };
}

// Nine of ten words are plain, and looking up their code points one by one is most of the cost of reading a paper.
const [other, plain, space] = [0, 1, 2];
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code);
  if (/[A-Za-z0-9]/.test(letter)) return plain;
  return /['\-_.+#]/.test(letter) ? other : space;
});

/**
 * Classifies a character: an ASCII letter or digit, one that always ends a word (like the end of the text), or one that
 * may not.
 */
function kindAt(text: string, at: number): number {
  return at < text.length ? (kinds[text.charCodeAt(at)] ?? other) : space;
}

/**
 * Where the word that starts here ends, if it is plain. The start itself if no word starts here, -1 if it needs a
 * closer look.
 */
function endOfPlainWord(text: string, at: number): number {
  let end = at;
  while (kindAt(text, end) === plain) end++;
  if (end - at > maxWordLength) return -1;
  if (kindAt(text, end) === space) return end;
  // A full stop or similar belongs to the word inside it, but not at its end.
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

/** A unit's extra terms, which are not part of its sequence. */
export function extrasOf({ joined, aliases }: Unit): readonly Token[] {
  return joined ? [joined, ...aliases] : aliases;
}
