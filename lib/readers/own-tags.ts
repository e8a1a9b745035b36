import { Prisma } from "../db/prisma";
import { toTagName } from "../tags/topics";
import { change } from "./changes";
import { applyRows, findRows, type MarkRow, toBookmarks } from "./mark-rows";
import { findKeys } from "./paper-keys";

/** Gives papers tags of the reader's own, and bookmarks them. Can be undone. False if none of the papers is in the library. */
export async function addTags(reader: string, ids: string[], names: string[]): Promise<boolean> {
  const keys = await findKeys(ids);
  const tags = toTagNames(names);
  if (keys.length === 0) return false;
  await change(reader, async (tx) => {
    const now = new Date();
    const marks = await applyRows(tx, reader, [...toBookmarks(keys, now), ...toTagged(keys, tags, now)]);
    return marks.length === 0 ? null : { kind: "tagged", about: tags.join("”, “"), marks };
  });
  return true;
}

/** Takes tags of the reader's own off papers. Can be undone. False if none of the papers is in the library. */
export async function removeTags(reader: string, ids: string[], names: string[]): Promise<boolean> {
  const keys = await findKeys(ids);
  const tags = toTagNames(names);
  if (keys.length === 0) return false;
  await change(reader, async (tx) => {
    const marks = await applyRows(tx, reader, toTagged(keys, tags, null));
    return marks.length === 0 ? null : { kind: "untagged", about: tags.join("”, “"), marks };
  });
  return true;
}

/**
 * Renames a tag of the reader's own on all its papers, or merges several into one. Can be undone. False if the reader has
 * none of them, or the new name is none.
 */
export async function renameTags(reader: string, from: string[], to: string): Promise<boolean> {
  const [name] = toTagNames([to]);
  if (name === undefined) return false;
  const old = [...new Set([...from, ...toTagNames(from)])].filter((one) => one !== name);
  let isDone = false;
  await change(reader, async (tx) => {
    if (old.length === 0) return null;
    const rows = await findRows(tx, reader, "OwnTag", Prisma.sql`item IN (${Prisma.join(old)})`);
    isDone = rows.length > 0;
    const earliest = new Map<number, MarkRow>();
    for (const row of rows) {
      const known = earliest.get(row.paperKey);
      if (!known || Number(row.createdAt) < Number(known.createdAt)) earliest.set(row.paperKey, row);
    }
    const renamed = [...earliest.values()].map((row) => ({ ...row, item: name }));
    const removed = rows.map((row) => ({ ...row, createdAt: null }));
    const marks = await applyRows(tx, reader, [...removed, ...renamed]);
    return marks.length === 0 ? null : { kind: "retagged", about: name, marks };
  });
  return isDone;
}

/** Names of tags in the spelling of all tags, each once. */
export const toTagNames = (names: string[]): string[] => [
  ...new Set(names.map(toTagName).filter((name) => name !== "")),
];

/** Papers with tags, or with null, papers without them. */
export const toTagged = (keys: number[], tags: string[], createdAt: Date | null): MarkRow[] =>
  keys.flatMap((paperKey) =>
    tags.map((item): MarkRow => ({ mark: "OwnTag", paperKey, item, createdAt, value: null })),
  );
