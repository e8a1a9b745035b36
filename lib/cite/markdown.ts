import { type Day, formatDay, toDay } from "../days";
import { arxivLinks } from "../papers/links";
import { paperPath } from "../words/paper-path";
import { authorNote, type CiteItem } from "./cite-item";
import type { ExportOptions } from "./export-formats";
import { escapeMarkdown, toParagraphs } from "./markdown-text";

const states = { toread: "To read", reading: "Reading", read: "Read", archived: "Archived" };

/** A paper as a section: its title, who wrote it and when, the reader's marks and note, and the abstract as a quotation. */
export function toMarkdown(item: CiteItem, { siteUrl }: ExportOptions): string {
  const { paper, bookmark } = item;
  const address = paper.arxivId
    ? arxivLinks(paper.arxivId).abstract
    : new URL(paperPath(item.id), siteUrl).href;
  const facts = [
    paper.authors.map(escapeMarkdown).join(", ") || authorNote(paper),
    paper.publishedOn && dayInWords(paper.publishedOn),
    paper.arxivId && `arXiv:${paper.arxivId}`,
  ];
  const marks = [
    bookmark && `**${states[bookmark.state]}**`,
    namesAfter("Lists", bookmark?.lists ?? []),
    namesAfter("Tags", [...new Set([...(bookmark?.tags ?? []), ...paper.tags.map((tag) => tag.name)])]),
  ];
  const paragraphs = [
    `## [${escapeMarkdown(paper.title)}](${address})`,
    facts.filter(Boolean).join(" · "),
    marks.filter(Boolean).join(" · "),
    bookmark?.note?.trim(),
    toParagraphs(paper.abstract ?? "")
      .map((paragraph) => `> ${paragraph}`)
      .join("\n>\n"),
  ];
  return `${paragraphs.filter(Boolean).join("\n\n")}\n`;
}

/** Streams one document with a section per paper. */
export async function* writeMarkdown(
  items: AsyncIterable<CiteItem>,
  options: ExportOptions,
): AsyncGenerator<string> {
  yield `# Papers\n\nExported from Broadsheet on ${dayInWords(toDay(options.exportedAt))}.\n`;
  for await (const item of items) yield `\n${toMarkdown(item, options)}`;
}

function dayInWords(day: Day): string {
  return formatDay(day, "d MMMM yyyy");
}

function namesAfter(word: string, names: string[]): string | null {
  return names.length > 0 ? `${word}: ${names.map(escapeMarkdown).join(", ")}` : null;
}
