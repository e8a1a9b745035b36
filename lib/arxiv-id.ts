/** `2508.04581`, `0704.0001`, `cs/0601001`, `math.AG/0601001`; without a version. */
const form = /^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?\/\d{7})$/;

/** An arXiv id without its version, or null for a text that is none. */
export function toArxivId(text: string): string | null {
  const id = text.trim().replace(/v\d+$/, "");
  return form.test(id) ? id : null;
}

// With a month that there is, which most other numbers have not.
const asked = String.raw`((?:\d\d(?:0[1-9]|1[0-2])\.\d{4,5})|(?:[a-z-]+(?:\.[A-Z]{2})?\/\d\d(?:0[1-9]|1[0-2])\d{3}))(?:v\d+)?`;
const hosts = String.raw`(?:[\w-]+\.)*(?:arxiv\.org|ar5iv\.org|alphaxiv\.org|huggingface\.co|hf\.co|papers\.cool)`;
const askedForms = [
  String.raw`(?:arxiv preprint )?(?:arxiv[:\s]\s*)?${asked}`,
  String.raw`arxiv:${asked}\s+\[[\w.-]+\](?:\s+\d+\s+\w+\s+\d{4})?`, // the stamp of a PDF
  String.raw`\[${asked}\]\s.*`, // the title of its page
  String.raw`(?:https?:\/\/)?${hosts}\/(?:[\w-]+\/)?${asked}(?:\.pdf)?\/?(?:[?#].*)?`,
  String.raw`(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?10\.48550\/arxiv\.${asked}`,
].map((one) => new RegExp(`^${one}$`, "i"));

/**
 * The arXiv id of a text that is nothing but one, as readers copy it: with `arXiv:`, as an address, a DOI, the stamp of a PDF
 * or the title of its page, in brackets or before a full stop. Null for any other text.
 */
export function arxivIdOf(text: string): string | null {
  const bare = text.replace(/^[\s<("'“‘]+|[\s>)"'”’.,;]+$/g, "");
  for (const one of askedForms) {
    const id = one.exec(bare)?.[1];
    if (id) return toArxivId(id);
  }
  return null;
}

/** The arXiv id that an address or another name of a paper ends with: `https://arxiv.org/abs/cs/0601001v2`, `oai:arXiv.org:2508.04581v1`. */
export function arxivIdAt(name: string): string | null {
  const [path = ""] = name.trim().split(/[?#]/, 1);
  const id = /(?:^|[/:])((?:[a-z-]+(?:\.[A-Z]{2})?\/)?[\d.]{7,10}(?:v\d+)?)(?:\.pdf)?$/.exec(path)?.[1] ?? "";
  return toArxivId(id) ?? toArxivId(id.replace(/^[a-z-]+\//, ""));
}
