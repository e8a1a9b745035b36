import { listPath } from "./filter";

/** The addresses of a paper on arXiv, and on sites that go by its arXiv id. */
export function arxivLinks(arxivId: string) {
  return {
    abstract: `https://arxiv.org/abs/${arxivId}`,
    pdf: `https://arxiv.org/pdf/${arxivId}`,
    html: `https://arxiv.org/html/${arxivId}`,
    hub: `https://huggingface.co/papers/${arxivId}`,
    discussion: `https://huggingface.co/papers/${arxivId}#community`,
    alphaxiv: `https://www.alphaxiv.org/abs/${arxivId}`,
  };
}

/** A search for a title on Google Scholar. */
export function scholarLink(title: string): string {
  return `https://scholar.google.com/scholar?${new URLSearchParams({ q: `"${title}"` })}`;
}

/** A source's address if it is safe to link to, which `javascript:` and the like are not. */
export function toWebAddress(text: string | null | undefined): string | null {
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}

/** The address of all papers of an author, or of an organization. */
export const authorPath = (name: string) => listPath({ author: name });
export const organizationPath = (name: string) => listPath({ organization: name });

/** The address of all papers with a tag. */
export function tagPath(name: string): string {
  return listPath({ tag: [name] });
}
