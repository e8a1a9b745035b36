import { maxPhraseWords, type Priors, type WordPrior } from "./priors";
import { readKeyWords, topicOf, topics, toTagName } from "./topics";

const minTags = 3;
const maxTags = 8;

/** A possible tag of a text, and the evidence for it. */
export type Candidate = {
  name: string;
  key: string;
  isTopic: boolean;
  isAcronym: boolean;
  words: number;
  inTitle: boolean;
  inAbstract: boolean;
  /** The priors of its word that is rarest in keywords, and of the words around it where they speak most for it. */
  inside: number;
  before: number;
  after: number;
  /** Somewhere no word that could be part of a longer tag follows it. */
  endsPhrase: boolean;
  /** Somewhere none comes before it either. */
  isPhrase: boolean;
};

/**
 * Up to eight tags from a title and an abstract, best first: known topics that they mention, and phrases made of words
 * that are in keywords of other papers. At least three if the text has that many that could
 * be one. No tag is part of a better one.
 */
export function deriveTags(title: string, abstract: string | null, priors: Priors): string[] {
  const ranked = findCandidates(title, abstract, priors)
    .map((candidate) => ({ candidate, score: scoreOf(candidate, abstract !== null) }))
    .filter(({ score }) => score >= leastScore)
    .sort((a, b) => b.score - a.score); // stable: of equals, the first in the text wins
  const names = new Set<string>();
  const keys: string[] = [];
  for (const { candidate, score } of ranked) {
    if (names.size === maxTags || (names.size >= minTags && score < threshold)) break;
    const { name, key, isTopic } = candidate;
    if (keys.some((better) => ` ${better} `.includes(` ${key} `))) continue;
    keys.push(key);
    names.add(isTopic ? name : toTagName(name));
  }
  return [...names];
}

// Log odds that a candidate is a keyword on Hugging Face. A logistic regression, rounded, over the half of the tagged
// papers that the topics and words.txt come from (`npm run bench -- tags` measures on the other half); each tenth of it
// with the words of the others. At this threshold, one in four is a keyword. In other fields, whose words are unknown, few candidates reach it.
const threshold = -1;
const leastScore = -2;

function scoreOf(candidate: Candidate, hasAbstract: boolean): number {
  const { isTopic, isAcronym, words, inTitle, inAbstract, inside, before, after, endsPhrase, isPhrase } =
    candidate;
  let score = -4 + 0.65 * inside + 0.6 * before + 0.45 * after;
  // A title phrase that the abstract does not repeat is a name or a play on words.
  if (inTitle && !inAbstract && hasAbstract) score -= 3.5;
  if (endsPhrase) score += 0.55;
  if (isPhrase) score += 0.8;
  if (words === 1) score += isAcronym ? -0.1 : -2.6;
  if (isTopic) score += 0.3 + (words > 2 ? 1.75 : 0) + (words === 1 && !isAcronym ? 1.5 : 0);
  return score;
}

const average: WordPrior = [0, 0, 0];
// A word that is in keywords this rarely is part of no tag: `the`, `propose`. Topics are an exception.
const leastInside = -1.5;

/** Every possible tag of the text, once each, in order of appearance. */
export function findCandidates(title: string, abstract: string | null, priors: Priors): Candidate[] {
  const { longestFrom } = topics();
  const atBreak = priors.get("") ?? average;
  const found = new Map<string, Candidate>();
  // Abbreviations of topics that the text itself explains: `neural architecture search (NAS)`.
  const explained = new Map<string, string>();
  for (const inTitle of [true, false]) {
    const text = inTitle ? title : (abstract ?? "");
    const words = readKeyWords(text);
    const ofWords = words.map(({ key }) => priors.get(key) ?? average);
    const priorAt = (at: number) => ofWords[at] ?? average;
    const isCommonAt = (at: number) => priorAt(at)[0] < leastInside || /^\d+$/.test(words[at]?.key ?? "");
    for (const [at, first] of words.entries()) {
      const follows = at > 0 && !first.afterBreak;
      const [, before] = follows ? priorAt(at - 1) : atBreak;
      const startsPhrase = !follows || isCommonAt(at - 1);
      const longestTopic = longestFrom.get(first.key) ?? 0;
      let longestPhrase = maxPhraseWords;
      let key = "";
      let inside = Number.POSITIVE_INFINITY;
      let isAcronym = false;
      for (let length = 1; length <= Math.max(longestPhrase, longestTopic); length++) {
        const last = words[at + length - 1];
        if (!last || (length > 1 && last.afterBreak)) break;
        key = length === 1 ? last.key : `${key} ${last.key}`;
        inside = Math.min(inside, priorAt(at + length - 1)[0]);
        isAcronym ||= last.isAcronym;
        if (length <= longestPhrase && isCommonAt(at + length - 1)) longestPhrase = length - 1;
        const explainedTopic = length === 1 && last.isAcronym ? explained.get(key) : undefined;
        const topic = explainedTopic ?? (length <= longestTopic ? topicOf(key, last)?.name : undefined);
        if (topic === undefined && length > longestPhrase) continue;
        const next = words[at + length];
        const continues = next !== undefined && !next.afterBreak;
        if (topic !== undefined && next?.bracketed && next.isAcronym) explained.set(next.key, topic);
        const [, , after] = continues ? priorAt(at + length) : atBreak;
        const endsPhrase = !continues || isCommonAt(at + length);
        const isPhrase = startsPhrase && endsPhrase;
        const known = found.get(topic ?? key);
        if (known) {
          known.inAbstract ||= !inTitle;
          known.before = Math.max(known.before, before);
          known.after = Math.max(known.after, after);
          known.endsPhrase ||= endsPhrase;
          known.isPhrase ||= isPhrase;
          continue;
        }
        found.set(topic ?? key, {
          name: topic ?? text.slice(first.start, last.end),
          key,
          isTopic: topic !== undefined,
          isAcronym,
          words: length,
          inTitle,
          inAbstract: !inTitle,
          inside,
          before,
          after,
          endsPhrase,
          isPhrase,
        });
      }
    }
  }
  return [...found.values()];
}
