import path from "node:path";
import { engineFor } from "@/lib/db/engine-for";
import { databaseProblem } from "@/lib/db/problem";
import { readEnv } from "@/lib/env";
import type { ImportResult } from "@/lib/imports/import-result";
import type { ListingEntry, Note, Rejection } from "@/lib/listings/listing";
import type { Source } from "@/lib/listings/source";
import { printable } from "@/lib/printable";
import { systemProblem } from "@/lib/system-problem";
import type { Options } from "./options";

/** The result of a listing, as one line or as JSON. */
export function formatReport(
  { head, counts }: ImportResult,
  { name, url }: Pick<Source, "name" | "url">,
  errors: Rejection[],
  notes: Notes,
  { json, dryRun }: Options,
): string {
  const { format, kind, period, listedOn, listedOnInferred } = head;
  if (json) {
    const listing = { source: name, format, kind, listedOn, listedOnInferred, url };
    return printable(JSON.stringify({ listing, ...counts, errors, notes: [...notes.values()] }));
  }
  const what = kind === "day" ? format : `${format} ${kind}`;
  const unplaced = kind === "day" ? `${path.basename(name)} ${format}` : `${kind} ${format}`;
  const { listed, new: added, updated, unchanged, rejected } = counts;
  const saved = dryRun
    ? `${rejected} rejected, nothing written`
    : `${added} new, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`;
  return printable(`${period === null ? unplaced : `${period} ${what}`}: ${listed} listed, ${saved}`);
}

/**
 * An error as one line. Explains system codes in words, and names the file unless it is the source. Of Prisma's long
 * messages, only the last line is used.
 */
export function errorMessage(error: unknown, source?: string): string {
  if (!(error instanceof Error)) return String(error);
  const ofSystem = systemProblem(error);
  if (ofSystem) {
    const file = "path" in error ? error.path : undefined;
    return typeof file === "string" && file !== source ? `${file}: ${ofSystem}` : ofSystem;
  }
  const problem = databaseProblem(error);
  if (problem) {
    const { databaseUrl } = readEnv();
    return `${engineFor(databaseUrl).nameOf(databaseUrl)}: ${problem}`;
  }
  return error.message.trim().split("\n").at(-1) ?? error.message;
}

/** The time taken, and the peak memory. */
export function figuresOf(listed: number, seconds: number): string {
  const rate = Math.round(listed / seconds).toLocaleString("en");
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  return `scrape: ${listed.toLocaleString("en")} entries in ${seconds.toFixed(1)} s, ${rate} per second, at most ${peak} MB of memory`;
}

/** The fields ignored in a listing's entries, by cause: how many entries, and the first of them. */
export type Notes = Map<string, Note & { entries: number; first: number }>;

export function addNotes(notes: Notes, entries: ListingEntry[]): void {
  for (const { place, notes: own = [] } of entries)
    for (const note of own) {
      const cause = `${note.field}\n${note.expected}`;
      const known = notes.get(cause);
      if (known) known.entries++;
      else notes.set(cause, { ...note, entries: 1, first: place });
    }
}

/** One line per cause: `437 entries: ignored comments, expected a count (first: entry 12, "12 pages")`. */
export function noteLines(notes: Notes): string[] {
  return [...notes.values()].map(({ field, expected, excerpt, entries, first }) =>
    entries === 1
      ? `entry ${first}: ignored ${field} "${excerpt}", expected ${expected}`
      : `${entries.toLocaleString("en")} entries: ignored ${field}, expected ${expected} (first: entry ${first}, "${excerpt}")`,
  );
}
