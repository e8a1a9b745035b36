export const sayPapers = (papers: number) =>
  papers === 1 ? "1 paper" : `${papers.toLocaleString("en")} papers`;
