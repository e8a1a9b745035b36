import { stringify } from "yaml";
import { arxivLinks } from "../papers/links";
import { paperPath } from "../words/paper-path";
import { type CiteItem, oneLine } from "./cite-item";
import type { ExportOptions } from "./export-formats";
import { FileNames } from "./file-names";
import { escapeMarkdown, toParagraphs } from "./markdown-text";
import { writeZip, type ZipFile } from "./zip";

/** A note for Obsidian: properties as YAML front matter, the reader's note, and the abstract. */
export function toObsidian(item: CiteItem, { siteUrl }: ExportOptions): string {
  const { paper, bookmark } = item;
  const properties = {
    title: oneLine(paper.title),
    aliases: [item.citeKey],
    authors: paper.authors.map(oneLine),
    arxiv: paper.arxivId,
    url: paper.arxivId ? arxivLinks(paper.arxivId).abstract : new URL(paperPath(item.id), siteUrl).href,
    published: toDate(paper.publishedOn),
    list_date: toDate(paper.listedOn),
    tags: toObsidianTags([...(bookmark?.tags ?? []), ...paper.tags.map((tag) => tag.name)]),
    lists: bookmark?.lists.map(oneLine) ?? [],
    status: bookmark?.state ?? null,
    bookmarked: toDate(bookmark?.at ?? null),
  };
  const paragraphs = [
    `# ${escapeMarkdown(paper.title)}`,
    bookmark?.note?.trim(),
    ...(paper.abstract ? ["## Abstract", ...toParagraphs(paper.abstract)] : []),
  ];
  // As YAML 1.1, in which more texts need quotes (`yes`, `2025-08-06`, `12:30`): parsers of either version read the same.
  const yaml = stringify(properties, { version: "1.1", lineWidth: 0 });
  return `---\n${yaml}---\n\n${paragraphs.filter(Boolean).join("\n\n")}\n`;
}

/** Streams a zip with a note per paper. */
export async function* writeObsidian(
  items: AsyncIterable<CiteItem>,
  options: ExportOptions,
): AsyncGenerator<Uint8Array> {
  yield* writeZip(toNotes(items, options), options.exportedAt);
}

async function* toNotes(items: AsyncIterable<CiteItem>, options: ExportOptions): AsyncGenerator<ZipFile> {
  const names = new FileNames("md");
  for await (const item of items)
    yield { name: names.nameOf(item.paper.title, item.id), text: toObsidian(item, options) };
}

/**
 * Tags as Obsidian allows them: letters, digits, `_`, `-` and `/`, beginning with a letter. arXiv's categories become
 * nested tags (`cs/LG`).
 */
export function toObsidianTags(names: string[]): string[] {
  const tags = names.map((name) => {
    const tag = name
      .normalize("NFC")
      .replace(/^([a-z-]+)\.(?=[A-Za-z-]+$)/, "$1/")
      .replace(/[^\p{L}\p{M}\p{N}_/-]+/gu, "-")
      .replace(/\/{2,}/g, "/")
      .replace(/^[-/]+|[-/]+$/g, "");
    return /^\p{N}/u.test(tag) ? `_${tag}` : tag;
  });
  return [...new Set(tags)].filter((tag) => tag !== "");
}

function toDate(instant: string | null): Date | null {
  return instant ? new Date(instant) : null;
}
