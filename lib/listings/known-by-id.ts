import type { Batch } from "./listing";

/** Turns entries that only name a paper into rejected entries, for an import that does not look papers up. */
export function rejectKnownById<Some extends Batch>({
  knownById = [],
  ...batch
}: Some): Omit<Some, "knownById"> {
  const rejected = knownById.map(({ place, id, excerpt }) => ({
    entry: place,
    reason: `expected a title beside an id, got only ${id}`,
    excerpt,
  }));
  const rejections = [...batch.rejections, ...rejected].sort((a, b) => a.entry - b.entry);
  return { ...batch, rejections };
}
