import { setImmediate } from "node:timers/promises";
import type { Database } from "../db/client";

/**
 * Words of the library that are spelled almost like a typed one: one edit if the longer of both has 5 letters, two from 9. An
 * edit adds, removes or changes a letter, or swaps two neighbors.
 *
 * Two words are at most n edits apart only if removing at most n letters from each can give the same letters (the rule of
 * SymSpell). So each word is noted, by its number, under the hash of everything that is left of its first letters.
 */
type Spellings = {
  words: string[];
  papers: number[];
  /** The numbers of words, those of each hash together. */
  numbers: Uint32Array;
  /** Where the numbers of each hash begin. */
  begins: Uint32Array;
};

// The most frequent ones. Each is noted under at most 37 hashes of 4 bytes each; of many, those of a single paper under at most 9.
const maxWords = 500_000;
const many = 250_000;
const prefixLength = 8;
const hashBits = 20;

/** How many letters of a word may be wrong. */
export const editsFor = (length: number) => (length < 5 ? 0 : length < 9 ? 1 : 2);

const indexes = new WeakMap<Database, { built: Promise<Spellings>; at: number }>();
// New words of the day's papers may take so long to be suggested.
const maxAgeMs = 600_000;

/** The library's words, read anew if that was not done lately. Until that is done, those from before. */
export function prepareSpellings(db: Database): Promise<Spellings> {
  const known = indexes.get(db);
  if (known && Date.now() - known.at < maxAgeMs) return known.built;
  const built = build(db);
  indexes.set(db, { built: known?.built ?? built, at: Date.now() });
  built.then(
    () => indexes.set(db, { built, at: Date.now() }),
    () => indexes.delete(db), // the next search tries again
  );
  return known?.built ?? built;
}

/** How many words of a library are known, and how much memory they take, in bytes. */
export async function measureSpellings(db: Database): Promise<{ words: number; bytes: number }> {
  const { words, numbers, begins } = await prepareSpellings(db);
  const letters = words.reduce((sum, { length }) => sum + length + 24, 0);
  return { words: words.length, bytes: numbers.byteLength + begins.byteLength + letters };
}

/** Up to `limit` words that a typed one may have been meant to be: the nearest, and of those the most frequent, first. */
export async function findSpellings(
  db: Database,
  typed: string,
  limit: number,
): Promise<{ word: string; papers: number }[]> {
  const { words, papers, numbers, begins } = await prepareSpellings(db);
  const most = editsFor(typed.length + 1);
  if (most === 0) return [];
  const seen = new Set<number>();
  const found: { word: string; edits: number; papers: number }[] = [];
  for (const key of deletions(typed.slice(0, prefixLength), most)) {
    const hash = hashOf(key);
    for (let at = begins[hash] ?? 0; at < (begins[hash + 1] ?? 0); at++) {
      const number = numbers[at] ?? 0;
      if (seen.has(number)) continue;
      seen.add(number);
      const word = words[number] ?? "";
      const allowed = editsFor(Math.max(typed.length, word.length));
      const edits = countEdits(typed, word, allowed);
      if (edits > 0 && edits <= allowed) found.push({ word, edits, papers: papers[number] ?? 0 });
    }
  }
  found.sort((a, b) => a.edits - b.edits || b.papers - a.papers || (a.word < b.word ? -1 : 1));
  return found.slice(0, limit).map(({ word, papers }) => ({ word, papers }));
}

async function build(db: Database): Promise<Spellings> {
  const found = await readWords(db);
  // First how many words each hash has, and then the words.
  const begins = new Uint32Array(2 ** hashBits + 1);
  const eachKey = async (visit: (hash: number, number: number) => void) => {
    for (const [number, { word, papers }] of found.entries()) {
      // A typed word may be one letter longer than this one, and so may have an edit more.
      const edits = Math.min(editsFor(word.length + 1), papers === 1 && found.length > many ? 1 : 2);
      for (const key of deletions(word.slice(0, prefixLength), edits)) visit(hashOf(key), number);
      if (number % 500 === 0) await setImmediate();
    }
  };
  await eachKey((hash) => {
    begins[hash + 1] = (begins[hash + 1] ?? 0) + 1;
  });
  for (let hash = 0; hash < 2 ** hashBits; hash++)
    begins[hash + 1] = (begins[hash + 1] ?? 0) + (begins[hash] ?? 0);
  const numbers = new Uint32Array(begins.at(-1) ?? 0);
  const next = begins.slice();
  await eachKey((hash, number) => {
    const at = next[hash] ?? 0;
    numbers[at] = number;
    next[hash] = at + 1;
  });
  return { words: found.map(({ word }) => word), papers: found.map(({ papers }) => papers), numbers, begins };
}

const wordsAtOnce = 5000;

/** The words of a library that a reader may misspell: the most frequent ones, in alphabetical order. */
async function readWords(db: Database): Promise<{ word: string; papers: number }[]> {
  let found: { word: string; papers: number }[] = [];
  let minPapers = 1;
  for (let last = ""; ; ) {
    const some = await db.word.findMany({
      where: { word: { gt: last } },
      orderBy: { word: "asc" },
      take: wordsAtOnce,
    });
    const end = some.at(-1);
    if (!end) break;
    last = end.word;
    found.push(...some.filter(({ word, papers }) => papers >= minPapers && /^[a-z]{4,}$/.test(word)));
    while (found.length > maxWords) {
      minPapers++;
      found = found.filter(({ papers }) => papers >= minPapers);
    }
    await setImmediate(); // others have their turn
  }
  return found;
}

/** What is left of some letters without up to `most` of them, including the letters themselves. */
function deletions(letters: string, most: number): Set<string> {
  const all = new Set([letters]);
  let last = [letters];
  for (let edit = 0; edit < most; edit++) {
    last = last.flatMap((text) =>
      Array.from({ length: text.length }, (_, at) => text.slice(0, at) + text.slice(at + 1)),
    );
    for (const text of last) all.add(text);
  }
  return all;
}

/** FNV-1a, folded to a few bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return ((hash >>> (32 - hashBits)) ^ hash) & (2 ** hashBits - 1);
}

/** The edits between two words (optimal string alignment), or more than `most`. */
function countEdits(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let edits = Math.min(changed, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      row.push(edits);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
