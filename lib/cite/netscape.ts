import { escapeHtml } from "../html";
import { arxivLinks } from "../papers/links";
import { paperPath } from "../words/paper-path";
import { type CiteItem, keywordsOf, oneLine } from "./cite-item";
import type { ExportOptions } from "./export-formats";

const head = `<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
`;

/** A paper in a bookmark file, with the reader's note as its description. `ADD_DATE` is in seconds since 1970. */
export function toNetscape(item: CiteItem, { siteUrl }: ExportOptions): string {
  const { id, paper, bookmark } = item;
  const attributes: Record<string, string | number | null> = {
    HREF: paper.arxivId ? arxivLinks(paper.arxivId).abstract : new URL(paperPath(id), siteUrl).href,
    ADD_DATE: bookmark && Math.floor(Date.parse(bookmark.at) / 1000),
    TAGS: keywordsOf(item).join(",") || null,
  };
  const written = Object.entries(attributes).flatMap(([name, value]) =>
    value === null ? [] : [` ${name}="${escapeHtml(String(value))}"`],
  );
  const note = bookmark?.note?.trim();
  const description = note ? `    <DD>${escapeHtml(note.toWellFormed())}\n` : "";
  return `    <DT><A${written.join("")}>${escapeHtml(oneLine(paper.title))}</A>\n${description}`;
}

/** Streams a bookmark file, which browsers and bookmark managers import. */
export async function* writeNetscape(
  items: AsyncIterable<CiteItem>,
  options: ExportOptions,
): AsyncGenerator<string> {
  yield head;
  for await (const item of items) yield toNetscape(item, options);
  yield "</DL><p>\n";
}
