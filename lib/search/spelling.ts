import { setImmediate } from "node:timers/promises";
import type { Database } from "../db/client";

/**
 * Words of the library that are spelled almost like a typed one: one edit from 5 letters on, two from 9. An edit adds, removes
 * or changes a letter, or swaps two neighbors.
 *
 * Two words are at most n edits apart only if removing at most n letters from each can give the same letters (the rule of
 * SymSpell). So the index has, for each word, the hashes of what is left of its first letters, sorted, with the word's number.
 */
type Spellings = {
  words: string[];
  papers: number[];
  /** Sorted: a hash of 32 bits times 2^20, plus the number of a word. One array for each value of the top bits. */
  buckets: Float64Array[];
};

// The most frequent ones. With at most 37 entries of 8 bytes each, all words take 30 MB, and usually a quarter of that.
const maxWords = 100_000;
const minPapers = 2;
const prefixLength = 8;
const wordSpace = 2 ** 20;
const bucketBits = 6;

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

/** How much memory the words of a library take, in bytes, and how many there are. */
export async function measureSpellings(
  db: Database,
): Promise<{ words: number; keys: number; bytes: number }> {
  const { words, buckets } = await prepareSpellings(db);
  const keys = buckets.reduce((sum, { length }) => sum + length, 0);
  return {
    words: words.length,
    keys,
    bytes: keys * 8 + words.reduce((sum, { length }) => sum + length + 16, 0),
  };
}

/** Up to `limit` words that a typed one may have been meant to be: the nearest, and of those the most frequent, first. */
export async function findSpellings(db: Database, typed: string, limit: number): Promise<string[]> {
  const { words, papers, buckets } = await prepareSpellings(db);
  const most = editsFor(typed.length);
  if (most === 0) return [];
  const seen = new Set<number>();
  const found: { word: string; edits: number; papers: number }[] = [];
  for (const key of deletions(typed.slice(0, prefixLength), most)) {
    const hash = hashOf(key);
    const bucket = buckets[hash >>> (32 - bucketBits)] ?? new Float64Array();
    const from = hash * wordSpace;
    for (let at = lowerBound(bucket, from); at < bucket.length; at++) {
      const entry = bucket[at] ?? 0;
      if (entry >= from + wordSpace) break;
      const number = entry - from;
      if (seen.has(number)) continue;
      seen.add(number);
      const word = words[number] ?? "";
      const edits = countEdits(typed, word, most);
      if (edits > 0 && edits <= most) found.push({ word, edits, papers: papers[number] ?? 0 });
    }
  }
  found.sort((a, b) => a.edits - b.edits || b.papers - a.papers || (a.word < b.word ? -1 : 1));
  return found.slice(0, limit).map(({ word }) => word);
}

async function build(db: Database): Promise<Spellings> {
  const found = await db.word.findMany({
    where: { papers: { gte: minPapers } },
    orderBy: [{ papers: "desc" }, { word: "asc" }],
    take: maxWords,
  });
  const listed = found.filter(({ word }) => /^[a-z]{4,}$/.test(word));
  const entries: number[][] = Array.from({ length: 2 ** bucketBits }, () => []);
  for (const [number, { word }] of listed.entries()) {
    // A typed word may be one letter longer than this one, and so may have an edit more.
    for (const key of deletions(word.slice(0, prefixLength), editsFor(word.length + 1))) {
      const hash = hashOf(key);
      entries[hash >>> (32 - bucketBits)]?.push(hash * wordSpace + number);
    }
    if (number % 1000 === 0) await setImmediate(); // others have their turn
  }
  const buckets: Float64Array[] = [];
  for (const some of entries) {
    buckets.push(Float64Array.from(some).sort());
    some.length = 0;
    await setImmediate();
  }
  return { words: listed.map(({ word }) => word), papers: listed.map(({ papers }) => papers), buckets };
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

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

function lowerBound(sorted: Float64Array, value: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] ?? 0) < value) from = middle + 1;
    else to = middle;
  }
  return from;
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
