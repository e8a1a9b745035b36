import type { Database } from "../db/client";
import { readTokens } from "../search/read-tokens";
import { editsFor, findSpellings } from "../search/spelling";
import { scan } from "../search/tokens";
import { findCommon } from "../search/words";

/** A search text with words of the library in the place of misspelled ones. */
export type Corrected = {
  text: string;
  /** Whether its papers are shown, because the text as typed finds none. Otherwise it is only suggested. */
  isUsed: boolean;
};

// A word in more papers was meant as it was typed.
const maxPapers = 2;
// A text that finds more was spelled well enough.
const maxFound = 5;
const maxTries = 5;
const maxWords = 4;

/**
 * Corrects the words that hardly any paper has, except in phrases and behind qualifiers. `total` is how many papers the text
 * finds as typed, and `count` says how many another text finds. Null if there is nothing better.
 */
export async function correct(
  db: Database,
  typed: string,
  total: number,
  count: (text: string) => Promise<number>,
): Promise<Corrected | null> {
  if (total > maxFound) return null;
  const unknown = await findUnknown(db, typed);
  let text = typed;
  // From the end, so that the places of the others stay.
  for (const { start, end, word } of unknown.reverse()) {
    const replaced = (by: string) => text.slice(0, start) + by + text.slice(end);
    const spellings = await findSpellings(db, word, maxTries);
    let best = spellings[0];
    for (const spelling of spellings) {
      if ((await count(replaced(spelling))) === 0) continue;
      best = spelling;
      break;
    }
    if (best !== undefined) text = replaced(best);
  }
  if (text === typed) return null;
  const found = await count(text);
  return found > 10 * total ? { text, isUsed: total === 0 } : null;
}

/** The plain words that hardly any paper has. */
async function findUnknown(
  db: Database,
  typed: string,
): Promise<{ start: number; end: number; word: string }[]> {
  const words = readTokens(typed).flatMap((token) => {
    if (token.is !== "word" || token.name !== null || token.excluded) return [];
    const [unit, ...more] = scan(token.text);
    const [part, ...others] = unit?.parts ?? [];
    if (!part || more.length > 0 || others.length > 0 || editsFor(part.word.length) === 0) return [];
    return [{ start: token.start + part.start, end: token.start + part.end, word: part.word }];
  });
  if (words.length === 0) return [];
  const common = await findCommon(
    db,
    words.map(({ word }) => word),
    maxPapers,
  );
  return words.filter(({ word }) => !common.has(word)).slice(0, maxWords);
}
