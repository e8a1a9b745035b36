import { type Day, toDay } from "../days";
import type { Database, Transaction } from "../db/client";
import type { Format } from "../formats";
import { rereadEntry } from "../listings/parse";
import { unpackSource } from "../listings/source-bytes";
import { type Known, merge, type StableField, stableFields, toKnown } from "./merge";

/** An entry's record of its paper, and where it came from. */
export type Contribution = { known: Known; asOf: Day; listing: Provenance };
/** The listing that a value came from. */
export type Provenance = {
  id: number;
  format: string;
  kind: string;
  period: string | null;
  importedAt: Date;
};

/** The records of the entries of papers, by paper, in the order of import. At most 500 papers at a time. */
export async function loadContributions(
  tx: Transaction,
  keys: number[],
): Promise<Map<number, Contribution[]>> {
  const contributions = new Map<number, Contribution[]>();
  const entries = await tx.entry.findMany({
    where: { paperKey: { in: keys } },
    include: {
      listing: { select: { id: true, format: true, kind: true, period: true, importedAt: true, asOf: true } },
    },
    orderBy: [{ listingId: "asc" }, { place: "asc" }],
  });
  for (const { paperKey, source, listedOn, listing } of entries) {
    const format = listing.format as Format; // only this program writes it
    const asOf = listing.asOf ?? toDay(listing.importedAt);
    const known = toKnown(rereadEntry(format, unpackSource(source), listedOn), format, asOf);
    contributions.set(paperKey, [...(contributions.get(paperKey) ?? []), { known, asOf, listing }]);
  }
  return contributions;
}

/** The listing that each stable field of a paper came from. Fields without a value are omitted. */
export async function findProvenance(db: Database, paperKey: number): Promise<Map<StableField, Provenance>> {
  const [first, ...rest] = (await loadContributions(db, [paperKey])).get(paperKey) ?? [];
  const provenance = new Map<StableField, Provenance>();
  if (!first) return provenance;
  const jsonOf = ({ record }: Known, field: StableField) => JSON.stringify(record[field]);
  for (const field of stableFields)
    if (!noValue.has(jsonOf(first.known, field))) provenance.set(field, first.listing);
  let { known } = first;
  for (const { known: contribution, listing } of rest) {
    const next = merge(known, contribution);
    for (const [at, field] of stableFields.entries()) {
      const [before, now] = [jsonOf(known, field), jsonOf(next, field)];
      if (now !== before || next.fieldRanks[at] !== known.fieldRanks[at]) provenance.set(field, listing);
    }
    known = next;
  }
  return provenance;
}

const noValue = new Set(["null", "[]"]);
