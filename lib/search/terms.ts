import { labelsOf, toLabel } from "./labels";
import { extrasOf, scan } from "./tokens";

/** What search knows of a paper. An organization and a submitter are known by several names. */
export type Searchable = {
  title: string;
  abstract: string | null;
  authors: string[];
  tags: string[];
  organization: (string | null)[];
  submitter: (string | null)[];
  /** What it has: code, project. */
  has: string[];
};

// Separates names and tags, so that no phrase matches across two of them. No query contains it.
const gap = " · ";

/** The search terms of a paper, by column of the index, and its words. All are separated by spaces. */
export type Terms = {
  columns: {
    title: string;
    abstract: string;
    titleExtras: string;
    abstractExtras: string;
    authors: string;
    tags: string;
    labels: string;
  };
  /** The words a reader can type to find it, folded but not stemmed, each once. */
  words: string;
};

/** Terms and words of a paper. Each text is scanned once. */
export function toTerms(paper: Searchable): Terms {
  const words = new Set<string>();
  const read = (text: string): [terms: string, extras: string] => {
    let [terms, extras] = ["", ""];
    for (const unit of scan(text)) {
      for (const { term, word } of unit.parts) {
        terms += terms ? ` ${term}` : term;
        words.add(word);
      }
      for (const { word } of unit.aliases) words.add(word);
      for (const { term } of extrasOf(unit)) extras += extras ? ` ${term}` : term;
    }
    return [terms, extras];
  };
  const names = (list: string[]) =>
    list
      .flatMap(read)
      .filter((terms) => terms !== "")
      .join(gap);
  const [title, titleExtras] = read(paper.title);
  const [abstract, abstractExtras] = read(paper.abstract ?? "");
  const [authors, tags] = [names(paper.authors), names(paper.tags)];
  const labels = new Set([
    ...paper.tags.map((name) => toLabel("tag", name)),
    ...labelsOf("organization", paper.organization),
    ...labelsOf("submitter", paper.submitter),
    ...paper.has.map((name) => toLabel("has", name)),
  ]);
  return {
    columns: { title, abstract, titleExtras, abstractExtras, authors, tags, labels: [...labels].join(" ") },
    words: [...words].join(" "),
  };
}
