import type { Day } from "../days";
import { parseLines } from "../imports/lines";
import { isJsonLines, isLibrary } from "../listings/formats/jsonl";
import type { Context, Listing } from "../listings/listing";
import { parseListing } from "../listings/parse";
import { excerptOf } from "../listings/reasons";
import { printable } from "../printable";
import type { Upload } from "../readers/uploads";
import { decodeUpload } from "./decode";
import { maxEntries } from "./limits";

/** What an upload holds, its text, and the context in which it was parsed. */
export type ReadUpload = { listing: Listing; text: string; context: Context };

/** Why an upload cannot be read, and how it begins. */
export type Unreadable = { problem: string; beginning: string };

/**
 * Parses an upload, taken on `pageDate` if that is known, by the first format that recognizes it; ids are found in any other text. It may take seconds, so the
 * server runs it on another thread.
 */
export function tryToRead(
  upload: Pick<Upload, "name" | "body">,
  today: Day,
  pageDate: Day | null,
): ReadUpload | Unreadable {
  try {
    return readUpload(upload, today, pageDate);
  } catch (error) {
    // Formats throw an Error of one line for a body that they cannot read.
    if (!(error instanceof Error)) throw error;
    return { problem: error.message, beginning: excerptOf(printable(upload.body.toString("utf8", 0, 1000))) };
  }
}

function readUpload(
  { name, body }: Pick<Upload, "name" | "body">,
  today: Day,
  pageDate: Day | null,
): ReadUpload {
  const source = name ?? "pasted text";
  const context: Context = { source, url: null, pageDate, kind: null, today };
  const text = decodeUpload(body);
  const listing = placeOn(pageDate, parseJsonLines(text) ?? parseOrCollect(text, context));
  const { entries, rejections, knownById = [] } = listing;
  const total = entries.length + rejections.length + knownById.length;
  if (total > maxEntries)
    throw new Error(
      `expected at most ${maxEntries.toLocaleString("en")} entries, got ${total.toLocaleString("en")}; divide the file`,
    );
  return { listing, text, context };
}

/** The listing of the day that the reader chose, whatever it says itself. */
function placeOn(day: Day | null, listing: Listing): Listing {
  const { kind, listedOn, entries } = listing;
  if (day === null || kind !== "day" || listing.format === "jsonl") return listing;
  return {
    ...{ ...listing, listedOn: day, listedOnInferred: false, period: day },
    entries: entries.map((entry) =>
      entry.paper.listedOn === listedOn ? { ...entry, paper: { ...entry.paper, listedOn: day } } : entry,
    ),
  };
}

function parseOrCollect(text: string, context: Context): Listing {
  try {
    return parseListing(text, { ...context, collectIds: true });
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("ids:"))) throw error;
    return parseListing(text, context); // its error says more than that there are no ids
  }
}

function parseJsonLines(text: string): Listing | null {
  const lines = text.split("\n");
  if (!isJsonLines(lines.slice(0, 20))) return null;
  const batch = parseLines(
    lines.flatMap((line, at): [number, string][] => (line.trim() === "" ? [] : [[at + 1, line]])),
  );
  // Part of an exported library may have lost its first line.
  const isOwn = isLibrary(lines) || batch.entries.some(({ brought }) => brought);
  const kind = isOwn ? "library" : "day";
  return { format: "jsonl", kind, period: null, listedOn: null, listedOnInferred: false, ...batch };
}
