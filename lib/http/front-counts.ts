/** What the front counts, for /metrics: plain numbers, because it counts every request. */
export type FrontCounts = {
  /** Shared pages sent from the cache. */
  hits: number;
  /** Of those that changed since, sent as they were because an import is running. */
  outdated: number;
  /** Shared pages that had to be rendered. */
  misses: number;
  /** Pages being rendered now, or waiting for it. */
  rendering: number;
};

export function newFrontCounts(): FrontCounts {
  return { hits: 0, outdated: 0, misses: 0, rendering: 0 };
}
