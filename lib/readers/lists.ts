import { z } from "zod";
import { oneLine } from "../cite/cite-item";
import { database, type Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { foldName } from "../fold-name";
import { change } from "./changes";
import { openList, toListed } from "./list-rows";
import { applyRows, clearMarks, toBookmarks } from "./mark-rows";
import { findKeys } from "./paper-keys";

// They would turn around what follows the name.
const directions = /[\u202a-\u202e\u2066-\u2069]/g;

/** The name of a list, tag or watch on one line. It has something that can be seen besides quotes. */
export const nameSchema = z
  .string()
  .transform((text) => oneLine(text.replace(directions, "")))
  .pipe(z.string().min(1, "a name").max(200, "at most 200 characters"))
  .refine((name) => foldName(name).replace(/\p{Cf}/gu, "") !== "", "a name");

type List = { id: number; name: string; createdAt: Date };

const findList = (db: Transaction, reader: string, name: string): Promise<List | null> =>
  db.readerList.findUnique({
    where: { readerId_folded: { readerId: reader, folded: foldName(name) } },
    select: { id: true, name: true, createdAt: true },
  });

/** Creates an empty list. Can be undone. False if there is a list of this name. */
export async function createList(reader: string, name: string): Promise<boolean> {
  let isNew = false;
  await change(reader, "list-created", async ({ tx }) => {
    const { before } = await openList(tx, reader, name);
    isNew = before.length > 0;
    return isNew ? { about: name, lists: before } : null;
  });
  return isNew;
}

/** Renames a list. Can be undone. False if there is no such list, or another one has the new name. */
export async function renameList(reader: string, from: string, to: string): Promise<boolean> {
  let isDone = false;
  await change(reader, "list-renamed", async ({ tx }) => {
    const list = await findList(tx, reader, from);
    const other = await findList(tx, reader, to);
    isDone = list !== null && (other === null || other.id === list.id);
    if (!list || !isDone || list.name === to) return null;
    await tx.readerList.update({ where: { id: list.id }, data: { name: to, folded: foldName(to) } });
    return { about: to, lists: [toBefore(list)] };
  });
  return isDone;
}

/** Deletes a list; its papers stay in the library. Can be undone. False if there is no such list. */
export async function deleteList(reader: string, name: string): Promise<boolean> {
  let isDone = false;
  await change(reader, "list-deleted", async (step) => {
    const { tx } = step;
    const list = await findList(tx, reader, name);
    isDone = list !== null;
    if (!list) return null;
    await clearMarks(
      step,
      "ListedPaper",
      Prisma.sql`(SELECT "paperKey", CAST("listId" AS TEXT) AS item FROM "ListedPaper" WHERE "listId" = ${list.id})`,
    );
    await tx.readerList.delete({ where: { id: list.id } });
    return { about: list.name, lists: [toBefore(list)] };
  });
  return isDone;
}

const toBefore = ({ id, name, createdAt }: List) => ({ id, name, createdAt: createdAt.toISOString() });

/** Adds papers to a list, which is created if there is none of this name, and bookmarks them. Can be undone. False if none is in the library. */
export async function addToList(reader: string, name: string, ids: string[]): Promise<boolean> {
  const keys = await findKeys(ids);
  if (keys.length === 0) return false;
  await change(reader, "listed", async (step) => {
    const list = await openList(step.tx, reader, name);
    const now = new Date();
    const changed = await applyRows(step, [...toBookmarks(keys, now), ...toListed(list.id, keys, now)]);
    return changed > 0 ? { about: list.name, lists: list.before } : null;
  });
  return true;
}

/** Removes papers from a list; they stay in the library. Can be undone. False if there is no such list, or none of the papers. */
export async function removeFromList(reader: string, name: string, ids: string[]): Promise<boolean> {
  const keys = await findKeys(ids);
  const list = await findList(database(), reader, name);
  if (keys.length === 0 || !list) return false;
  await change(reader, "unlisted", async (step) =>
    (await applyRows(step, toListed(list.id, keys, null))) > 0 ? { about: list.name } : null,
  );
  return true;
}
