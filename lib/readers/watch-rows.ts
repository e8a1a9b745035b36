import type { Transaction } from "../db/client";
import { foldName } from "../fold-name";

/** A watch before a change. `name` is null if it did not exist. Times are ISO instants. */
export type WatchBefore = {
  id: number;
  name: string | null;
  q: string;
  mutes: boolean;
  createdAt: string;
  openedAt: string;
};

/** Deletes watches that did not exist, and gives the others back. Their papers are found anew (watch-matches.ts). */
export async function restoreWatches(tx: Transaction, reader: string, before: WatchBefore[]): Promise<void> {
  for (const { id, name, ...were } of before) {
    await tx.watch.deleteMany({ where: { readerId: reader, id } });
    if (name === null) continue;
    await tx.watch.create({ data: { id, readerId: reader, name, folded: foldName(name), ...were } });
  }
}
