import { LRUCache } from "lru-cache";
import type { PaperRecord } from "../paper";
import { splitSentences } from "./sentences";

export type KeySentence = { text: string; isAi: boolean };

/**
 * One sentence on what a paper does: the source's own summary, which is AI-generated, or else the sentence of the
 * abstract that states the contribution. Null without an abstract.
 */
export function toKeySentence({
  title,
  abstract,
  summary,
}: Pick<PaperRecord, "title" | "abstract" | "summary">): KeySentence | null {
  if (summary) return { text: summary.text, isAi: true };
  if (abstract === null) return null;
  return { text: findKeySentence(title, abstract), isAi: false };
}

// Abstracts are shorter. What follows is not read, so that no text costs more than a long abstract.
const maxSentences = 60;
const maxCharacters = 10_000;

const doer = String.raw`\b(?:we|this (?:paper|work|study|article|report|survey|review)|our (?:work|paper))\b`;
const contribution =
  "propos|introduc|present|develop|design|build|built|creat|describ|releas|study|studi|investigat|formulat|establish|prove|show how|explor";
/** `we propose`, with a few words between them at most. */
const statesContribution = new RegExp(`${doer}(?: \\w+){0,3} (?:${contribution})`, "i");
const mayStateContribution =
  /\b(?:is|are) (?:proposed|introduced|presented|developed|designed)\b|\bour (?:method|approach|model|framework|system|key|main)\b|\bwe (?:first|then|also|further|use|leverage|train|evaluate)\b/i;
const opensContribution =
  /^(?:to (?:address|tackle|overcome|solve|this end|bridge|mitigate|fill)|in this (?:work|paper|study)|here\b)/i;
const reportsResults =
  /\b(?:experiment|results? (?:show|demonstrate|indicate)|outperform|state-of-the-art|code (?:is|and|will)|available at|github|benchmarks? (?:show|demonstrate))/i;
const claimsNovelty = /\b(?:an?|the first) (?:\w+ )?(?:novel|new|first|simple|unified|general|efficient)\b/i;

/** The sentence of an abstract that says best what the paper does, without its opening words. */
export const findKeySentence = (title: string, abstract: string) =>
  dropOpener(chooseSentence(title, abstract));

// Lists show the same recent papers again and again.
const chosen = new LRUCache<string, string>({ max: 3000 });

/** The sentence of an abstract that says best what the paper does, as it stands there. */
export function chooseSentence(title: string, abstract: string): string {
  const text = `${title}\n${abstract}`;
  let sentence = chosen.get(text);
  if (sentence === undefined) {
    sentence = computeSentence(title, abstract);
    chosen.set(text, sentence);
  }
  return sentence;
}

function computeSentence(title: string, abstract: string): string {
  const sentences = splitSentences(abstract.slice(0, maxCharacters)).slice(0, maxSentences);
  const titleWords = new Set(toWords(title));
  const name = /^([^:]{2,40}):/.exec(title)?.[1]?.toLowerCase();
  let best = sentences[0] ?? abstract;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const [index, sentence] of sentences.entries()) {
    const words = toWords(sentence);
    const shared = words.length === 0 ? 0 : new Set(words.filter((word) => titleWords.has(word))).size;
    const score =
      (statesContribution.test(sentence) ? 1 : mayStateContribution.test(sentence) ? 0.5 : 0) +
      (opensContribution.test(sentence) ? 0.3 : 0) +
      (1.5 * shared) / Math.max(titleWords.size, 1) +
      (name && sentence.toLowerCase().includes(name) ? 0.5 : 0) +
      (claimsNovelty.test(sentence) ? 0.3 : 0) -
      (reportsResults.test(sentence) ? 0.5 : 0) +
      0.3 * Math.min(words.length / 25, 1) -
      (0.2 * index) / sentences.length -
      (index === 0 && sentences.length > 1 ? 0.2 : 0);
    if (score > bestScore) [best, bestScore] = [sentence, score];
  }
  return best;
}

// `In this paper,` can always go. `To address …,` ends at the comma before the words that begin the statement.
const fixedOpener =
  /^(?:(?:and|but|however|therefore|thus|hence|moreover|furthermore|specifically|concretely|consequently|accordingly|additionally|here|to this end|to that end|as a result|in this (?:work|paper|study|article|report|survey|review)|in response|for this (?:purpose|reason)|inspired by this|motivated by this),? )+(?=\S)/i;
const openerUpToStatement =
  /^(?:to|in|by|with|for|inspired|motivated|based|building|drawing|given|as|while|unlike|although|through|guided|leveraging|using|instead)\b[^.;]{0,250}?, (?=(?:we|this (?:paper|work|study)|our)\b)/i;

/** `We propose X.` for `To address this, we propose X.` A sentence whose rest would not be one stays as it is. */
export function dropOpener(sentence: string): string {
  const rest = sentence.replace(openerUpToStatement, "").replace(fixedOpener, "");
  const isSentence = rest.split(" ").length >= 4 && /^[\p{L}$\\"“(]/u.test(rest);
  return isSentence ? rest.charAt(0).toUpperCase() + rest.slice(1) : sentence;
}

/** Words without those that carry no meaning. */
export function toWords(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !stopWords.has(word));
}

const stopWords = new Set(
  "a an the and or but of in on at by for from to with as is are was were be been being it its this that these those we our us they their them which who what can could may might will would has have had do does not no than then also such into while through via using use used based more most between both each other over under across during when where how all any some only however thus i".split(
    " ",
  ),
);
