import { beginFingerprint } from "../catalog/fingerprint";
import { learnPriors } from "../catalog/learn-priors";
import { type Counts, saveBatch } from "../catalog/save";
import type { Database } from "../db/client";
import { engineOf } from "../db/engine";
import type { Batch, Context, Kind, ListingHead, Rejection } from "../listings/listing";
import { readLines } from "../listings/read-source";
import type { Source } from "../listings/source";
import { noCounts, recordListing } from "./history";
import { asOfDay, type ImportOptions, type OnBatch } from "./import-options";
import { countUnsaved, type ImportResult } from "./import-result";
import { type Lines, parseLines } from "./lines";

// Batches are large enough that many papers share one write of an index page. On SQLite, a reader's click waits for at
// most one batch, so the size adapts to take `ms`, even on a busy machine.
const batches = {
  sqlite: { min: 50, max: 200, ms: 150 },
  postgres: { min: 500, max: 500, ms: 1000 },
};

// Fewer lines are parsed here: by the time another thread has started, they would be done.
const manyLines = 2000;

/** Imports a source of JSON Lines in batches, each in a transaction of its own. */
export async function importLines(
  source: Source,
  context: ImportOptions & Context & { kind: Kind },
  db: Database | null,
  onBatch: OnBatch,
): Promise<ImportResult> {
  const head: ListingHead = {
    format: "jsonl",
    kind: context.kind,
    period: null, // each line has its day
    listedOn: null,
    listedOnInferred: false,
  };
  const { fingerprint, lines: total } = db ? await hashLines(source, head) : { fingerprint: "", lines: null };
  const counts: Counts = { ...noCounts };
  const rejections: Rejection[] = [];
  const priors = db && (context.priors ?? (await learnPriors(db)));
  const info = { source: source.name, url: source.url, at: new Date(), asOf: asOfDay(head, context) };
  let listing: number | null = null;

  let broken: string | null = null;
  const { min, max, ms } = batches[db ? engineOf(db) : "sqlite"];
  let size = max;
  const lines = readInBatches(
    source,
    () => size,
    (why) => {
      broken = why;
    },
  );
  const parseMany = (total ?? 0) >= manyLines ? context.parseMany : undefined;
  for await (const batch of priors && parseMany ? parseMany(lines, priors) : parseInTurn(lines)) {
    if (db && priors) {
      const at = new Date();
      const startedAt = performance.now();
      const { listingId, ...ofBatch } = await saveBatch(db, head, fingerprint, batch, {
        ...info,
        at,
        priors,
      });
      const fittingSize = Math.round((ofBatch.listed * ms) / (performance.now() - startedAt));
      size = Math.min(max, Math.max(min, fittingSize));
      add(counts, ofBatch);
      listing = listingId ?? listing;
    } else add(counts, countUnsaved(batch));
    rejections.push(...batch.rejections);
    onBatch(head, batch, total);
  }
  if (db) {
    const result = { counts, rejections, error: broken, listingId: listing };
    await recordListing(db, head, { ...info, at: new Date() }, result);
  }
  return { head, counts, broken, storeProblem: null };
}

/**
 * The lines of a source, at most `size()` at a time. If the source breaks off, returns what came before, then calls
 * `breakOff` with the reason.
 */
async function* readInBatches(
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

async function* parseInTurn(batches: AsyncIterable<Lines>): AsyncIterable<Batch> {
  for await (const lines of batches) yield parseLines(lines);
}

function add(counts: Counts, more: Counts): void {
  for (const [name, count] of Object.entries(more)) counts[name as keyof Counts] += count; // the same names
}

/** The fingerprint of a source, and how many lines it has. */
async function hashLines(source: Source, head: ListingHead): Promise<{ fingerprint: string; lines: number }> {
  const hash = beginFingerprint(head);
  let lines = 0;
  let last = 10;
  try {
    for await (const chunk of source.open()) {
      hash.update(chunk);
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
      last = chunk.at(-1) ?? last;
    }
    if (last !== 10) lines++; // the last line may end without a line feed
  } catch {
    // Parsing the lines afterwards stops at the same place and reports the error.
  }
  return { fingerprint: hash.digest("hex"), lines };
}
