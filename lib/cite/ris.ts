import { arxivLinks } from "../papers/links";
import { arxivDoi, authorNote, type CiteItem, citedYear, keywordsOf, oneLine } from "./cite-item";
import { familyFirst, toNames } from "./name";

/**
 * A RIS record, ending with an empty line. RIS has no type for preprints; `UNPB` (unpublished work) is the closest. Citation.js
 * is not used because it cuts keys off after 20 characters and writes months and days without zeros.
 */
export function toRis(item: CiteItem): string {
  const { paper } = item;
  const { arxivId, publishedOn } = paper;
  const tags: [tag: string, value: string | null][] = [
    ["TY", "UNPB"],
    ["ID", item.citeKey],
    ...toNames(paper.authors).map((name): [string, string] => [
      "AU",
      // A comma would divide the name, and RIS cannot escape it.
      "literal" in name ? name.literal.replace(/\s*,/g, "") : familyFirst(name),
    ]),
    ["TI", paper.title],
    ["AB", paper.abstract],
    ["PY", citedYear(paper)],
    ["DA", publishedOn && `${publishedOn.replaceAll("-", "/")}/`],
    ["DO", arxivId && arxivDoi(arxivId)],
    ["UR", arxivId && arxivLinks(arxivId).abstract],
    ...keywordsOf(item).map((name): [string, string] => ["KW", name]),
    ["N1", authorNote(paper)],
    ["M3", arxivId && "preprint"],
    ["PB", arxivId && "arXiv"],
  ];
  const lines = tags.flatMap(([tag, value]) => (value ? [`${tag}  - ${oneLine(value)}\r\n`] : []));
  return `${lines.join("")}ER  - \r\n\r\n`;
}

/** Streams records. */
export async function* writeRis(items: AsyncIterable<CiteItem>): AsyncGenerator<string> {
  for await (const item of items) yield toRis(item);
}
