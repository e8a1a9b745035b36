import type { Transaction } from "../db/client";
import { moveRows } from "../db/move-rows";
import { moveReaderRows } from "../readers/paper-rows";
import { search } from "../search/engine";
import { countNames } from "../search/names";
import { toTerms } from "../search/terms";
import { countWords } from "../search/words";
import type { Draft } from "./drafts";
import { keyOf } from "./write-papers";

/** The final draft that a draft was merged into. */
export function finalDraft(draft: Draft): Draft {
  return draft.absorbedBy ? finalDraft(draft.absorbedBy) : draft;
}

/** Removes merged papers from the index, so that their terms are counted once. */
export async function unindexAbsorbed(tx: Transaction, absorbed: Draft[]): Promise<void> {
  const stored = absorbed.filter((draft) => draft.key !== null);
  await search.remove(
    tx,
    stored.map((draft) => draft.orderKey),
  );
  const before = stored.flatMap((draft) => draft.indexed ?? []);
  await countNames(tx, before, []);
  await countWords(tx, before.map(toTerms), []);
}

/** Moves what belonged to merged papers (entries, marks, addresses), and deletes their rows. */
export async function moveAbsorbedRows(tx: Transaction, absorbed: Draft[]): Promise<void> {
  for (const draft of absorbed) {
    if (draft.key === null) continue;
    const [from, to] = [draft.key, keyOf(finalDraft(draft))];
    await moveRows(tx, "Entry", ["listingId"], from, to);
    await moveRows(tx, "VotePoint", ["day"], from, to);
    await moveRows(tx, "Figure", ["url"], from, to);
    await moveCiteKey(tx, from, to);
    await moveReaderRows(tx, from, to);
    await tx.formerId.updateMany({ where: { paperKey: from }, data: { paperKey: to } });
    await tx.paper.delete({ where: { key: from } });
    await tx.formerId.create({ data: { id: draft.id, paperKey: to } });
  }
}

/** Gives the citation key of a paper to another, unless that has one: the two turned out to be the same. */
async function moveCiteKey(tx: Transaction, from: number, to: number): Promise<void> {
  await tx.$executeRaw`UPDATE "CiteKey" SET "paperKey" = ${to} WHERE "paperKey" = ${from}
    AND NOT EXISTS (SELECT 1 FROM "CiteKey" AS other WHERE other."paperKey" = ${to})`;
}
