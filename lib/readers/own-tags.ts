import { Prisma } from "../db/prisma";
import { toTagName } from "../tags/topics";
import { change } from "./changes";
import { applyRows, clearMarks, type MarkRow, putMarks, toBookmarks } from "./mark-rows";
import { findKeys } from "./paper-keys";

/** Gives papers tags of the reader's own, and bookmarks them. Can be undone. False if none of the papers is in the library. */
export async function addTags(reader: string, ids: string[], names: string[]): Promise<boolean> {
  const keys = await findKeys(ids);
  const tags = toTagNames(names);
  if (keys.length === 0) return false;
  await change(reader, "tagged", async (step) => {
    const now = new Date();
    const changed = await applyRows(step, [...toBookmarks(keys, now), ...toTagged(keys, tags, now)]);
    return changed > 0 ? { about: tags.join("”, “") } : null;
  });
  return true;
}

/** Takes tags of the reader's own off papers. Can be undone. False if none of the papers is in the library. */
export async function removeTags(reader: string, ids: string[], names: string[]): Promise<boolean> {
  const keys = await findKeys(ids);
  const tags = toTagNames(names);
  if (keys.length === 0) return false;
  await change(reader, "untagged", async (step) =>
    (await applyRows(step, toTagged(keys, tags, null))) > 0 ? { about: tags.join("”, “") } : null,
  );
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
  if (old.length === 0) return isDone;
  const renamed = Prisma.sql`"OwnTag" WHERE "readerId" = ${reader} AND name IN (${Prisma.join(old)})`;
  await change(reader, "retagged", async (step) => {
    const put = Prisma.sql`
      (SELECT "paperKey", CAST(${name} AS TEXT) AS item, min("createdAt") AS "createdAt", NULL AS value FROM ${renamed} GROUP BY "paperKey")`;
    await putMarks(step, "OwnTag", put);
    isDone =
      (await clearMarks(step, "OwnTag", Prisma.sql`(SELECT "paperKey", name AS item FROM ${renamed})`)) > 0;
    return isDone ? { about: name } : null;
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
