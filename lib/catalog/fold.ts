import { Prisma } from "../db/generated/client";
import type { Transaction } from "../db/open-database";
import { removeTerms, toTerms } from "../search/sqlite";
import { countWords } from "../search/words";
import type { Draft } from "./drafts";
import { keyOf } from "./write-papers";

/** The paper that a draft is in the end. */
export function standing(draft: Draft): Draft {
  return draft.into ? standing(draft.into) : draft;
}

/** Takes papers that turned out to be others out of the index, so that their terms are counted once. */
export async function giveUp(tx: Transaction, absorbed: Draft[]): Promise<void> {
  const stored = absorbed.filter((draft) => draft.key !== null);
  await removeTerms(
    tx,
    stored.map((draft) => draft.orderKey),
  );
  await countWords(
    tx,
    stored.flatMap((draft) => (draft.before ? [toTerms(draft.before)] : [])),
    [],
  );
}

/** Gives what belonged to such papers (entries, marks, addresses) to what they are, and removes their rows. */
export async function handOver(tx: Transaction, absorbed: Draft[]): Promise<void> {
  for (const draft of absorbed) {
    if (draft.key === null) continue;
    const [from, to] = [draft.key, keyOf(standing(draft))];
    await moveRows(tx, "Entry", "listingId", from, to);
    await moveRows(tx, "Bookmark", "readerId", from, to);
    await moveRows(tx, "Seen", "readerId", from, to);
    await moveRows(tx, "VotePoint", "day", from, to);
    // What undo would give back to the one is the other's: a change keeps `[key, …]` of each paper (lib/readers/changes.ts).
    await tx.$executeRaw`UPDATE "Change" SET before = replace(before, ${`[${from},`}, ${`[${to},`})`;
    await tx.formerId.updateMany({ where: { paperKey: from }, data: { paperKey: to } });
    await tx.paper.delete({ where: { key: from } });
    await tx.formerId.create({ data: { id: draft.id, paperKey: to } });
  }
}

/** Moves a paper's rows of a table to another paper, but for those that it has already: `by` tells its rows apart. */
async function moveRows(tx: Transaction, name: string, by: string, from: number, to: number): Promise<void> {
  const [table, column] = [Prisma.raw(`"${name}"`), Prisma.raw(`"${by}"`)];
  await tx.$executeRaw`UPDATE ${table} SET "paperKey" = ${to} WHERE "paperKey" = ${from} AND NOT EXISTS
    (SELECT 1 FROM ${table} AS other WHERE other."paperKey" = ${to} AND other.${column} = ${table}.${column})`;
}
