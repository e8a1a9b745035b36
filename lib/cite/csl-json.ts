import { arxivLinks } from "../papers/links";
import { arxivDoi, authorNote, type CiteItem, citedYear, keywordsOf, oneLine } from "./cite-item";
import { type Name, toNames } from "./name";

type CslName =
  | { literal: string }
  | { family: string; given?: string; "non-dropping-particle"?: string; suffix?: string };

/** An item of CSL-JSON, as its schema allows it. */
export type CslItem = {
  id: string;
  type: "article";
  genre?: string;
  publisher?: string;
  number?: string;
  title: string;
  author?: CslName[];
  issued?: { "date-parts": [number[]] };
  DOI?: string;
  URL?: string;
  abstract?: string;
  keyword?: string;
  note?: string;
  custom: { id: string };
};

/** A paper in CSL-JSON, whose type for preprints is `article`. `custom.id` is the paper's id here. */
export function toCsl(item: CiteItem): CslItem {
  const { paper, id, citeKey } = item;
  const { arxivId } = paper;
  const issued = paper.publishedOn ?? citedYear(paper);
  const authors = toNames(paper.authors).map(toCslName);
  const keywords = keywordsOf(item).join(", ");
  const note = authorNote(paper);
  return {
    id: citeKey,
    type: "article",
    ...(arxivId && { genre: "Preprint", publisher: "arXiv", number: `arXiv:${arxivId}` }),
    title: oneLine(paper.title),
    ...(authors.length > 0 && { author: authors }),
    ...(issued && { issued: { "date-parts": [issued.split("-").map(Number)] } }),
    ...(arxivId && { DOI: arxivDoi(arxivId), URL: arxivLinks(arxivId).abstract }),
    ...(paper.abstract && { abstract: paper.abstract.toWellFormed() }),
    ...(keywords && { keyword: keywords }),
    ...(note && { note }),
    custom: { id },
  };
}

/** Streams an array with an item a line. */
export async function* writeCslJson(items: AsyncIterable<CiteItem>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const item of items) {
    yield before + JSON.stringify(toCsl(item));
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

function toCslName(name: Name): CslName {
  if ("literal" in name) return name;
  const { family, given, particle, suffix } = name;
  return {
    family,
    ...(given && { given }),
    ...(particle && { "non-dropping-particle": particle }),
    ...(suffix && { suffix }),
  };
}
