import type { Counts } from "../catalog/save";
import type { Batch, ListingHead } from "../listings/listing";

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

/** The counts of a batch that is only parsed. */
export function countUnsaved({ entries, rejections }: Batch): Counts {
  const [listed, rejected] = [entries.length + rejections.length, rejections.length];
  return { listed, new: 0, updated: 0, unchanged: 0, rejected };
}
