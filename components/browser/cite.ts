import { copyText } from "./copy";
import { request } from "./request";

// As many as an address has room for.
const maxPapers = 25;

/** Copies these papers as BibTeX, and returns what to tell the reader. */
export async function copyBibtex(papers: HTMLElement[]): Promise<string> {
  if (papers.length > maxPapers) return `Select up to ${maxPapers} papers, or use Export.`;
  const ids = papers.map((paper) => `id:${paper.id.slice("p-".length)}`);
  const answer = await request(
    `/api/v1/export?${new URLSearchParams({ format: "bibtex", q: ids.join(" OR ") })}`,
  );
  if (!answer?.ok) return "Could not copy: the server did not respond.";
  const bibtex = await answer.text();
  if (!(await copyText(bibtex))) return "Could not copy. The page “Cite” of a paper has its BibTeX.";
  return papers.length === 1 ? "Copied as BibTeX." : `Copied ${papers.length} papers as BibTeX.`;
}
