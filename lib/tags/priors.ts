import { readFileSync } from "node:fs";
import path from "node:path";
import { readKeyWords, toKey, topicOf, topics } from "./topics";

/**
 * What keywords of other papers say about a word, by its key: the log odds that it is in a keyword, right before one and
 * right after one, minus those of an average word. "" is the break between two phrases: a comma, a bracket, an end of the
 * text. A missing word is average.
 */
export type Priors = Map<string, WordPrior>;
export type WordPrior = [inside: number, before: number, after: number];

/** How often a word is in a text with keywords, and how often it is there in a keyword, before one and after one. */
export type WordCounts = Map<string, [total: number, inside: number, before: number, after: number]>;

export const maxPhraseWords = 4;

// Rates of the average word, in the papers that words.txt was counted in.
const averages = [0.116, 0.054, 0.054] as const;
// A word counts as if it had been seen five more times, with an average result.
const doubt = 5;

let shipped: string | undefined;

/** The contents of `lib/tags/words.txt`: a word and its counts per line. */
export function shippedWords(): string {
  shipped ??= readFileSync(path.resolve("lib/tags/words.txt"), "utf8");
  return shipped;
}

/** The counts that Broadsheet ships. A library adds its own papers to them, see `countPaper`. */
export function shippedCounts(): WordCounts {
  const counts: WordCounts = new Map();
  for (const line of shippedWords().split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [word = "", total, inside, before, after] = line.split("\t");
    counts.set(word, [Number(total), Number(inside), Number(before), Number(after)]);
  }
  return counts;
}

/** Adds the words of a paper with keywords to the counts. */
export function countPaper(
  counts: WordCounts,
  title: string,
  abstract: string | null,
  keywords: string[],
): void {
  const wanted = new Set(
    keywords.map((keyword) => {
      const key = toKey(keyword);
      return topics().byKey.get(key)?.name ?? key;
    }),
  );
  countText(counts, title, wanted);
  countText(counts, abstract ?? "", wanted);
}

function countText(counts: WordCounts, text: string, keywords: Set<string>): void {
  const words = readKeyWords(text);
  const countsOf = (word: string) => {
    let known = counts.get(word);
    if (!known) {
      known = [0, 0, 0, 0];
      counts.set(word, known);
    }
    return known;
  };
  let end = 0; // of the last keyword
  for (const [at, word] of words.entries()) {
    const follows = at > 0 && !word.afterBreak;
    countsOf(word.key)[0]++;
    if (!follows) countsOf("")[0]++;
    if (at < end) continue;
    let key = "";
    for (let length = 1; length <= maxPhraseWords; length++) {
      const last = words[at + length - 1];
      if (!last || (length > 1 && last.afterBreak)) break;
      key = length === 1 ? last.key : `${key} ${last.key}`;
      if (keywords.has(topicOf(key, last)?.name ?? key)) end = at + length;
    }
    if (at >= end) continue;
    for (const { key } of words.slice(at, end)) countsOf(key)[1]++;
    countsOf(follows ? (words[at - 1]?.key ?? "") : "")[2]++;
    const next = words[end];
    countsOf(next && !next.afterBreak ? next.key : "")[3]++;
  }
}

export function toPriors(counts: WordCounts): Priors {
  const priors: Priors = new Map();
  for (const [word, [total, inside, before, after]] of counts) {
    const [ofInside, ofBefore, ofAfter] = averages;
    priors.set(word, [
      logOdds(inside, total, ofInside),
      logOdds(before, total, ofBefore),
      logOdds(after, total, ofAfter),
    ]);
  }
  return priors;
}

function logOdds(count: number, total: number, average: number): number {
  const odds = (count + doubt * average) / (total - count + doubt * (1 - average));
  return Math.log(odds) - Math.log(average / (1 - average));
}
