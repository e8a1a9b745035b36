/** Where a reader is with a bookmarked paper. A new bookmark has the first. */
export const readingStates = ["toread", "reading", "read", "archived"] as const;
export type ReadingState = (typeof readingStates)[number];

export const stateNames: Record<ReadingState, string> = {
  toread: "To read",
  reading: "Reading",
  read: "Read",
  archived: "Archived",
};
