import { type Day, toDay } from "../days";
import type { Database, Transaction } from "../db/open-database";
import type { Format } from "../listings/listing";
import { rereadEntry } from "../listings/parse";
import { unpackSource } from "../listings/source-bytes";
import { type Known, merge, type Still, still, toKnown } from "./merge";

/** An entry's record of its paper, and where it came from. */
export type Said = { known: Known; asOf: Day; listing: Giver };
/** The listing that a value came from. */
export type Giver = { id: number; format: string; kind: string; period: string | null; readAt: Date };

/** The records of the entries of papers, by paper, in the order of import. At most 500 papers at a time. */
export async function listSaid(tx: Transaction, keys: number[]): Promise<Map<number, Said[]>> {
  const said = new Map<number, Said[]>();
  const entries = await tx.entry.findMany({
    where: { paperKey: { in: keys } },
    include: {
      listing: { select: { id: true, format: true, kind: true, period: true, readAt: true, asOf: true } },
    },
    orderBy: [{ listingId: "asc" }, { place: "asc" }],
  });
  for (const { paperKey, source, listedOn, listing } of entries) {
    const format = listing.format as Format; // only this program writes it
    const asOf = listing.asOf ?? toDay(listing.readAt);
    const known = toKnown(rereadEntry(format, unpackSource(source), listedOn), format, asOf);
    said.set(paperKey, [...(said.get(paperKey) ?? []), { known, asOf, listing }]);
  }
  return said;
}

/** Which listing gave each field of a paper that should not move; fields that nobody gave are left out. */
export async function findGivers(db: Database, paperKey: number): Promise<Map<Still, Giver>> {
  const [first, ...rest] = (await listSaid(db, [paperKey])).get(paperKey) ?? [];
  const givers = new Map<Still, Giver>();
  if (!first) return givers;
  const has = ({ record }: Known, field: Still) => JSON.stringify(record[field]);
  for (const field of still) if (!nothing.has(has(first.known, field))) givers.set(field, first.listing);
  let { known } = first;
  for (const { known: said, listing } of rest) {
    const next = merge(known, said);
    for (const [at, field] of still.entries()) {
      const [before, now] = [has(known, field), has(next, field)];
      if (now !== before || next.given[at] !== known.given[at]) givers.set(field, listing);
    }
    known = next;
  }
  return givers;
}

const nothing = new Set(["null", "[]"]);
