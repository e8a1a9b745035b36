import type { Paper } from "@/lib/paper";
import { arxivLinks, scholarLink, toWebAddress } from "@/lib/papers/links";
import { toPlain } from "@/lib/tex/split";

/** Where else the paper is: to read it, to discuss it, its code. */
export function PaperLinks({ paper }: { paper: Paper }) {
  const arxiv = paper.arxivId ? arxivLinks(paper.arxivId) : null;
  const stars = paper.code?.stars;
  const links = [
    { name: "PDF", href: arxiv?.pdf },
    { name: "HTML", href: arxiv?.html },
    { name: "arXiv", href: arxiv?.abstract },
    { name: "Hugging Face", href: arxiv?.hub },
    { name: "alphaXiv", href: arxiv?.alphaxiv },
    { name: stars ? `Code ${stars.toLocaleString("en")}★` : "Code", href: toWebAddress(paper.code?.url) },
    { name: "Project", href: toWebAddress(paper.projectPage) },
    { name: "Google Scholar", href: scholarLink(toPlain(paper.title)) },
  ].filter((link) => link.href);
  return (
    <ul className="mt-6 flex flex-wrap gap-2 print:hidden" aria-label="Paper links">
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
