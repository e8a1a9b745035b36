type FormatFacts = {
  /** What readers see. */
  name: string;
  /** If sources disagree on a field that does not change, the highest rank wins. A single digit. */
  rank: number;
  /** The order in which a day shows the papers of its listings, lowest first. */
  place: number;
  /** Above the papers that a day has only from this format. */
  heading: string;
};

/** Every listing format, and the sample edition that comes with the program. How to parse each is in lib/listings. */
export const formats = {
  "hf-api": { name: "Hugging Face API", rank: 4, place: 0, heading: "From the Hugging Face API" },
  "hf-page": { name: "Hugging Face page", rank: 3, place: 1, heading: "From the Hugging Face page" },
  text: { name: "text copy", rank: 2, place: 2, heading: "From a text copy" },
  jsonl: { name: "JSON Lines", rank: 1, place: 3, heading: "From a JSON Lines file" },
  "arxiv-atom": { name: "arXiv Atom feed", rank: 5, place: 4, heading: "Announced on arXiv" },
  "arxiv-rss": { name: "arXiv RSS feed", rank: 5, place: 5, heading: "Announced on arXiv" },
  "arxiv-html": { name: "arXiv page", rank: 5, place: 6, heading: "Announced on arXiv" },
  bibtex: { name: "BibTeX", rank: 1, place: 8, heading: "From a BibTeX file" },
  ris: { name: "RIS", rank: 1, place: 9, heading: "From a RIS file" },
  "csl-json": { name: "CSL-JSON", rank: 1, place: 10, heading: "From a CSL-JSON file" },
  netscape: { name: "bookmarks", rank: 0, place: 11, heading: "From a bookmark file" },
  ids: { name: "arXiv ids", rank: 0, place: 12, heading: "From a list of arXiv ids" },
  sample: { name: "sample", rank: 0, place: 7, heading: "Sample papers" },
} as const satisfies Record<string, FormatFacts>;

export type Format = keyof typeof formats;

const byName = new Map<string, FormatFacts>(Object.entries(formats));

/** The facts of a stored format, even if another version of the program stored it. */
export function factsOf(format: string): FormatFacts {
  return byName.get(format) ?? { name: format, rank: 0, place: byName.size, heading: `From ${format}` };
}
