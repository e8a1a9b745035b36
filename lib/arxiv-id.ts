/** `2508.04581`, `0704.0001`, `cs/0601001`, `math.AG/0601001`; without a version. */
const form = /^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?\/\d{7})$/;

/** An arXiv id without its version, or null for a text that is none. */
export function toArxivId(text: string): string | null {
  const id = text.trim().replace(/v\d+$/, "");
  return form.test(id) ? id : null;
}

/**
 * The arXiv id of a text that is nothing but one, as readers copy it: with `arXiv:`, as an address or a DOI of arXiv, in
 * brackets or before a full stop. Null for any other text.
 */
export function arxivIdOf(text: string): string | null {
  const bare = text.replace(/^[\s<(["']+|[\s>)\]"'.,;]+$/g, "").replace(/^arxiv[:.\s]\s*/i, "");
  if (/\s/.test(bare)) return null;
  return arxivIdAt(bare.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/)?10\.48550\/arxiv\./i, ""));
}

/** The arXiv id that an address or another name of a paper ends with: `https://arxiv.org/abs/cs/0601001v2`, `oai:arXiv.org:2508.04581v1`. */
export function arxivIdAt(name: string): string | null {
  const [path = ""] = name.trim().split(/[?#]/, 1);
  const id = /(?:^|[/:])((?:[a-z-]+(?:\.[A-Z]{2})?\/)?[\d.]{7,10}(?:v\d+)?)(?:\.pdf)?$/.exec(path)?.[1] ?? "";
  return toArxivId(id) ?? toArxivId(id.replace(/^[a-z-]+\//, ""));
}
