import { z } from "zod";
import { type Day, isDay } from "../../days";
import type { PaperRecord } from "../../paper";
import { type BroughtWords, maxWordsLength } from "../brought";
import type { Context, Listing } from "../listing";
import { parseStored } from "../reasons";
import { isBibtex, readBibEntries } from "./bibtex-entries";
import type { BibFields } from "./bibtex-fields";
import { readBibNames, splitOutside } from "./bibtex-names";
import { fromTex, fromVerbatim } from "./bibtex-text";
import {
  type ParsedReference,
  type Reference,
  splitNote,
  toDayOf,
  toPaper,
  toReferences,
} from "./references";

/** The fields that a record is made of. Others may be private, such as paths of files, and are not stored. */
const storedFields = [
  ...["title", "author", "abstract", "date", "year", "month", "day", "eprint", "eprinttype", "archiveprefix"],
  ...[
    "arxivid",
    "arxiv",
    "primaryclass",
    "eprintclass",
    "doi",
    "url",
    "journal",
    "journaltitle",
    "howpublished",
  ],
  ...["number", "booktitle", "volume", "pages", "publisher"],
];
const dateFields = ["date", "year", "month", "day"];

/** `note` has only the lines that are facts about the paper. */
const storedSchema = z.object({ type: z.string(), fields: z.record(z.string(), z.string()) });
type Stored = z.output<typeof storedSchema>;

/** A BibTeX or biblatex file, as reference managers, arXiv and Google Scholar write it. */
export function parseBibtex(body: string, _context: Context): Listing | null {
  if (!isBibtex(body)) return null;
  return toReferences("bibtex", readAll(body.replace(/\r\n?/g, "\n")));
}

export function rereadBibtex(source: unknown): PaperRecord {
  return toPaper(toReference(parseStored(storedSchema, source)));
}

function* readAll(text: string): Generator<ParsedReference> {
  const entries = [];
  const byKey = new Map<string, BibFields>();
  for (const entry of readBibEntries(text)) {
    entries.push(entry);
    if ("fields" in entry && !byKey.has(entry.key.toLowerCase()))
      byKey.set(entry.key.toLowerCase(), entry.fields);
  }
  for (const entry of entries) {
    if ("reason" in entry) {
      yield entry;
      continue;
    }
    const { type, key, line, fields } = entry;
    const parent = byKey.get(fields.get("crossref")?.trim().toLowerCase() ?? "");
    const note = splitNote(fromTex(fields.get("note") ?? ""));
    const hasDate = dateFields.some((name) => fields.has(name));
    const stored: Stored = { type, fields: {} };
    for (const name of storedFields) {
      // Of the volume that a paper is part of, only the date is also the paper's.
      const value =
        fields.get(name) ?? (dateFields.includes(name) && !hasDate ? parent?.get(name) : undefined);
      if (value?.trim()) stored.fields[name] = value;
    }
    if (note.facts.length > 0) stored.fields.note = note.facts.join("\n");
    yield { source: stored, reference: toReference(stored), brought: toWords(key, fields, note.own), line };
  }
}

function toWords(key: string, fields: BibFields, note: string): BroughtWords {
  const text = (name: string) => fromTex(fields.get(name) ?? "");
  const first = (...names: string[]) => names.map((name) => fields.get(name)).find((value) => value?.trim());
  return {
    at: first("timestamp", "added-at", "date-added", "creationdate"),
    state: first("readstatus"),
    notes: [note, text("annote"), text("annotation")],
    lists: ["groups", "collections", "mendeley-groups"].flatMap((name) => readWords(fields.get(name))),
    tags: ["keywords", "keyword", "mendeley-tags"].flatMap((name) => readWords(fields.get(name))),
    citeKey: key,
  };
}

/** Names separated by semicolons, or by commas if there are none. In braces or behind a backslash they are letters. */
function readWords(tex: string | undefined): string[] {
  if (!tex?.trim()) return [];
  if (tex.length > maxWordsLength) return [tex];
  const bySemicolon = splitOutside(tex, /(?<!\\);/g);
  const names = bySemicolon.length > 1 ? bySemicolon : splitOutside(tex, /(?<!\\),/g);
  return names.map((name) => fromTex(name.replace(/\\([,;])/g, "$1")));
}

function toReference({ fields }: Stored): Reference {
  const field = (name: string) => fields[name] ?? "";
  const isArxiv = /^(?:arxiv)?$/i.test(field("archiveprefix") || field("eprinttype"));
  return {
    title: fromTex(field("title")),
    authors: readBibNames(field("author")),
    abstract: fromTex(field("abstract")),
    publishedOn: readDay(fields),
    ids: [isArxiv ? field("eprint") : "", ...["arxivid", "arxiv", "doi", "url"].map(field)]
      .map(fromVerbatim)
      .concat(
        ["howpublished", "number", "journal", "journaltitle", "volume"].map((name) => fromTex(field(name))),
      ),
    categories: [field("primaryclass") || field("eprintclass")].map(fromVerbatim),
    facts: field("note").split("\n"),
  };
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The day, if a year, a month and a day of the month are all there. BibTeX has the last beside the month: `6~aug`. */
function readDay(fields: Stored["fields"]): Day | null {
  const date = fields.date?.trim().slice(0, 10) ?? "";
  if (isDay(date)) return date;
  const month = fromTex(fields.month ?? "").toLowerCase();
  const [name = ""] = /[a-z]{3}/.exec(month) ?? [];
  const [number = ""] = /\d{1,2}/.exec(month) ?? [];
  const index = name ? months.indexOf(name) + 1 : Number(number);
  const day = fields.day?.trim() || (name ? number : "");
  return toDayOf((fields.year ?? "").trim(), String(index), day);
}
