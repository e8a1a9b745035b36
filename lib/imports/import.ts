import { learnPriors } from "../catalog/learn-priors";
import { saveListing } from "../catalog/save";
import type { Database } from "../db/client";
import { isJsonLines, isLibrary } from "../listings/formats/jsonl";
import { rejectKnownById } from "../listings/known-by-id";
import type { Context, Listing } from "../listings/listing";
import { parseListing } from "../listings/parse";
import { readBody, readFirstLines } from "../listings/read-source";
import type { Source } from "../listings/source";
import { recordListing } from "./history";
import { importLines } from "./import-lines";
import { asOfDay, type ImportOptions, type OnBatch } from "./import-options";
import { countUnsaved, type ImportResult } from "./import-result";
import { tryToStore } from "./try-to-store";

/**
 * Imports one source and records the import. If `db` is null, only parses it (counts then have only listed and
 * rejected). Throws an Error of one line if no format recognizes the body, or if it is not what was requested.
 */
export async function importSource(
  source: Source,
  options: ImportOptions,
  db: Database | null,
  onBatch: OnBatch,
): Promise<ImportResult> {
  const context = { ...options, source: source.name, url: source.url };
  const firstLines = await readFirstLines(source);
  if (isJsonLines(firstLines)) {
    const kind = context.kind ?? (isLibrary(firstLines) ? "library" : "day");
    return importLines(source, { ...context, kind }, db, onBatch);
  }
  const body = await readBody(source);
  if (db) return importBody(body, context, db, onBatch);
  const listing = rejectKnownById(parseListing(body, context));
  onBatch(listing, listing, null);
  return { head: listing, counts: countUnsaved(listing), broken: null, storeProblem: null };
}

async function importBody(
  body: string,
  context: ImportOptions & Context,
  db: Database,
  onBatch: OnBatch,
): Promise<ImportResult> {
  const { source, url, replayOf, requested } = context;
  const at = replayOf?.at ?? new Date();
  let listing: Listing;
  try {
    listing = rejectKnownById(parseListing(body, context));
  } catch (error) {
    // A file stays where it is, but what was downloaded may be useful to a later version.
    if (url !== null) await tryToStore(body, null, context, at, context.today);
    throw error;
  }
  const other = requested?.period && findOtherPeriod(requested.period, listing);
  if (other) throw new Error(`expected the list of ${requested?.period}, got that of ${other}`);
  const priors = context.priors ?? (await learnPriors(db));
  const info = { source, url, at, asOf: asOfDay(listing, context), priors };
  const storeProblem = await tryToStore(body, listing, context, at, info.asOf);
  const { listingId, ...counts } = await saveListing(db, listing, body, info, replayOf?.fingerprint);
  // An import of a stored body is already on record, unless no format recognized it then.
  if (!replayOf || (await db.import.count({ where: { listingId } })) === 0)
    await recordListing(db, listing, info, {
      counts,
      rejections: listing.rejections,
      error: null,
      listingId,
    });
  onBatch(listing, listing, null);
  return { head: listing, counts, broken: null, storeProblem };
}

/**
 * The period of a listing, if it is not the requested one; null if it is. A list whose entries all name other days is
 * not the list of the requested day.
 */
function findOtherPeriod(requested: string, { kind, period, entries }: Listing): string | null {
  if (period !== requested) return period ?? "no day";
  const days = kind === "day" ? entries.map(({ paper }) => paper.listedOn) : [];
  return days.length === 0 || days.includes(requested) ? null : (days[0] ?? "no day");
}
