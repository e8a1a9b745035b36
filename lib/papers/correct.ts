import type { Database } from "../db/client";
import { fields } from "../search/qualifiers";
import { readTokens } from "../search/read-tokens";
import { editsFor, findSpellings } from "../search/spelling";
import { scan } from "../search/tokens";

/** A search text with words of the library in the place of misspelled ones. */
export type Corrected = {
  text: string;
  /** Whether its papers are shown, because hardly any paper is spelled as typed. Otherwise it is only suggested. */
  isUsed: boolean;
};

// A word in more papers was meant as it was typed. Papers have typos too, so a word may also be in a few.
const maxPapers = 20;
const timesMore = 50;
const timesMuchMore = 200;
// A text that finds more was spelled well enough.
const maxFound = 10;
const maxTries = 5;
const maxWords = 4;

/**
 * Corrects the words that hardly any paper has, except in phrases, tags and other names. `total` is how many papers the text
 * finds as typed, and `count` says how many another text finds. Null if there is nothing better.
 */
export async function correct(
  db: Database,
  typed: string,
  total: number,
  count: (text: string) => Promise<number>,
): Promise<Corrected | null> {
  if (total > maxFound) return null;
  let text = typed;
  let found = total;
  let isCertain = true;
  for (const [at, { word, papers }] of (await findUnknown(db, typed)).entries()) {
    // A word that some paper has is only looked at if the others do not explain why so little was found.
    if (at > 0 && papers > 0 && found > total) break;
    const replaced = (by: string) =>
      text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "iu"), by);
    let best: { word: string; papers: number } | undefined;
    for (const spelling of await findSpellings(db, word, maxTries)) {
      if (spelling.papers < timesMore * papers) continue;
      best ??= spelling;
      const some = await count(replaced(spelling.word));
      if (some <= found) continue;
      [best, found] = [spelling, some];
      break;
    }
    if (best === undefined) continue;
    text = replaced(best.word);
    isCertain &&= best.papers >= timesMuchMore * papers;
  }
  return text !== typed && found > 10 * total ? { text, isUsed: total === 0 || isCertain } : null;
}

/** The plain words that hardly any paper has, the rarest first, each with how many have it. */
async function findUnknown(db: Database, typed: string): Promise<{ word: string; papers: number }[]> {
  const words = readTokens(typed).flatMap((token) => {
    if (token.is !== "word" || token.excluded || (token.name !== null && !Object.hasOwn(fields, token.name)))
      return [];
    const [unit, ...more] = scan(token.value);
    const [part, ...others] = unit?.parts ?? [];
    return part && more.length === 0 && others.length === 0 && editsFor(part.word.length + 1) > 0
      ? [part.word]
      : [];
  });
  const known = await db.word.findMany({ where: { word: { in: words } } });
  const papers = new Map(known.map(({ word, papers }) => [word, papers]));
  return words
    .map((word) => ({ word, papers: papers.get(word) ?? 0 }))
    .filter(({ papers }) => papers <= maxPapers)
    .sort((a, b) => a.papers - b.papers)
    .slice(0, maxWords);
}
