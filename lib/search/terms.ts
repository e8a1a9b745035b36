import { extrasOf, scan } from "./tokens";

/** The texts of a paper that are searched. */
export type Searchable = { title: string; abstract: string | null; authors: string[]; tags: string[] };

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
  return {
    columns: { title, abstract, titleExtras, abstractExtras, authors, tags },
    words: [...words].join(" "),
  };
}
