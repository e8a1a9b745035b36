import { writeBibtex } from "./bibtex";
import type { CiteItem } from "./cite-item";
import { writeCslJson } from "./csl-json";
import { writeCsv } from "./csv";
import { writeJsonLines } from "./jsonl";
import { writeMarkdown } from "./markdown";
import { writeNetscape } from "./netscape";
import { writeObsidian } from "./obsidian";
import { writeRis } from "./ris";

/** `siteUrl` is the scheme, name and port of this site, for papers that have no other address. */
export type ExportOptions = { siteUrl: string; exportedAt: Date };

type ExportFormat = {
  /** What readers see. */
  name: string;
  mimeType: string;
  /** Of the file's name, without a dot. */
  extension: string;
  /** Reads one item at a time, and yields text in UTF-8 or bytes, in the order of the items. */
  write: (items: AsyncIterable<CiteItem>, options: ExportOptions) => AsyncGenerator<string | Uint8Array>;
};

/** Every form in which papers can be exported, in the order in which readers see them. */
export const exportFormats = {
  bibtex: { name: "BibTeX", mimeType: "application/x-bibtex", extension: "bib", write: writeBibtex },
  ris: { name: "RIS", mimeType: "application/x-research-info-systems", extension: "ris", write: writeRis },
  "csl-json": {
    name: "CSL-JSON",
    mimeType: "application/vnd.citationstyles.csl+json",
    extension: "json",
    write: writeCslJson,
  },
  markdown: { name: "Markdown", mimeType: "text/markdown", extension: "md", write: writeMarkdown },
  obsidian: { name: "Obsidian", mimeType: "application/zip", extension: "zip", write: writeObsidian },
  csv: { name: "CSV", mimeType: "text/csv", extension: "csv", write: writeCsv },
  netscape: { name: "Browser bookmarks", mimeType: "text/html", extension: "html", write: writeNetscape },
  jsonl: { name: "JSON Lines", mimeType: "application/jsonl", extension: "jsonl", write: writeJsonLines },
} as const satisfies Record<string, ExportFormat>;

export type ExportFormatName = keyof typeof exportFormats;
