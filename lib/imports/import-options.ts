import type { Day } from "../days";
import type { Batch, Context, Kind, ListingHead } from "../listings/listing";
import { endOf } from "../listings/place-in-time";
import type { Priors } from "../tags/priors";
import type { BodyInfo, BodyStore } from "./bodies";
import type { LinesParser } from "./lines";

/**
 * Context that is not in the body, and where to store the body. `replayOf` describes the earlier import of a stored
 * body.
 */
export type ImportOptions = Omit<Context, "source" | "url"> & {
  bodies?: BodyStore | null;
  /** What was requested from Hugging Face. An answer for another day, week or month is refused. */
  requested?: { kind: Kind; period: string | null };
  replayOf?: Pick<BodyInfo, "at" | "fingerprint">;
  /** What tags of new texts are based on. Without it, an import learns it from the library. */
  priors?: Priors;
  /** How to parse a long file. Without it, batches are parsed and saved in turn. */
  parseMany?: LinesParser;
};
/** Receives each batch, saved or not, and the number of lines if it is known. */
export type OnBatch = (head: ListingHead, batch: Batch, lines: number | null) => void;

/** The day of a listing's votes: today if it was just downloaded, or else the earliest possible day. */
export function asOfDay({ listedOn, period }: ListingHead, { asOf, url, pageDate, today }: Context): Day {
  if (asOf) return asOf;
  if (url !== null) return today;
  const day = pageDate ?? listedOn ?? (period === null ? today : endOf(period));
  return day < today ? day : today;
}
