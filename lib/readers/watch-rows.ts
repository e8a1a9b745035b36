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

/**
 * Deletes watches that did not exist, and gives the others back. The papers of another search, or of a deleted watch, are found
 * anew (watch-matches.ts).
 */
export async function restoreWatches(tx: Transaction, reader: string, before: WatchBefore[]): Promise<void> {
  for (const { id, name, ...were } of before) {
    if (name === null) {
      await tx.watch.deleteMany({ where: { readerId: reader, id } });
      continue;
    }
    const known = await tx.watch.findUnique({ where: { id }, select: { q: true, filled: true } });
    const filled = known?.q === were.q && known.filled;
    const data = { readerId: reader, name, folded: foldName(name), ...were, filled };
    await tx.watch.upsert({ where: { id }, create: { id, ...data }, update: data });
  }
}
