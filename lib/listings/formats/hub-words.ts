import { cleanWords, readCount } from "../clean";
import type { Kind } from "../listing";

/**
 * True for the text of a card that the Hub's model wrote: trending cards show its one sentence in place of the abstract,
 * and an abstract of one sentence is rarer than one in a hundred. The model never says "we".
 */
export function isMachineMade(text: string, kind: Kind | null): boolean {
  return (
    kind === "trending" && text.length < 500 && !/[.!?]\s+[A-Z]/.test(text) && !/\b(?:we|our)\b/i.test(text)
  );
}

/** Upvotes as the Hub prints them, `-` for none; null for what are no votes. */
export function readVotes(text: string): number | null {
  const votes = cleanWords(text);
  return votes === "-" ? 0 : readCount(votes);
}
