import type { Transaction } from "../db/open-database";
import { type Searchable, toWords } from "./sqlite";

/** Moves the word counts: `gone` as the papers were, `come` as they are now. */
export async function countWords(tx: Transaction, gone: Searchable[], come: Searchable[]): Promise<void> {
  const moved = new Map<string, number>();
  for (const [papers, by] of [
    [gone, -1],
    [come, 1],
  ] as const) {
    for (const paper of papers)
      for (const word of toWords(paper)) moved.set(word, (moved.get(word) ?? 0) + by);
  }
  const json = JSON.stringify([...moved].filter(([, by]) => by !== 0));
  await tx.$executeRaw`
    INSERT INTO "Word" (word, papers) SELECT value ->> 0, value ->> 1 FROM json_each(${json}) WHERE TRUE
    ON CONFLICT (word) DO UPDATE SET papers = papers + excluded.papers`;
  await tx.$executeRaw`DELETE FROM "Word" WHERE papers = 0`;
}
