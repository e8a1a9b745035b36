import { change } from "./changes";
import { applyRows, type MarkRow, toBookmarks } from "./mark-rows";
import { findKeys } from "./paper-keys";

export const maxNoteLength = 100_000;

// Nobody types these, and databases differ in what they store of them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern is meant to match them
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * Writes the note of papers, in Markdown, and bookmarks them; an empty text deletes it. Can be undone. False if none is in
 * the library.
 */
export async function writeNote(reader: string, ids: string[], text: string): Promise<boolean> {
  const keys = await findKeys(ids);
  if (keys.length === 0) return false;
  await change(reader, tidy(text) === "" ? "unnoted" : "noted", async (step) =>
    (await applyRows(step, toNotes(keys, text, new Date()))) > 0 ? {} : null,
  );
  return true;
}

/** The notes of papers, which become bookmarked. A text of nothing but spaces is no note. */
export function toNotes(keys: number[], text: string, now: Date): MarkRow[] {
  const value = tidy(text);
  const createdAt = value === "" ? null : now;
  const notes = keys.map((paperKey): MarkRow => ({ mark: "Note", paperKey, item: "", createdAt, value }));
  return value === "" ? notes : [...toBookmarks(keys, now), ...notes];
}

const tidy = (text: string) => text.replace(/\r\n?/g, "\n").replace(controls, "").toWellFormed().trimEnd();
