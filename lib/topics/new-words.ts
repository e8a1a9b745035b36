import { setImmediate as nextTurn } from "node:timers/promises";
import { type Day, fromEpochDay } from "../days";
import type { Database } from "../db/client";
import { firstKey, perDay } from "../order-key";
import { search } from "../search/engine";
import { parseQuery } from "../search/language";
import { scan } from "../search/tokens";
import type { Tree } from "../search/tree";
import { findCommon } from "../search/words";
import { countWithin, type DayCounts, type Found, type Span, toSpan } from "./day-counts";

export type NewWord = {
  /** The most frequent spelling among this week's papers. */
  word: string;
  week: Found;
  /** Papers since the word counts as new, including this week. */
  since: Found;
  /** Papers before that. */
  before: Found;
  /** Papers with it in each week since it counts as new, up to this week. */
  series: number[];
};

export type NewWords = {
  week: Span;
  /** The period in which a word counts as new; it ends with `week`. Null if there are too few papers before it. */
  since: Span | null;
  /** The number of papers before that period. If there are too few, before the shortest possible one. */
  known: number;
  /** The least number of this week's papers with each word, and the largest number of earlier ones. */
  minPapers: number;
  maxKnown: number;
  /** Sorted by the number of this week's papers. */
  words: NewWord[];
};

/** The rule for showing a word, so that the page can state it. */
export const wordRule = {
  /** Possible lengths of the period, in weeks. The longest with enough papers before it is used. */
  weeks: [26, 13, 4],
  minKnown: 1000,
  /** At most one in this many earlier papers may have the word, and never more than `maxKnown`. */
  oneIn: 5000,
  maxKnown: 10,
  /**
   * The least number of papers since the word counts as new. Words with fewer are mostly names chosen by one group of
   * authors.
   */
  minSince: 4,
  maxShown: 12,
};

// In a larger week, only the newest papers: a word that several use is among them.
const maxTexts = 3000;
// The batch size of a query: at most a hundredth of a second with ten thousand papers.
const textsAtOnce = 100;
const wordsAtOnce = 2000;
const termsAtOnce = 150;
const examinedAtOnce = 6;
// Only the most frequent of the remaining candidates are examined closely.
const maxExamined = 50;
// A word in more papers than this cannot be new in the period: one in sixty papers of the period, within bounds.
const commonAmong = (since: number) => Math.min(Math.max(since / 60, 50), 250);

/** The words of the last seven days that were rare in the library before. */
export async function findNewWords(db: Database, counts: DayCounts, today: number): Promise<NewWords> {
  const week = toSpan(counts, today - 6, today);
  const beginnings = wordRule.weeks.map((weeks) => today - weeks * 7 + 1);
  const knownBefore = (day: number) => countWithin(counts, 0, day - 1);
  const from = beginnings.find((day) => knownBefore(day) >= wordRule.minKnown);
  const known = knownBefore(from ?? today - Math.min(...wordRule.weeks) * 7 + 1);
  const maxKnown = Math.min(Math.floor(known / wordRule.oneIn), wordRule.maxKnown);
  // With few earlier papers, many words would appear twice by chance.
  const minPapers = maxKnown > 0 ? 2 : 3;
  const answer = { week, since: null, known, minPapers, maxKnown, words: [] };
  if (from === undefined) return answer;
  const since = toSpan(counts, from, today);
  const texts = await readWeek(db, today);
  const shared = await findShared(texts, minPapers);
  const rare = await leaveOutCommon(db, shared, maxKnown + commonAmong(since.papers));
  const unknown = await leaveOutKnown(db, toSearches(rare), maxKnown, fromEpochDay(from - 1));
  const words: NewWord[] = [];
  for (let at = 0; at < Math.min(unknown.length, maxExamined); at += examinedAtOnce) {
    await nextTurn();
    words.push(...(await examineEach(db, unknown.slice(at, at + examinedAtOnce), { from, today })));
  }
  return {
    ...answer,
    since,
    words: words
      .filter(
        ({ week, since, before }) =>
          week.papers >= minPapers && since.papers >= wordRule.minSince && before.papers <= maxKnown,
      )
      .sort(
        (a, b) =>
          b.week.papers - a.week.papers ||
          a.before.papers - b.before.papers ||
          b.since.papers - a.since.papers ||
          (a.word < b.word ? -1 : 1),
      )
      .slice(0, wordRule.maxShown)
      .map((found) => withCommonSpelling(found, texts)),
  };
}

// Addresses and TeX commands are not the authors' words.
const addressOrCommand = /https?:\S+|\\[a-z]+/gi;
const host = /\.(com|org|io|ai|net|dev)$/;
// Letters and digits, joined as in compounds. lib/search/tokens.ts then gives the search term. (Ranges of code units,
// because Unicode classes take five times as long.)
const wordForm =
  /[A-Za-z0-9\u00c0-\u1fff\u2c00-\uffff]+(?:[-_.'’\u2010\u2011][A-Za-z0-9\u00c0-\u1fff\u2c00-\uffff]+)*/g;

/** Titles and abstracts of the week, newest first. */
async function readWeek(db: Database, today: number): Promise<string[]> {
  const texts: string[] = [];
  for (let below = firstKey(today + 1); texts.length < maxTexts; ) {
    await nextTurn();
    const papers = await db.$queryRaw<{ orderKey: bigint; title: string; abstract: string | null }[]>`
      SELECT "orderKey", title, abstract FROM "Paper"
      WHERE "orderKey" >= ${firstKey(today - 6)} AND "orderKey" < ${below}
      ORDER BY "orderKey" DESC LIMIT ${textsAtOnce}`;
    for (const { title, abstract } of papers)
      texts.push(`${title}\n${abstract ?? ""}`.replace(addressOrCommand, " "));
    const lowest = papers.at(-1)?.orderKey;
    if (papers.length < textsAtOnce || lowest === undefined) break;
    below = BigInt(lowest);
  }
  return texts;
}

/** Lowercase words in at least this many texts, most frequent first. A plural counts as its singular. */
async function findShared(texts: string[], minTexts: number): Promise<string[]> {
  // Grouped by the word without a final s, which need not be a word itself.
  const shared = new Map<string, { papers: number; word: string }>();
  for (const [index, text] of texts.entries()) {
    if (index % textsAtOnce === 0) await nextTurn();
    const words = new Set(text.toLowerCase().match(wordForm));
    for (const word of words) {
      const key = word.endsWith("s") ? word.slice(0, -1) : word;
      const known = shared.get(key);
      if (!known) shared.set(key, { papers: 1, word });
      else if (key === word || !words.has(key)) {
        known.papers++;
        if (key === word) known.word = word;
      }
    }
  }
  return [...shared.values()]
    .filter(({ word, papers }) => papers >= minTexts && /^[a-z].*[a-z]/.test(word) && !host.test(word))
    .sort((a, b) => b.papers - a.papers)
    .map(({ word }) => word);
}

/** A word, its search, and its single term; for a compound, the joined one. */
type WordSearch = { word: string; query: Tree; term: string };

/** A search for each word. If words have the same search term, only the first is kept. */
function toSearches(words: string[]): WordSearch[] {
  const byTerm = new Map<string, WordSearch>();
  for (const word of words) {
    const [unit, ...more] = scan(word);
    const term = (unit?.joined ?? unit?.parts[0])?.term;
    if (term === undefined || more.length > 0 || byTerm.has(term)) continue;
    byTerm.set(term, { word, query: parseQuery(word), term });
  }
  return [...byTerm.values()];
}

/** Removes words with too many papers in the whole library, according to the vocabulary. */
async function leaveOutCommon(db: Database, words: string[], maxPapers: number): Promise<string[]> {
  const rare: string[] = [];
  for (let at = 0; at < words.length; at += wordsAtOnce) {
    const some = words.slice(at, at + wordsAtOnce);
    await nextTurn();
    const common = await findCommon(db, some, maxPapers);
    rare.push(...some.filter((word) => !common.has(word)));
  }
  return rare;
}

/**
 * Removes words with too many earlier papers. Compounds are looked up by their joined term, because matching the parts
 * in a row costs as much as the most frequent part.
 */
async function leaveOutKnown(
  db: Database,
  searches: WordSearch[],
  maxKnown: number,
  to: Day,
): Promise<WordSearch[]> {
  const unknown: WordSearch[] = [];
  for (let at = 0; at < searches.length; at += termsAtOnce) {
    const some = searches.slice(at, at + termsAtOnce);
    const before = some.map(({ term }): Tree => ({ and: [{ word: term }, { range: { from: null, to } }] }));
    await nextTurn();
    const counts = await search.count(db, before, maxKnown + 1);
    unknown.push(...some.filter((_, index) => (counts[index] ?? 0) <= maxKnown));
  }
  return unknown;
}

// A new word is in few papers.
const everyMatch = 1_000_000;

/** The papers that a search for each of these words finds, by period. */
async function examineEach(
  db: Database,
  searches: WordSearch[],
  { from, today }: { from: number; today: number },
): Promise<NewWord[]> {
  const daysOf: number[][] = [];
  for (const { query } of searches) {
    const keys = await search.page(db, query, { order: "newest", total: 0, offset: 0, limit: everyMatch });
    const days = keys.map((key) => Math.floor(key / Number(perDay)));
    // Papers without a feed day have keys of day 0.
    daysOf.push(days.filter((day) => day > 0 && day <= today));
  }
  const [weekFrom, begins, to] = [today - 6, from, today].map(fromEpochDay);
  return searches.map(({ word }, index) => {
    const days = daysOf[index] ?? [];
    const within = (first: number) => days.filter((day) => day >= first).length;
    const series = Array.from({ length: (today - from + 1) / 7 }, () => 0);
    for (const day of days) {
      const at = Math.floor((day - from) / 7);
      if (at >= 0) series[at] = (series[at] ?? 0) + 1;
    }
    return {
      word,
      week: { papers: within(today - 6), find: { q: word, from: weekFrom ?? null, to: to ?? null } },
      since: { papers: within(from), find: { q: word, from: begins ?? null, to: to ?? null } },
      before: { papers: days.length - within(from), find: { q: word, to: fromEpochDay(from - 1) } },
      series,
    };
  });
}

/** The most frequent spelling among the texts, if search treats it as the same word. */
function withCommonSpelling(found: NewWord, texts: string[]): NewWord {
  const meant = JSON.stringify(parseQuery(found.word));
  const written = new RegExp(`\\b${found.word.replace(/s$/, "").replaceAll(".", "\\.")}s?\\b`, "gi");
  const times = new Map<string, number>();
  for (const text of texts) {
    for (const [word] of text.matchAll(written)) times.set(word, (times.get(word) ?? 0) + 1);
  }
  const [word] = [...times]
    .filter(([one]) => JSON.stringify(parseQuery(one)) === meant)
    .reduce((a, b) => (b[1] > a[1] ? b : a), [found.word, 0]);
  const named = (one: Found): Found => ({ ...one, find: { ...one.find, q: word } });
  return { ...found, word, week: named(found.week), since: named(found.since), before: named(found.before) };
}
