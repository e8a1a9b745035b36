export const formatPapers = (papers: number) =>
  papers === 1 ? "1 paper" : `${papers.toLocaleString("en")} papers`;

/** How far a reader is in an edition: `17 papers`, or `9 of 17 seen`. */
export function formatProgress(seen: number, total: number): string {
  if (seen === 0) return formatPapers(total);
  return `${seen.toLocaleString("en")} of ${total.toLocaleString("en")} seen`;
}

/** `8 new`; nothing if there are none. */
export const formatNew = (papers: number) => (papers === 0 ? "" : `${papers.toLocaleString("en")} new`);

/** The end of an edition: `End of the edition.`, `9 of 17 seen.`, or `Done. 2 bookmarked.` */
export function formatDone(seen: number, total: number, bookmarked: number): string {
  if (seen === 0) return "End of the edition.";
  if (seen < total) return `${formatProgress(seen, total)}.`;
  return bookmarked > 0 ? `Done. ${bookmarked.toLocaleString("en")} bookmarked.` : "Done.";
}

export const formatNewPapers = (papers: number) =>
  papers === 1 ? "1 new paper" : `${papers.toLocaleString("en")} new papers`;

/** The number of new papers in the queue, in words. */
export const formatUnseen = (papers: number) => (papers === 0 ? "All seen" : formatNewPapers(papers));

/** Papers that belong to a time by their publication alone, to follow a number of listed papers. */
export const formatUnlisted = (papers: number) => `+${papers.toLocaleString("en")} published, not listed`;
