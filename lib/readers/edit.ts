import { z } from "zod";
import type { Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { readingStates } from "../words/reading-states";
import { change } from "./changes";
import { openLists, toListed } from "./list-rows";
import { nameSchema } from "./lists";
import { applyRows, findRows, type MarkRow, toBookmarks } from "./mark-rows";
import { maxNoteLength, toNotes } from "./notes";
import { toTagged, toTagNames } from "./own-tags";
import { findKeys } from "./paper-keys";

const names = z.array(nameSchema).max(100, "at most 100 names");

/** What a reader attaches to a paper. Each field that is given replaces what was there. */
export const editSchema = z
  .strictObject({
    state: z.enum(readingStates, readingStates.join(", ")),
    /** Markdown. An empty text deletes the note. */
    note: z.string().max(maxNoteLength, `at most ${maxNoteLength.toLocaleString("en")} characters`),
    /** Lists that do not exist are created. */
    lists: names,
    tags: names,
  })
  .partial();
export type Edit = z.infer<typeof editSchema>;

/**
 * Replaces some of what a reader attached to a paper, in one step that can be undone. A paper that gets something is bookmarked.
 * False if it is not in the library.
 */
export async function edit(reader: string, id: string, { state, note, lists, tags }: Edit): Promise<boolean> {
  const [key] = await findKeys([id]);
  if (key === undefined) return false;
  await change(reader, "edited", async (step) => {
    const { tx } = step;
    const now = new Date();
    const { ids, before } = await openLists(tx, reader, lists ?? []);
    const wanted = [
      ...(note === undefined ? [] : toNotes([key], note, now)),
      ...[...ids.values()].flatMap((list) => toListed(list, [key], now)),
      ...toTagged([key], toTagNames(tags ?? []), now),
    ];
    const removed = [
      ...(lists ? await findOthers(tx, reader, "ListedPaper", key, wanted) : []),
      ...(tags ? await findOthers(tx, reader, "OwnTag", key, wanted) : []),
    ];
    const isKept = state !== undefined || wanted.some(({ createdAt }) => createdAt !== null);
    const bookmark = isKept ? toBookmarks([key], now).map((row) => ({ ...row, value: state ?? null })) : [];
    const others = wanted.filter(({ mark }) => mark !== "Bookmark");
    const changed = await applyRows(step, [...bookmark, ...others, ...removed]);
    return changed > 0 ? { lists: before } : null;
  });
  return true;
}

/** The marks of a paper that are not wanted, to be removed. */
async function findOthers(
  tx: Transaction,
  reader: string,
  mark: "ListedPaper" | "OwnTag",
  key: number,
  wanted: MarkRow[],
): Promise<MarkRow[]> {
  const kept = new Set(wanted.filter((row) => row.mark === mark).map(({ item }) => item));
  const there = await findRows(tx, reader, mark, Prisma.sql`"paperKey" = ${key}`);
  return there.filter(({ item }) => !kept.has(item)).map((row) => ({ ...row, createdAt: null }));
}
