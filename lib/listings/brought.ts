import { readingStates } from "../reading-states";
import { joinLines, tidyText } from "./clean";
import type { Brought, Note } from "./listing";
import { excerptOf } from "./reasons";

const maxNoteLength = 100_000;
const maxNameLength = 200;
const maxNames = 1000;
/** A text longer than this is no list of names, and is not split. */
export const maxWordsLength = maxNames * maxNameLength;

/** What a file says of a reader's own things, in its own words. */
export type BroughtWords = {
  at?: string | null;
  state?: string | null;
  /** Joined by blank lines. */
  notes?: string[];
  lists?: string[];
  tags?: string[];
  citeKey?: string | null;
};

/** Reads what a file says of a reader's own things. A value that makes no sense costs that value and adds a note. */
export function toBrought(words: BroughtWords): { brought: Brought; notes: Note[] } {
  const notes: Note[] = [];
  const ignore = (field: string, expected: string, value: string) => {
    notes.push({ field, expected, excerpt: excerptOf(value) });
    return null;
  };
  const names = (field: "lists" | "tags") => {
    const all = [...new Set((words[field] ?? []).map(toName).filter((name) => name !== ""))];
    const long = all.find((name) => name.length > maxNameLength);
    if (long) ignore(field, `names of at most ${maxNameLength} characters`, long);
    if (all.length > maxNames) ignore(field, `at most ${maxNames} names`, all[maxNames] ?? "");
    return all.filter((name) => name.length <= maxNameLength).slice(0, maxNames);
  };
  const note = [...new Set((words.notes ?? []).map(tidyText).filter(Boolean))].join("\n\n");
  const citeKey = words.citeKey?.trim() || null;
  const brought = {
    at: words.at?.trim() ? (readInstant(words.at) ?? ignore("bookmarked", "a time", words.at)) : null,
    state: words.state?.trim()
      ? (readState(words.state) ?? ignore("state", readingStates.join(", "), words.state))
      : null,
    note:
      note.length > maxNoteLength
        ? ignore("note", `at most ${maxNoteLength.toLocaleString("en")} characters`, note)
        : note || null,
    lists: names("lists"),
    tags: names("tags"),
    citeKey:
      citeKey === null || isCiteKey(citeKey)
        ? citeKey
        : ignore("key", "a citation key without spaces, of at most 200 characters", citeKey),
  };
  return { brought, notes };
}

/** Names in one text, separated by semicolons, or by commas if it has none. */
export function splitWords(text: string): string[] {
  if (text.length > maxWordsLength) return [text];
  return text.split(text.includes(";") ? ";" : /[,\n]/);
}

function toName(text: string): string {
  return joinLines(tidyText(text)).trim();
}

// What LaTeX, BibTeX and biber read as one key.
function isCiteKey(key: string): boolean {
  return key.length <= maxNameLength && /^[^\s,{}"\\%#~'()=]+$/u.test(key);
}

function readState(text: string): Brought["state"] {
  const letters = text.toLowerCase().replace(/[^a-z]/g, "");
  return readingStates.find((state) => state === letters) ?? null;
}

const instant =
  /^(\d{4})[-./](\d\d)[-./](\d\d)(?:[T\s]+(\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?\s*(Z|[+-]\d\d:?\d\d)?)?$/i;

/** An ISO instant from a date or a time, in UTC unless it says otherwise. Null if there was no such time since 1990. */
function readInstant(text: string): string | null {
  const match = instant.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, time = "00:00", fraction = "0", zone = "Z"] = match;
  const offset = zone.toUpperCase() === "Z" ? "Z" : zone.replace(/(\d\d):?(\d\d)$/, "$1:$2");
  const seconds = time.length === 5 ? `${time}:00` : time;
  const written = `${year}-${month}-${day}T${seconds}.${fraction.padEnd(3, "0").slice(0, 3)}`;
  const date = new Date(`${written}${offset}`);
  // A day such as 30 February would become 2 March.
  const isReal = !Number.isNaN(date.getTime()) && new Date(`${written}Z`).toISOString() === `${written}Z`;
  return isReal && date.getUTCFullYear() >= 1990 && date.getUTCFullYear() < 3000 ? date.toISOString() : null;
}
