import type { Database, Transaction } from "../db/client";
import { rows } from "../db/rows";
import type { Terms } from "./terms";
import { scan, type Unit } from "./tokens";
import type { Tree } from "./tree";

/** Updates the word counts: `before` are the papers before a change, `after` the same papers after it. */
export async function countWords(tx: Transaction, before: Terms[], after: Terms[]): Promise<void> {
  const changes = new Map<string, number>();
  for (const terms of before)
    for (const word of wordsOf(terms)) changes.set(word, (changes.get(word) ?? 0) - 1);
  for (const terms of after)
    for (const word of wordsOf(terms)) changes.set(word, (changes.get(word) ?? 0) + 1);
  // Sorted like the table, so that the changes to a page are written together.
  const changed = [...changes].filter(([, by]) => by !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (changed.length === 0) return;
  const words = changed.map(([word, papers]) => ({ word, papers }));
  await tx.$executeRaw`
    INSERT INTO "Word" (word, papers)
    SELECT moved.word, moved.papers FROM ${rows(tx, words, { word: "text", papers: "int" })} AS moved WHERE TRUE
    ON CONFLICT (word) DO UPDATE SET papers = "Word".papers + excluded.papers`;
  if (before.length > 0) await tx.$executeRaw`DELETE FROM "Word" WHERE papers = 0`;
}

function wordsOf({ words }: Terms): string[] {
  return words === "" ? [] : words.split(" ");
}

/** How many papers have each of these words. Words that none has are left out. */
export async function countPapers(db: Database, words: string[]): Promise<Map<string, number>> {
  const asked = rows(
    db,
    words.map((word) => ({ word })),
    { word: "text" },
  );
  const found = await db.$queryRaw<{ word: string; papers: number }[]>`
    SELECT w.word AS word, w.papers AS papers FROM ${asked} AS asked JOIN "Word" AS w ON w.word = asked.word`;
  return new Map(found.map(({ word, papers }) => [word, Number(papers)]));
}

/** Which of these words appear in more than `maxPapers` papers. */
export async function findCommon(db: Database, words: string[], maxPapers: number): Promise<Set<string>> {
  const typed = rows(
    db,
    words.map((word) => ({ word })),
    { word: "text" },
  );
  const common = await db.$queryRaw<{ word: string }[]>`
    SELECT word FROM "Word" WHERE word IN (SELECT typed.word FROM ${typed} AS typed) AND papers > ${maxPapers}`;
  return new Set(common.map(({ word }) => word));
}

// Of one letter alone, every other paper has a word that begins with it.
const minLetters = 2;
// The most frequent words that begin with what was typed stand for all of them.
const maxWords = 20;

/**
 * A text that is being typed: the words before the last one, and the last one as a tree of the library's words that begin with
 * it. `unfinished` is null if the text ends after a word. Null for a text without words, or with a single letter.
 */
export async function toBeginning(
  db: Database,
  typed: string,
): Promise<{ complete: string; unfinished: Tree | null } | null> {
  const last = scan(typed).at(-1)?.parts.at(-1);
  if (!last) return null;
  if (last.end < typed.length) return { complete: typed, unfinished: null };
  const complete = typed.slice(0, last.start).trim();
  if (last.word.length < minLetters) return complete === "" ? null : { complete, unfinished: null };
  // "{" follows the last letter that a word may have.
  const found = await db.$queryRaw<{ word: string }[]>`
    SELECT word FROM "Word" WHERE word >= ${last.word} AND word < ${`${last.word}{`}
    ORDER BY papers DESC, word LIMIT ${maxWords}`;
  const terms = new Set([last.term, ...found.flatMap(({ word }) => scan(word).flatMap(termsOf))]);
  return { complete, unfinished: { or: [...terms].map((word) => ({ word })) } };
}

const termsOf = ({ parts }: Unit) => parts.map(({ term }) => term);
