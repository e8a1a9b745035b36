import { fingerprintOf } from "../catalog/fingerprint";
import { type Forgotten, forget } from "../catalog/forget";
import type { Database } from "../db/client";
import type { Listing } from "../db/prisma";
import { type BodyInfo, deleteBodies, findBodies, openBodies } from "./bodies";

/**
 * Removes a listing (see `forget`), then its stored file. Null if there is no such listing. Throws if the file could
 * not be removed; the listing is gone by then, but a replay would import it again.
 */
export async function forgetListing(db: Database, id: number): Promise<Forgotten | null> {
  const listing = await db.listing.findUnique({ where: { id } });
  if (!listing) return null;
  const bodies = openBodies(db);
  const files = await findBodies(bodies, (info, readBody) => isBodyOf(db, listing, info, readBody));
  const forgotten = await forget(db, listing);
  if (forgotten) await deleteBodies(bodies, files);
  return forgotten;
}

/** Also true of a body that was stored under another fingerprint, or none, and imported as this listing later. */
async function isBodyOf(
  db: Database,
  listing: Listing,
  { fingerprint }: BodyInfo,
  readBody: () => Promise<string | null>,
): Promise<boolean> {
  if (fingerprint === listing.fingerprint) return true;
  if (fingerprint !== null && (await db.listing.count({ where: { fingerprint } })) > 0) return false;
  const body = await readBody();
  return body !== null && fingerprintOf(listing, body) === listing.fingerprint;
}
