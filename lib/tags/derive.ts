import { type KeyWord, readKeyWords, type Topics, toKey, topics, toTagName } from "./topics";

const minTags = 3;
const maxTags = 8;

/** A possible tag of a text, and the evidence for it. */
export type Candidate = {
  name: string;
  isTopic: boolean;
  /** How often it appears in the text. */
  count: number;
  inTitle: boolean;
  words: number;
  /** It ends like a topic of the field: `… generation`. */
  endsLikeTopic: boolean;
  isAcronym: boolean;
};

/**
 * Up to eight tags from a title and an abstract, best first: known topics that they mention, and phrases that they
 * repeat. At least three if the text has that many.
 */
export function deriveTags(title: string, abstract: string | null): string[] {
  const ranked = findCandidates(title, abstract)
    .map((candidate) => ({ candidate, score: scoreOf(candidate) }))
    .sort((a, b) => b.score - a.score); // stable: of equals, the first in the text wins
  const names = new Set<string>();
  for (const { candidate, score } of ranked) {
    if (names.size === maxTags || (names.size >= minTags && score < threshold)) break;
    names.add(candidate.isTopic ? candidate.name : toTagName(candidate.name));
  }
  return [...names];
}

// Log odds that a candidate is a keyword on Hugging Face. A logistic regression, rounded, over the half of the tagged
// papers that the topics were drawn up from (`npm run bench -- tags` measures on the other half). At this threshold,
// one in seven is a keyword.
const threshold = -1.75;

function scoreOf({ isTopic, isAcronym, endsLikeTopic, inTitle, count, words }: Candidate): number {
  let score = -2.8;
  if (endsLikeTopic) score += 0.6;
  if (count > 1) score += inTitle ? 0.4 : 0.8;
  else if (inTitle) score -= 1.9; // a title phrase that the abstract does not repeat is a name or a play on words
  if (count > 2) score += 0.45;
  if (isTopic) return score + 1.6 + (words > 2 ? 0.8 : 0) - (words === 1 && !isAcronym ? 1.2 : 0);
  if (words === 1) return score + 0.7;
  return score - (isAcronym ? 0.4 : 0) - (words > 2 ? 0.2 : 0);
}

// Words that no tag begins or ends with: function words, and words of every abstract.
const stopWords = new Set(
  `a about above across after again against all also although among an and another any are as at be because been before being
  between both but by can cannot could did do does doing done due during each either et al etc even every few for from further
  had has have having he her here his how however i if in into is it its itself just least less like may might more moreover
  most much must my near nor not now of off on once one only onto or other others our out over own per rather same she should
  since so some still such than that the their them then there therefore these they this those though through throughout
  thus to together too toward towards two three four under until up upon us use used uses using very via was way we well were
  what when where whether which while who whose why will with within without would yet you your
  achieve achieved achieves achieving address addresses addressing allow allows analysis analyze analyzing apply applied approach
  approaches ai available aim aims based benefit best better build building challenge challenges challenging compare compared comparable
  comprehensive conduct consider consistently consist consists contribute contribution contributions current demonstrate
  demonstrated demonstrates demonstrating despite design designed develop developed developing different diverse effective effectively
  efficient efficiently enable enables enabling enhance enhanced enhances enhancing ensure establish evaluate evaluated evaluating
  evaluation existing experiment experiments experimental explore extensive facilitate find findings finding first focus framework
  fundamental furthermore future gain gains generate generated generating given good great high higher highly identify important
  improve improved improvement improvements improves improving include includes including incorporate increase increasing increasingly
  insight insights integrate introduce introduced introduces introducing investigate issue issues key lack large larger largely lead
  leading leads leverage leverages leveraging limit limitation limitations limited low lower main make makes making many method methods
  methodology multiple necessary need needed needs new novel number observe obtain offer offers often open outperform outperforms
  outperforming overall overcome paper particular particularly perform performance performs possible potential practical present presents
  previous prior problem problems produce promising propose proposed proposes provide provided provides providing quality recent
  recently reduce reduced reduces reducing related release remain remains remarkable require required requires requiring research
  respectively result resulting results reveal reveals same second several show sota showing shown shows significant significantly similar
  simple simply single solution solutions solve specific specifically state strong studies study substantial substantially
  successful successfully suffer superior support system systems task tasks technique techniques traditional train trained training
  typically understand unified unique unlike usually utilize utilizing various variety whereas wide widely work works`
    .split(/\s+/)
    .map(toKey),
);

const maxPhraseWords = 3;

/** Every possible tag of the text, once each, in order of appearance. */
export function findCandidates(title: string, abstract: string | null): Candidate[] {
  const known = topics();
  const found = new Map<string, Candidate>();
  const add = (key: string, name: string, words: KeyWord[], isTopic: boolean, inTitle: boolean) => {
    const candidate = found.get(key);
    if (candidate) candidate.count++;
    else {
      found.set(key, {
        name,
        isTopic,
        count: 1,
        inTitle,
        words: words.length,
        endsLikeTopic: known.lastWords.has(words.at(-1)?.key ?? ""),
        isAcronym: words.some((word) => word.isAcronym),
      });
    }
  };
  // Abbreviations of topics that the text itself explains: `neural architecture search (NAS)`.
  const explained = new Map<string, string>();
  for (const inTitle of [true, false]) {
    const words = readKeyWords(inTitle ? title : (abstract ?? ""));
    for (let at = 0; at < words.length; ) {
      const word = words[at];
      const explainedTopic = word?.isAcronym ? explained.get(word.key) : undefined;
      const topic =
        explainedTopic === undefined ? topicAt(known, words, at) : { name: explainedTopic, length: 1 };
      if (topic) {
        add(topic.name, topic.name, words.slice(at, at + topic.length), true, inTitle);
        at += topic.length;
        const next = words[at];
        if (next?.bracketed && next.isAcronym) {
          explained.set(next.key, topic.name);
          at++;
        }
        continue;
      }
      for (const phrase of phrasesAt(words, at)) {
        add(
          phrase.map((word) => word.key).join(" "),
          phrase.map((word) => word.raw).join(" "),
          phrase,
          false,
          inTitle,
        );
      }
      at++;
    }
  }
  return [...found.values()];
}

/** The topic with the longest name that begins here. */
function topicAt(known: Topics, words: KeyWord[], at: number): { name: string; length: number } | null {
  let key = "";
  let best: { name: string; length: number } | null = null;
  const longest = known.longestFrom.get(words[at]?.key ?? "") ?? 0;
  for (let length = 1; length <= longest && at + length <= words.length; length++) {
    const word = words[at + length - 1];
    if (!word || (length > 1 && word.afterBreak)) break;
    key = length === 1 ? word.key : `${key} ${word.key}`;
    const topic = known.byKey.get(key);
    if (topic && !(topic.isAcronym && !word.isAcronym)) best = { name: topic.name, length };
  }
  return best;
}

/** Phrases that begin here, without stop words and numbers. */
function phrasesAt(words: KeyWord[], at: number): KeyWord[][] {
  const phrases: KeyWord[][] = [];
  for (let length = 1; length <= maxPhraseWords && at + length <= words.length; length++) {
    const word = words[at + length - 1];
    if (!word || (length > 1 && word.afterBreak) || stopWords.has(word.key) || /^\d/.test(word.key)) break;
    if (length > 1 || word.isAcronym) phrases.push(words.slice(at, at + length));
  }
  return phrases;
}
