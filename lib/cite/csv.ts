import { stringify } from "csv-stringify/sync";
import { arxivLinks } from "../papers/links";
import { paperPath } from "../words/paper-path";
import { arxivDoi, type CiteItem, keywordsOf } from "./cite-item";
import type { ExportOptions } from "./export-formats";

type Cell = string | number | null;

// `url`, `folder`, `title`, `note`, `tags` and `created` are Raindrop's names.
const columns: Record<string, (item: CiteItem, siteUrl: string) => Cell> = {
  id: ({ id }) => id,
  cite_key: ({ citeKey }) => citeKey,
  title: ({ paper }) => paper.title,
  authors: ({ paper }) => paper.authors.join("; "),
  author_count: ({ paper }) => paper.authorCount,
  published: ({ paper }) => paper.publishedOn,
  listed: ({ paper }) => paper.listedOn,
  doi: ({ paper }) => paper.arxivId && arxivDoi(paper.arxivId),
  url: ({ id, paper }, siteUrl) =>
    paper.arxivId ? arxivLinks(paper.arxivId).abstract : new URL(paperPath(id), siteUrl).href,
  abstract: ({ paper }) => paper.abstract,
  upvotes: ({ paper }) => paper.upvotes,
  tags: (item) => keywordsOf(item).join(", "),
  state: ({ bookmark }) => bookmark?.state ?? null,
  folder: ({ bookmark }) => bookmark?.lists.join("; ") ?? null,
  note: ({ bookmark }) => bookmark?.note ?? null,
  created: ({ bookmark }) => bookmark?.at ?? null,
};

/**
 * Streams CSV (RFC 4180) with a header and, for Excel, a byte order mark. A cell that a spreadsheet would take for a
 * formula gets a `'` in front.
 */
export async function* writeCsv(
  items: AsyncIterable<CiteItem>,
  { siteUrl }: ExportOptions,
): AsyncGenerator<string> {
  yield `\ufeff${toLine(Object.keys(columns))}`;
  for await (const item of items) yield toLine(Object.values(columns).map((cell) => cell(item, siteUrl)));
}

function toLine(cells: Cell[]): string {
  const texts = cells.map((cell) => (typeof cell === "string" ? cell.toWellFormed() : cell));
  return stringify([texts], { escape_formulas: true, record_delimiter: "windows", quoted_match: /[\r\n]/ });
}
