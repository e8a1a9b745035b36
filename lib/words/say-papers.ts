export const sayPapers = (papers: number) =>
  papers === 1 ? "1 paper" : `${papers.toLocaleString("en")} papers`;

/** How many papers of an edition are new, in words. */
export function sayNew(unseen: number, of: number): string {
  if (unseen === 0) return "all seen";
  return `${unseen.toLocaleString("en")} of ${of.toLocaleString("en")} new`;
}

export const sayNewPapers = (papers: number) =>
  papers === 1 ? "1 new paper" : `${papers.toLocaleString("en")} new papers`;

/** How many papers of the queue are new. */
export const sayUnseen = (papers: number) => (papers === 0 ? "All seen" : sayNewPapers(papers));
