import type { Brought, ListingHead } from "../listings/listing";

/**
 * Whether an entry of a file is from a reader's library. Our own export may also have papers that were not bookmarked, and
 * says for each whether it was.
 */
export function isOwn({ kind, format }: ListingHead, brought: Brought | undefined): boolean {
  if (kind !== "library") return false;
  if (format !== "jsonl") return true;
  if (!brought) return false;
  const { at, state, note, lists, tags } = brought;
  return at !== null || state !== null || note !== null || lists.length + tags.length > 0;
}
