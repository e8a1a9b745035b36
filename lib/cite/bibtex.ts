import { arxivLinks } from "../papers/links";
import { escapeBibtex, toBibtexText, toBibtexTitle } from "./bibtex-text";
import {
  arxivDoi,
  authorNote,
  type CiteItem,
  citedYear,
  keywordsOf,
  oneLine,
  primaryClass,
} from "./cite-item";
import { type Name, toNames } from "./name";

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/**
 * A BibTeX entry in arXiv's form, with what biblatex and Zotero read too. Citation.js is not used because it drops arXiv
 * ids, escapes nothing in UTF-8, and does not know formulas.
 */
export function toBibtex(item: CiteItem): string {
  const { paper } = item;
  const { arxivId } = paper;
  const month = paper.publishedOn?.slice(5, 7);
  const note = authorNote(paper);
  const braced = (value: string | null | undefined) => (value ? `{${value}}` : null);
  const fields: Record<string, string | null> = {
    title: braced(toBibtexTitle(paper.title)),
    author: braced(toAuthors(item)),
    year: braced(citedYear(paper)),
    month: months[Number(month) - 1] ?? null,
    eprint: braced(arxivId),
    archivePrefix: arxivId && "{arXiv}",
    // Zotero and biblatex know arXiv by this field, not by archivePrefix.
    eprinttype: arxivId && "{arxiv}",
    primaryClass: arxivId && braced(primaryClass(paper)),
    doi: arxivId && braced(arxivDoi(arxivId)),
    url: arxivId && braced(arxivLinks(arxivId).abstract),
    note: braced(note),
    keywords: braced(
      keywordsOf(item)
        .map((name) => escapeBibtex(name))
        .join(", "),
    ),
    abstract: braced(toBibtexText(paper.abstract ?? "")),
  };
  const lines = Object.entries(fields).flatMap(([field, value]) =>
    value ? [`  ${field.padEnd(13)} = ${value},\n`] : [],
  );
  return `@misc{${item.citeKey},\n${lines.join("")}}\n`;
}

/** Streams entries, separated by empty lines. */
export async function* writeBibtex(items: AsyncIterable<CiteItem>): AsyncGenerator<string> {
  let before = "";
  for await (const item of items) {
    yield before + toBibtex(item);
    before = "\n";
  }
}

function toAuthors({ paper }: CiteItem): string {
  const names = toNames(paper.authors).map(toBibtexName);
  const isCutOff = names.length > 0 && (paper.authorCount ?? 0) > paper.authors.length;
  return [...names, ...(isCutOff ? ["others"] : [])].join(" and ");
}

function toBibtexName(name: Name): string {
  if ("literal" in name) return `{${escapeBibtex(oneLine(name.literal))}}`;
  // BibTeX would take words in lower case, and what is before them, for a particle.
  const hidden = /(?:^|\s)\p{Ll}\S*\s/u.test(name.family) || name.family.toLowerCase() === "others";
  const family = hidden ? `{${escapeBibtex(name.family)}}` : escapeBibtex(name.family);
  const last = [name.particle, family].filter(Boolean).join(" ");
  return [last, name.suffix, name.given]
    .flatMap((part) => (part ? [part === last ? part : escapeBibtex(part)] : []))
    .join(", ");
}
