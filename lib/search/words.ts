import { jsonEach } from "../db/json-each";
import type { Transaction } from "../db/open-database";
import type { Terms } from "./sqlite";

/** Moves the word counts: `gone` as the papers were, `come` as they are now. */
export async function countWords(tx: Transaction, gone: Terms[], come: Terms[]): Promise<void> {
  const moved = new Map<string, number>();
  for (const terms of gone) for (const word of wordsOf(terms)) moved.set(word, (moved.get(word) ?? 0) - 1);
  for (const terms of come) for (const word of wordsOf(terms)) moved.set(word, (moved.get(word) ?? 0) + 1);
  // In the order of the table: of a page of it all is written at once.
  const rows = [...moved].filter(([, by]) => by !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  await tx.$executeRaw`
    INSERT INTO "Word" (word, papers) SELECT value ->> 0, value ->> 1 FROM ${jsonEach(rows)} WHERE TRUE
    ON CONFLICT (word) DO UPDATE SET papers = papers + excluded.papers`;
  if (gone.length > 0) await tx.$executeRaw`DELETE FROM "Word" WHERE papers = 0`;
}

function wordsOf({ words }: Terms): string[] {
  return words === "" ? [] : words.split(" ");
}
