import { filterState } from "./filter";

/** The addresses of a paper on arXiv. */
export function arxivLinks(arxivId: string) {
  return {
    abstract: `https://arxiv.org/abs/${arxivId}`,
    pdf: `https://arxiv.org/pdf/${arxivId}`,
    html: `https://arxiv.org/html/${arxivId}`,
    hub: `https://huggingface.co/papers/${arxivId}`,
  };
}

/** A source's address if it is safe to link to, which `javascript:` and the like are not. */
export function toWebAddress(text: string | null | undefined): string | null {
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}

/** The address of a paper's page. An old arXiv id keeps its slash. */
export function paperPath(id: string): string {
  return `/papers/${id.split("/").map(encodeURIComponent).join("/")}`;
}

/** The address of all papers with a tag. */
export function tagPath(name: string): string {
  return filterState.href("/papers", { tag: [name] });
}
