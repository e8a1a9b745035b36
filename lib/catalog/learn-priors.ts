import { setImmediate } from "node:timers/promises";
import type { Transaction } from "../db/client";
import { countPaper, type Priors, shippedCounts, toPriors } from "../tags/priors";

// Enough to know the words of a field. More would cost time and memory at the start of each import.
const maxPapers = 2000;
const atOnce = 100;

/**
 * What derived tags are based on: the counts that Broadsheet ships, and those of the latest papers of the library that
 * have keywords from Hugging Face: 16,000 words, about 3 MB, in 0.6 s. Learned once at the start of an import.
 */
export async function learnPriors(db: Transaction): Promise<Priors> {
  const counts = shippedCounts();
  const keys = await db.$queryRaw<{ key: bigint }[]>`
    SELECT "key" FROM "Paper" WHERE EXISTS (
      SELECT 1 FROM "Tag" WHERE "Tag"."paperKey" = "Paper"."key" AND "Tag".source = 'hub'
    ) ORDER BY "orderKey" DESC LIMIT ${maxPapers}`;
  for (let at = 0; at < keys.length; at += atOnce) {
    const papers = await db.paper.findMany({
      where: { key: { in: keys.slice(at, at + atOnce).map(({ key }) => Number(key)) } },
      select: {
        title: true,
        abstract: true,
        tags: { where: { source: "hub" }, select: { name: true } },
      },
    });
    for (const { title, abstract, tags } of papers)
      countPaper(
        counts,
        title,
        abstract,
        tags.map(({ name }) => name),
      );
    await setImmediate(); // serve pages in between: SQLite answers without giving way
  }
  return toPriors(counts);
}
