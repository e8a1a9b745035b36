import { scan, type Token } from "./tokens";

/** The texts that say what a paper is about. */
export type Text = { title: string; abstract: string | null };

/** A term of a text, or two terms that stand next to each other. */
export type Feature = {
  /** Its terms as words of the vocabulary, which are not stemmed. */
  words: string[];
  /** How often the text has it. Once in the title counts as three times. */
  count: number;
  /** As the text spells it. */
  spelling: string;
};

const titleWeight = 3;
// Longer than any abstract on arXiv. The rest of a text is ignored, so that none takes long.
export const maxLength = 6000;

/** The features of a text, by their terms. */
export function toFeatures(text: Text): Map<string, Feature> {
  const features = new Map<string, Feature>();
  readBoth(text, (terms, tokens, weight, raw) => {
    const spelling = raw.slice(tokens[0]?.start, tokens.at(-1)?.end).replace(/\s+/g, " ");
    const known = features.get(terms);
    if (!known) {
      features.set(terms, { words: tokens.map(({ word }) => word), count: weight, spelling });
    } else {
      known.count += weight;
      // Titles and sentences capitalize words that are not names.
      if (countCapitals(spelling) < countCapitals(known.spelling)) known.spelling = spelling;
    }
  });
  return features;
}

const countCapitals = (text: string) => text.replace(/\P{Lu}+/gu, "").length;

/** Counts, in any text, how often it has each of these features, and how many terms it has in all. */
export function toCounter(
  features: ReadonlyMap<string, Feature>,
): (text: Text) => { counts: Map<string, number>; length: number } {
  // Joining two terms takes longer than looking one up.
  const firsts = new Set([...features.keys()].map((terms) => terms.split(" ", 1)[0] ?? ""));
  return (text) => {
    const counts = new Map<string, number>();
    const visit: Visit = (terms, _, weight) => void counts.set(terms, (counts.get(terms) ?? 0) + weight);
    const length = readBoth(text, visit, { features, firsts });
    return { counts, length };
  };
}

type Visit = (terms: string, tokens: Token[], weight: number, text: string) => void;
type Only = { features: ReadonlyMap<string, Feature>; firsts: Set<string> };

/** Calls `visit` for each feature of a text, or only for these. Returns the number of terms. */
function readBoth({ title, abstract }: Text, visit: Visit, only?: Only): number {
  return readOne(title, titleWeight, visit, only) + readOne(abstract ?? "", 1, visit, only);
}

function readOne(whole: string, weight: number, visit: Visit, only?: Only): number {
  const text = whole.slice(0, maxLength);
  let length = 0;
  let last: Token | null = null;
  for (const { parts } of scan(text))
    for (const token of parts) {
      const { term } = token;
      length++;
      if (only ? only.features.has(term) : isWord(term)) visit(term, [token], weight, text);
      if (last && (!only || only.firsts.has(last.term))) {
        const pair = `${last.term} ${term}`;
        if ((!only || only.features.has(pair)) && isBetweenWords(text.slice(last.end, token.start)))
          visit(pair, [last, token], weight, text);
      }
      last = token;
    }
  return length;
}

// A letter or a number says something only beside a word.
const isWord = (term: string) => term.length > 1 && /[a-z]/.test(term);
const isBetweenWords = (text: string) => text === " " || !/[^\s\p{Pd}_.]/u.test(text);
