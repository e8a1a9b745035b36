import { z } from "zod";
import type { BroughtWords } from "../brought";
import type { Note } from "../listing";
import { excerptOf } from "../reasons";

const fields = {
  at: z.string(),
  state: z.string(),
  note: z.string(),
  lists: z.array(z.string()),
  tags: z.array(z.string()),
};

/**
 * A bookmark as our own export writes it: `bookmark` in JSON Lines, and `custom.bookmark` in CSL-JSON. Null if there is
 * none. A field of another type is ignored, with a note.
 */
export function readBookmark(value: unknown): { words: BroughtWords; notes: Note[] } | null {
  if (value === undefined || value === null) return null;
  const bookmark = z.record(z.string(), z.unknown()).safeParse(value);
  if (!bookmark.success)
    return { words: {}, notes: [{ field: "bookmark", expected: "an object", excerpt: excerptOf(value) }] };
  const notes: Note[] = [];
  const read = <Name extends keyof typeof fields>(
    name: Name,
  ): z.output<(typeof fields)[Name]> | undefined => {
    const written = bookmark.data[name];
    if (written === undefined || written === null) return undefined;
    const parsed = fields[name].safeParse(written);
    if (parsed.success) return parsed.data as z.output<(typeof fields)[Name]>; // the schema of that name gave it
    const expected = name === "lists" || name === "tags" ? "a list of names" : "text";
    notes.push({ field: `bookmark.${name}`, expected, excerpt: excerptOf(written) });
    return undefined;
  };
  const [at, state, note, lists = [], tags = []] = [
    read("at"),
    read("state"),
    read("note"),
    read("lists"),
    read("tags"),
  ];
  return { words: { at, state, notes: note === undefined ? [] : [note], lists, tags }, notes };
}
