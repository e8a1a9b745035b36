import { beginFingerprint, fingerprintOf } from "../catalog/fingerprint";
import { type Counts, saveBatch, saveListing } from "../catalog/save";
import type { Day } from "../days";
import type { Database } from "../db/client";
import { isJsonLines } from "../listings/formats/jsonl";
import type { Batch, Context, Kind, Listing, ListingHead, Rejection } from "../listings/listing";
import { parseListing } from "../listings/parse";
import { endOf } from "../listings/place-in-time";
import { readBody, readFirstLines, readLines, type Source } from "../listings/read-source";
import { systemProblem } from "../system-problem";
import { type BodyInfo, type BodyStore, storeBody } from "./bodies";
import { recordImport } from "./history";
import { type Lines, type LinesParser, parseLines } from "./lines";

// Large enough that many papers share one write of an index page. A mark set meanwhile waits for one batch, so the size
// adapts to keep this time even on a busy machine.
const mostInBatch = 200;
const leastInBatch = 50;
const batchMs = 150;

// Fewer lines are parsed before another thread has started.
const manyLines = 2000;

/**
 * The result of an import. `broken` says why it stopped before the end; what came before that is saved. `storeProblem` says
 * why the file could not be stored.
 */
export type ImportResult = {
  head: ListingHead;
  counts: Counts;
  broken: string | null;
  storeProblem: string | null;
};

/**
 * Context of a source that is not in the body, and where to store it. For a stored body, what it was imported as, and
 * when.
 */
export type ImportOptions = Omit<Context, "source" | "url"> & {
  bodies?: BodyStore;
  /** What was requested from Hugging Face. An answer for another day, week or month is refused. */
  asked?: { kind: Kind; period: string | null };
  again?: Pick<BodyInfo, "at" | "fingerprint">;
  /** How to parse a long file. Without it, batches are parsed and saved in turn. */
  parseMany?: LinesParser;
};
type OnBatch = (head: ListingHead, batch: Batch, lines: number | null) => void;

/**
 * Imports one source and records the import. If `db` is null, only parses it (counts then have only listed and
 * rejected). `onBatch` receives each batch, saved or not, and the number of lines if it is known. Throws an Error of one
 * line if no format recognizes the body, or if it is not what was requested.
 */
export async function importSource(
  source: Source,
  about: ImportOptions,
  db: Database | null,
  onBatch: OnBatch,
): Promise<ImportResult> {
  const context = { ...about, source: source.name, url: source.url };
  const firstLines = await readFirstLines(source);
  if (isJsonLines(firstLines)) return importLines(source, context, db, onBatch);
  const body = await readBody(source);
  if (!db) {
    const listing = parseListing(body, context);
    onBatch(listing, listing, null);
    return { head: listing, counts: countUnsaved(listing), broken: null, storeProblem: null };
  }
  const { name, url } = source;
  const at = about.again?.at ?? new Date();
  const store = async (head: ListingHead | null, asOf: Day) => {
    const { pageDate, kind, today, bodies } = about;
    const fingerprint = head && fingerprintOf(head, body);
    const context = { source: name, url, pageDate, kind, today, asOf, at, fingerprint };
    try {
      if (bodies) await storeBody(bodies, body, head, context);
      return null;
    } catch (error) {
      // The listing matters more. Without its file it just cannot be imported again.
      return `${bodies?.folder}: bodies are not kept: ${systemProblem(error) ?? String(error)}`;
    }
  };
  let listing: Listing;
  try {
    listing = parseListing(body, context);
  } catch (error) {
    // A file stays where it is, but what was downloaded may be useful to a later version.
    if (url !== null) await store(null, about.today);
    throw error;
  }
  const other = about.asked?.period && periodBeside(about.asked.period, listing);
  if (other) throw new Error(`asked for the list of ${about.asked?.period}, got that of ${other}`);
  const info = { source: name, url, at, asOf: asOfDay(listing, context) };
  const storeProblem = await store(listing, info.asOf);
  const { listingId, ...counts } = await saveListing(db, listing, body, info, about.again?.fingerprint);
  // An import of a stored body is already on record, unless no format recognized it then.
  if (!about.again || (await db.import.count({ where: { listingId } })) === 0)
    await record(db, listing, info, counts, listing.rejections, null, listingId);
  onBatch(listing, listing, null);
  return { head: listing, counts, broken: null, storeProblem };
}

/** What a listing is, if not what was requested. A list whose entries all name other days is not the requested day. */
function periodBeside(asked: string, { kind, period, entries }: Listing): string | null {
  if (period !== asked) return period ?? "no day";
  const days = kind === "day" ? entries.map(({ paper }) => paper.listedOn) : [];
  return days.length === 0 || days.includes(asked) ? null : (days[0] ?? "no day");
}

/** The day of a listing's votes: today if it was just downloaded, or else the earliest possible day. */
export function asOfDay({ listedOn, period }: ListingHead, { asOf, url, pageDate, today }: Context): Day {
  if (asOf) return asOf;
  if (url !== null) return today;
  const day = pageDate ?? listedOn ?? (period === null ? today : endOf(period));
  return day < today ? day : today;
}

function record(
  db: Database,
  { format, kind, period, listedOn }: ListingHead,
  { source, url, at }: { source: string; url: string | null; at: Date },
  counts: Counts,
  rejections: Rejection[],
  error: string | null,
  listingId: number | null,
): Promise<void> {
  return recordImport(db, {
    ...{ at, source, url, format, kind, period, listedOn },
    ...{ counts, rejections, error, listingId },
  });
}

async function importLines(
  source: Source,
  context: ImportOptions & Context,
  db: Database | null,
  onBatch: OnBatch,
): Promise<ImportResult> {
  const head: ListingHead = {
    format: "jsonl",
    kind: context.kind ?? "day",
    period: null, // each line has its day
    listedOn: null,
    listedOnInferred: false,
  };
  const { fingerprint, lines: all } = db ? await sumUp(source, head) : { fingerprint: "", lines: null };
  const counts: Counts = { listed: 0, new: 0, updated: 0, unchanged: 0, rejected: 0 };
  const rejections: Rejection[] = [];
  const info = { source: source.name, url: source.url, at: new Date(), asOf: asOfDay(head, context) };
  let listing: number | null = null;

  let broken: string | null = null;
  let size = mostInBatch;
  const lines = gather(
    source,
    () => size,
    (why) => {
      broken = why;
    },
  );
  const parse = (db && (all ?? 0) >= manyLines && context.parseMany) || parseEach;
  for await (const batch of parse(lines)) {
    if (db) {
      const at = new Date();
      const begun = performance.now();
      const { listingId, ...some } = await saveBatch(db, head, fingerprint, batch, { ...info, at });
      const fitting = Math.round((some.listed * batchMs) / (performance.now() - begun));
      size = Math.min(mostInBatch, Math.max(leastInBatch, fitting));
      add(counts, some);
      listing = listingId ?? listing;
    } else add(counts, countUnsaved(batch));
    rejections.push(...batch.rejections);
    onBatch(head, batch, all);
  }
  if (db) await record(db, head, { ...info, at: new Date() }, counts, rejections, broken, listing);
  return { head, counts, broken, storeProblem: null };
}

/**
 * The lines of a source, at most `size()` at a time. If the source breaks off, returns what came before, then calls
 * `breakOff` with the reason.
 */
async function* gather(
  source: Source,
  size: () => number,
  breakOff: (why: string) => void,
): AsyncIterable<Lines> {
  let lines: Lines = [];
  let place = 0;
  try {
    for await (const line of readLines(source)) {
      place++;
      if (typeof line === "string" && line.trim() === "") continue;
      lines.push([place, line]);
      if (lines.length < size()) continue;
      yield lines;
      lines = [];
    }
  } catch (error) {
    breakOff((error as Error).message); // what came before is complete, one paper per line
  }
  if (lines.length > 0) yield lines;
}

async function* parseEach(all: AsyncIterable<Lines>): AsyncIterable<Batch> {
  for await (const lines of all) yield parseLines(lines);
}

function add(counts: Counts, some: Counts): void {
  for (const [name, count] of Object.entries(some)) counts[name as keyof Counts] += count; // the same names
}

async function sumUp(source: Source, head: ListingHead): Promise<{ fingerprint: string; lines: number }> {
  const hash = beginFingerprint(head);
  let lines = 0;
  try {
    for await (const chunk of source.open()) {
      hash.update(chunk);
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
    }
  } catch {
    // Parsing again, line by line, stops at the same place and says what is wrong there.
  }
  return { fingerprint: hash.digest("hex"), lines };
}

function countUnsaved({ entries, rejections }: Batch): Counts {
  const [listed, rejected] = [entries.length + rejections.length, rejections.length];
  return { listed, new: 0, updated: 0, unchanged: 0, rejected };
}
