import type { Paper } from "@/lib/paper";
import { arxivLinks, toWebAddress } from "@/lib/papers/links";

/** Links to the paper on arXiv and to its code and project. */
export function PaperLinks({ paper }: { paper: Paper }) {
  const arxiv = paper.arxivId ? arxivLinks(paper.arxivId) : null;
  const stars = paper.code?.stars;
  const links = [
    { name: "arXiv", href: arxiv?.abstract },
    { name: "PDF", href: arxiv?.pdf },
    { name: "HTML", href: arxiv?.html },
    { name: stars ? `Code ${stars.toLocaleString("en")}★` : "Code", href: toWebAddress(paper.code?.url) },
    { name: "Project", href: toWebAddress(paper.projectPage) },
    { name: "Hugging Face", href: arxiv?.hub },
  ].filter((link) => link.href);
  if (links.length === 0) return null;
  return (
    <ul className="contents" aria-label="Paper links">
      {links.map(({ name, href }) => (
        <li key={name}>
          <a
            href={href ?? undefined}
            rel="noopener noreferrer"
            className="inline-block rounded-md border border-edge px-3 py-1.5 hover:border-ink"
          >
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
