export const formatPapers = (papers: number) =>
  papers === 1 ? "1 paper" : `${papers.toLocaleString("en")} papers`;

/** The number of new papers in an edition, in words. */
export function formatNewOf(unseen: number, total: number): string {
  if (unseen === 0) return "all seen";
  return `${unseen.toLocaleString("en")} of ${total.toLocaleString("en")} new`;
}

export const formatNewPapers = (papers: number) =>
  papers === 1 ? "1 new paper" : `${papers.toLocaleString("en")} new papers`;

/** The number of new papers in the queue, in words. */
export const formatUnseen = (papers: number) => (papers === 0 ? "All seen" : formatNewPapers(papers));
