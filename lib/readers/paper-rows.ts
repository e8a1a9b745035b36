import type { Transaction } from "../db/client";
import { moveRows } from "../db/move-rows";
import { Prisma } from "../db/prisma";
import { joinNotes } from "../join-notes";

// The catalog calls these functions instead of naming the reader's tables.

/** Moves everything readers did with one paper to another: the two turned out to be the same. */
export async function moveReaderRows(tx: Transaction, from: number, to: number): Promise<void> {
  await lockReaders(tx);
  await joinBookmarks(tx, from, to);
  await appendNotes(tx, from, to);
  await moveRows(tx, "Bookmark", ["readerId"], from, to);
  await moveRows(tx, "Seen", ["readerId"], from, to);
  await moveRows(tx, "Note", ["readerId"], from, to);
  await moveRows(tx, "ListedPaper", ["listId"], from, to);
  await moveRows(tx, "OwnTag", ["readerId", "name"], from, to);
  await moveRows(tx, "WatchMatch", ["watchId"], from, to);
  await moveRows(tx, "ChangedMark", ["changeId", "mark", "item"], from, to);
}

/** Of two bookmarks, one whose state was chosen decides over one that is still to read. */
async function joinBookmarks(tx: Transaction, from: number, to: number): Promise<void> {
  await tx.$executeRaw`UPDATE "Bookmark" SET state = (SELECT o.state FROM "Bookmark" AS o
      WHERE o."paperKey" = ${from} AND o."readerId" = "Bookmark"."readerId")
    WHERE "paperKey" = ${to} AND state = 'toread'
      AND "readerId" IN (SELECT o."readerId" FROM "Bookmark" AS o WHERE o."paperKey" = ${from})`;
}

/** Of two notes, the one that moves is appended to the other. */
async function appendNotes(tx: Transaction, from: number, to: number): Promise<void> {
  // Undoing what was written about one paper would take away what was written about the other.
  const wrote = (key: number) => Prisma.sql`c."readerId" IN (
    SELECT n."readerId" FROM "Note" AS n WHERE n."paperKey" = ${key}
    UNION SELECT d."readerId" FROM "ChangedMark" AS m JOIN "Change" AS d ON d.id = m."changeId"
      WHERE m.mark = 'Note' AND m."paperKey" = ${key})`;
  await tx.$executeRaw`DELETE FROM "ChangedMark" WHERE mark = 'Note' AND "paperKey" IN (${from}, ${to})
    AND "changeId" IN (SELECT c.id FROM "Change" AS c WHERE ${wrote(from)} AND ${wrote(to)})`;
  for (const { readerId, text, terms } of await tx.note.findMany({ where: { paperKey: from } })) {
    const where = { readerId_paperKey: { readerId, paperKey: to } };
    const note = await tx.note.findUnique({ where });
    const joined = note && joinNotes(note.text, text);
    if (!note || !joined || joined === note.text) continue;
    // The terms of each stand between spaces, and no phrase goes on across the gap.
    await tx.note.update({ where, data: { text: joined, terms: `${note.terms}·${terms}` } });
  }
}

/** Which of these papers stay even if no listing has them, because a reader attached something to them. */
export async function findOwned(tx: Transaction, keys: number[]): Promise<Set<number>> {
  await lockReaders(tx);
  const query = { where: { paperKey: { in: keys } }, select: { paperKey: true } };
  const owned = [
    ...(await tx.bookmark.findMany(query)),
    ...(await tx.note.findMany(query)),
    ...(await tx.listedPaper.findMany(query)),
    ...(await tx.ownTag.findMany(query)),
  ];
  return new Set(owned.map(({ paperKey }) => paperKey));
}

/**
 * Waits for changes that readers are making, and lets new ones wait (changes.ts), so that none is lost with a paper that
 * is deleted. On SQLite, a transaction that has written is alone anyway.
 */
async function lockReaders(tx: Transaction): Promise<void> {
  await tx.$executeRaw`UPDATE "Reader" SET id = id`;
}
