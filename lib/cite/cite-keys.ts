import { type Database, database } from "../db/client";
import { retryWhileLocked } from "../db/retry-while-locked";
import { rows } from "../db/rows";
import type { PaperRecord } from "../paper";
import { nextKey, toKeyBase } from "./citation-key";

type Cited = { key: number; record: PaperRecord };

/**
 * The citation key of each paper, by the paper's key. A paper gets one when it is first cited and then keeps it, even if its title or
 * its authors change, so that documents that cite it stay right. At most 500 papers at a time.
 */
export async function findCiteKeys(db: Database, papers: Cited[]): Promise<Map<number, string>> {
  const known = await readKeys(db, papers);
  const missing = papers.filter(({ key }) => !known.has(key));
  if (missing.length === 0) return known;
  await retryWhileLocked(() => giveKeys(missing));
  return readKeys(database(), papers);
}

async function readKeys(db: Database, papers: Cited[]): Promise<Map<number, string>> {
  const found = await db.citeKey.findMany({ where: { paperKey: { in: papers.map(({ key }) => key) } } });
  return new Map(found.map(({ paperKey, key }) => [paperKey, key]));
}

async function giveKeys(papers: Cited[]): Promise<void> {
  await database().$transaction(async (tx) => {
    // Writes first, because that takes the lock: nobody else gives keys until the end.
    await tx.$executeRaw`UPDATE "Revision" SET id = id WHERE id = 1`;
    const bases = papers.map(({ key, record }) => ({ key, base: toKeyBase(record) }));
    // "{" follows the last letter that a key may have.
    const found = await tx.$queryRaw<{ key: string }[]>`SELECT DISTINCT c.key AS key
      FROM ${rows(
        tx,
        bases.map(({ base }) => ({ base, end: `${base}{` })),
        { base: "text", end: "text" },
      )} AS wanted
      JOIN "CiteKey" AS c ON c.key >= wanted.base AND c.key < wanted."end"`;
    const taken = new Set(found.map(({ key }) => key));
    const given = bases.map(({ key, base }) => {
      const citeKey = nextKey(base, (one) => taken.has(one));
      taken.add(citeKey);
      return { paperKey: key, citeKey };
    });
    await tx.$executeRaw`INSERT INTO "CiteKey" ("paperKey", key)
      SELECT given."paperKey", given."citeKey" FROM ${rows(tx, given, { paperKey: "int", citeKey: "text" })} AS given
      JOIN "Paper" AS p ON p.key = given."paperKey" WHERE TRUE ON CONFLICT ("paperKey") DO NOTHING`;
  });
}
