// Archives that issued ids before April 2007. No newer archive ever did.
const archives =
  "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con";
const month = "(?:0[1-9]|1[0-2])";
// arXiv's scheme: a number of four digits from April 2007 to 2014, of five since.
const newStyle = String.raw`(?:07(?:0[4-9]|1[0-2])|(?:0[89]|1[0-4])${month})\.\d{4}|(?:1[5-9]|[2-8]\d)${month}\.\d{5}`;
const oldStyle = String.raw`(?:${archives})(?:\.[A-Z]{2})?\/(?:(?:9[1-9]|0[0-6])${month}|070[1-3])\d{3}`;
const idPattern = new RegExp(`^(?:${newStyle}|${oldStyle})$`);

/**
 * An arXiv id without its version: `2508.04581`, `0704.0001`, `cs/0601001`. Null for any other text, including an
 * impossible month. The subject class of an old id is dropped, so that a paper has one id: "math.CA/0611800v2" is
 * "arXiv:math/0611800v2" outside of arXiv (https://info.arxiv.org/help/arxiv_identifier_for_services.html).
 */
export function toArxivId(text: string): string | null {
  const id = text.trim().replace(/v[1-9]\d*$/, "");
  return idPattern.test(id) ? id.replace(/\.[A-Z]{2}\//, "/") : null;
}

/** The form of an arXiv category: `cs.LG`, `hep-th`, `cond-mat.mes-hall`. */
export const arxivCategory = new RegExp(
  String.raw`^(?:${archives}|eess|econ|q-fin|stat)(?:\.[A-Za-z-]{2,20})?$`,
);

/** The month in an arXiv id, `YYYY-MM`, in which the paper was submitted. */
export function arxivMonth(id: string): string {
  const [, year = "", month = ""] = /(\d\d)(\d\d)(?:\.\d+|\d{3})$/.exec(id) ?? [];
  return `${year >= "91" ? "19" : "20"}${year}-${month}`;
}

const idWithVersion = String.raw`(${newStyle}|${oldStyle})(?:v\d+)?`;
const hosts = String.raw`(?:[\w-]+\.)*(?:arxiv\.org|ar5iv\.org|alphaxiv\.org|huggingface\.co|hf\.co|papers\.cool)`;
const copiedForms = [
  String.raw`(?:arxiv preprint )?(?:arxiv[:\s]\s*)?${idWithVersion}`,
  String.raw`arxiv:${idWithVersion}\s+\[[\w.-]+\](?:\s+\d+\s+\w+\s+\d{4})?`, // the stamp of a PDF
  String.raw`\[${idWithVersion}\]\s.*`, // the title of its page
  String.raw`(?:https?:\/\/)?${hosts}\/(?:[\w-]+\/)?${idWithVersion}(?:\.pdf)?\/?(?:[?#].*)?`,
  String.raw`(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?10\.48550\/arxiv\.${idWithVersion}`,
].map((one) => new RegExp(`^${one}$`, "i"));

/**
 * The arXiv id in a text that is nothing else, in the forms readers copy: with `arXiv:`, as an address, a DOI, the
 * stamp on a PDF or the title of its page, in brackets or with a full stop. Null for any other text.
 */
export function arxivIdOf(text: string): string | null {
  const bare = text.normalize("NFKC").replace(/^[\s<("'“‘]+|[\s>)"'”’.,;]+$/g, "");
  for (const one of copiedForms) {
    const id = one.exec(bare)?.[1];
    if (id) return toArxivId(id);
  }
  return null;
}

const hasDigits = /\d{4}\.\d{4}|\/\d{7}/;

/** The arXiv ids in a text, in its order, each once. A number that only looks like one, in another address, is not one. */
export function arxivIdsIn(text: string): string[] {
  const words = text.match(/[^\s<>()[\]{}"'“”|,;]{9,500}/g) ?? [];
  const ids = words.map((word) => (hasDigits.test(word) ? arxivIdOf(word.replace(/[?!:]+$/, "")) : null));
  return [...new Set(ids.filter((id) => id !== null))];
}

/**
 * The arXiv id at the end of an address or identifier: `https://arxiv.org/abs/cs/0601001v2`,
 * `oai:arXiv.org:2508.04581v1`.
 */
export function arxivIdAt(name: string): string | null {
  const [path = ""] = name.trim().split(/[?#]/, 1);
  const id = /(?:^|[/:])((?:[a-z-]+(?:\.[A-Z]{2})?\/)?[\d.]{7,10}(?:v\d+)?)(?:\.pdf)?$/.exec(path)?.[1] ?? "";
  return toArxivId(id) ?? toArxivId(id.replace(/^[a-z-]+\//, ""));
}
