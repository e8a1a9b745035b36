import { change } from "./changes";
import { applyRows, type MarkRow, toBookmarks } from "./mark-rows";
import { findKeys } from "./paper-keys";

export const maxNoteLength = 100_000;

/**
 * Writes the note of papers, in Markdown, and bookmarks them; an empty text deletes it. Can be undone. False if none is in
 * the library.
 */
export async function writeNote(reader: string, ids: string[], text: string): Promise<boolean> {
  const keys = await findKeys(ids);
  if (keys.length === 0) return false;
  await change(reader, async (tx) => {
    const marks = await applyRows(tx, reader, toNotes(keys, text, new Date()));
    const kind = text.trim() === "" ? "unnoted" : "noted";
    return marks.length === 0 ? null : { kind, marks };
  });
  return true;
}

/** The notes of papers, which become bookmarked. A text without anything but spaces is none. */
export function toNotes(keys: number[], text: string, now: Date): MarkRow[] {
  const isEmpty = text.trim() === "";
  const createdAt = isEmpty ? null : now;
  const value = text.replace(/\r\n?/g, "\n").trimEnd();
  const notes = keys.map((paperKey): MarkRow => ({ mark: "Note", paperKey, item: "", createdAt, value }));
  return isEmpty ? notes : [...toBookmarks(keys, now), ...notes];
}
