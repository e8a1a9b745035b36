import type { Transaction } from "../db/client";
import { moveRows } from "../db/move-rows";

// The catalog calls these functions instead of naming the reader's tables.

/** Moves everything readers did with one paper to another: the two turned out to be the same. */
export async function moveReaderRows(tx: Transaction, from: number, to: number): Promise<void> {
  await lockReaders(tx);
  await moveRows(tx, "Bookmark", "readerId", from, to);
  await moveRows(tx, "Seen", "readerId", from, to);
  await moveRows(tx, "ChangedMark", "changeId", from, to);
}

/** Which of these papers stay even if no listing has them, because a reader bookmarked them. */
export async function findOwned(tx: Transaction, keys: number[]): Promise<Set<number>> {
  await lockReaders(tx);
  const owned = await tx.bookmark.findMany({ where: { paperKey: { in: keys } }, select: { paperKey: true } });
  return new Set(owned.map(({ paperKey }) => paperKey));
}

/**
 * Waits for changes that readers are making, and lets new ones wait (changes.ts), so that none is lost with a paper that
 * is deleted. On SQLite, a transaction that has written is alone anyway.
 */
async function lockReaders(tx: Transaction): Promise<void> {
  await tx.$executeRaw`UPDATE "Reader" SET id = id`;
}
