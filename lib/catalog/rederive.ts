import { createHash } from "node:crypto";
import type { Database, Transaction } from "../db/client";
import { type FullRow, toRecord, withParts } from "../db/paper-row";
import { rows } from "../db/rows";
import { search } from "../search/engine";
import { countNames } from "../search/names";
import { toTerms } from "../search/terms";
import { toTitleKey } from "../search/title-key";
import { termsVersion } from "../search/tokens";
import { countWords } from "../search/words";
import { deriveTags } from "../tags/derive";
import { type Priors, shippedWords } from "../tags/priors";
import { toTags } from "../tags/tags";
import { topics } from "../tags/topics";
import { toSearchable } from "./drafts";
import { rereadFigures } from "./figures";
import { learnPriors } from "./learn-priors";
import { toTextId } from "./text-id";
import { replaceTags } from "./write-papers";

// Increase when the same texts and entries would give other text ids, other tags with the same topics and words, other words of
// names, or other pictures.
const rules = 4;
// Batch size of a query, because SQLite accepts only a limited number of parameters.
const batch = 500;

/** A number that changes with the tokenizer, the rules for ids and tags, or the lists of topics and words. */
export function derivedVersion(): number {
  const sum = createHash("sha256")
    .update(JSON.stringify([termsVersion, rules, topics().text, shippedWords()]))
    .digest();
  return sum.readUInt32BE() >>> 1; // the column holds 31 bits
}

/** Progress: papers done, of the total. */
export type OnProgress = (done: number, total: number) => void;

/**
 * Rebuilds everything that follows from the texts in one transaction: text ids, beginnings of titles, tags and their spelling, the search
 * index, the word counts, the words of names, and which pictures belong to a paper. Addresses stay the same. `show`
 * receives the number of papers done. `always`: also if the library is already of this version.
 */
export async function rederive(db: Database, show: OnProgress = () => {}, always = true): Promise<void> {
  await db.$transaction(
    async (tx) => {
      const where = { id: 1 };
      const data = { number: { increment: 1 } };
      const { termsVersion } = await tx.revision.update({ where, data });
      // Another process may have done it while this one waited for the lock.
      if (!always && termsVersion === derivedVersion()) return;
      await tx.revision.update({ where, data: { termsVersion: derivedVersion() } });
      await search.clear(tx);
      await tx.word.deleteMany();
      await tx.nameWord.deleteMany();
      const priors = await learnPriors(tx);
      const papers = await tx.paper.count();
      let done = 0;
      for (let after = 0; ; ) {
        const rows = await tx.paper.findMany({
          where: { key: { gt: after } },
          include: withParts,
          orderBy: { key: "asc" },
          take: batch,
        });
        if (rows.length === 0) return;
        show(done, papers);
        await derive(tx, rows, priors);
        done += rows.length;
        after = rows.at(-1)?.key ?? after;
      }
    },
    { timeout: 3_600_000, maxWait: 60_000 },
  );
}

async function derive(tx: Transaction, found: FullRow[], priors: Priors): Promise<void> {
  const papers = found.map((row) => {
    const record = toRecord(row);
    const tags = toTags(record.tags, () => deriveTags(record.title, record.abstract, priors));
    const searchable = toSearchable({ ...record, tags });
    return {
      key: row.key,
      orderKey: Number(row.orderKey),
      textId: toTextId(record.title, record.abstract),
      titleKey: toTitleKey(record.title),
      tags,
      searchable,
      retagged: JSON.stringify(tags) !== JSON.stringify(record.tags),
      terms: toTerms(searchable),
    };
  });
  const keys = rows(tx, papers, { key: "int", textId: "text", titleKey: "text" });
  await tx.$executeRaw`
    UPDATE "Paper" SET "textId" = derived."textId", "titleKey" = derived."titleKey" FROM ${keys} AS derived
    WHERE "Paper"."key" = derived.key
      AND ("Paper"."textId" <> derived."textId" OR "Paper"."titleKey" <> derived."titleKey")`;
  await replaceTags(
    tx,
    papers.filter(({ retagged }) => retagged),
  );
  await countNames(
    tx,
    [],
    papers.map(({ searchable }) => searchable),
  );
  await rereadFigures(
    tx,
    papers.map(({ key }) => key),
  );
  await search.write(tx, papers);
  await countWords(
    tx,
    [],
    papers.map(({ terms }) => terms),
  );
}
