import { fingerprintOf } from "../catalog/fingerprint";
import { learnPriors } from "../catalog/learn-priors";
import { type Counts, saveBatch } from "../catalog/save";
import type { Database } from "../db/client";
import { retryWhileLocked } from "../db/retry-while-locked";
import type { Context, Listing } from "../listings/listing";
import { noCounts, recordListing } from "./history";
import { asOfDay, type ImportOptions } from "./import-options";
import { tryToStore } from "./try-to-store";

// A reader's click waits for at most one batch.
const perBatch = 200;

/**
 * Imports a listing that was parsed from `text`, in batches, each in a transaction of its own, and records the import.
 * Entries that are known only by an id are not imported. Returns the counts.
 */
export async function importListing(
  db: Database,
  listing: Omit<Listing, "knownById">,
  text: string,
  context: ImportOptions & Context,
): Promise<Counts> {
  const { entries, rejections, ...head } = listing;
  const { source, url } = context;
  const at = new Date();
  const asOf = asOfDay(head, context);
  const priors = context.priors ?? (await learnPriors(db));
  const fingerprint = fingerprintOf(head, text);
  await tryToStore(text, head, context, at, asOf);
  const counts = { ...noCounts };
  let listingId: number | null = null;
  for (let from = 0; from === 0 || from < entries.length; from += perBatch) {
    const isLast = from + perBatch >= entries.length;
    const batch = {
      entries: entries.slice(from, from + perBatch),
      rejections: isLast ? rejections : [],
    };
    const saved = await retryWhileLocked(() =>
      saveBatch(db, head, fingerprint, batch, { source, url, at, asOf, priors }),
    );
    listingId = saved.listingId ?? listingId;
    for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name] += saved[name]; // the names of Counts
  }
  const result = { counts, rejections, error: null, listingId };
  await retryWhileLocked(() => recordListing(db, head, { source, url, at }, result));
  return counts;
}
