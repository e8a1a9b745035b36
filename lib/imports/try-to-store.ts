import { fingerprintOf } from "../catalog/fingerprint";
import type { Day } from "../days";
import { lineOf } from "../db/problem";
import type { Context, ListingHead } from "../listings/listing";
import { storeBody } from "./bodies";
import type { ImportOptions } from "./import-options";

/** Stores the body to be imported again later. Returns why it could not be stored, or null. */
export async function tryToStore(
  body: string,
  head: ListingHead | null,
  { source, url, pageDate, kind, today, bodies }: ImportOptions & Context,
  at: Date,
  asOf: Day,
): Promise<string | null> {
  if (!bodies) return null;
  const fingerprint = head && fingerprintOf(head, body);
  try {
    await storeBody(bodies, body, head, { source, url, pageDate, kind, today, asOf, at, fingerprint });
    return null;
  } catch (error) {
    // The listing matters more. Without its file it just cannot be imported again.
    return `${bodies.files.place}: could not store listing files: ${lineOf(error)}`;
  }
}
