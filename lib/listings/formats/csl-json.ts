import { z } from "zod";
import { type Day, isDay } from "../../days";
import type { PaperRecord } from "../../paper";
import { splitWords } from "../brought";
import { withoutTags } from "../clean";
import { readJson, TooDeepError } from "../json";
import type { Context, Listing } from "../listing";
import { excerptOf, parseStored, reasonOf } from "../reasons";
import { BrokenItem, salvageItems } from "./hf-salvage";
import { readBookmark } from "./library-bookmark";
import {
  type ParsedReference,
  type Reference,
  splitNote,
  toDayOf,
  toPaper,
  toReferences,
} from "./references";

const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);
const name = z.object({
  family: text,
  given: text,
  literal: text,
  "dropping-particle": text,
  "non-dropping-particle": text,
  suffix: text,
});
const date = z.object({
  "date-parts": z
    .array(z.array(z.union([z.string(), z.number()])))
    .nullish()
    .catch(null),
  raw: text,
  literal: text,
});

/** The variables that a record is made of. `note` has only the lines that are facts about the paper. */
const storedSchema = z.object({
  type: text,
  title: text,
  author: z.array(name).nullish().catch(null),
  issued: date.nullish().catch(null),
  abstract: text,
  DOI: text,
  URL: text,
  number: text,
  archive_location: text,
  "container-title": text,
  volume: text,
  note: text,
});
type Stored = z.output<typeof storedSchema>;

const itemSchema = storedSchema.extend({
  id: text,
  "citation-key": text,
  keyword: text,
  custom: z.looseObject({ bookmark: z.unknown() }).nullish().catch(null),
});

const types =
  "article|article-journal|article-magazine|article-newspaper|bill|book|broadcast|chapter|classic|collection|dataset|document|entry|entry-dictionary|entry-encyclopedia|event|figure|graphic|hearing|interview|legal_case|legislation|manuscript|map|motion_picture|musical_score|pamphlet|paper-conference|patent|performance|periodical|personal_communication|post|post-weblog|regulation|report|review|review-book|software|song|speech|standard|thesis|treaty|webpage";
const typed = new RegExp(String.raw`^\s*(?:\[\s*)?\{[\s\S]*"type"\s*:\s*"(?:${types})"`);

// As programs write items. An object that is the value of a name is a part of one.
const itemStart = /\{(?<!:\s{0,20}\{)\s{0,20}"(?:id|type|title)"\s{0,20}:/g;

/** CSL-JSON, as Zotero and citation processors write it: a list of items, or one. From a damaged one, the whole items. */
export function parseCslJson(body: string, _context: Context): Listing | null {
  if (!typed.test(body.slice(0, 20_000)) || /"paper"\s*:/.test(body.slice(0, 200))) return null;
  return toReferences("csl-json", readItems(body).map(readItem));
}

function readItems(body: string): unknown[] {
  try {
    const items: unknown = readJson(body);
    return Array.isArray(items) ? items : [items];
  } catch (error) {
    if (error instanceof TooDeepError) throw new Error(`csl-json: ${error.message}`);
    const items = salvageItems(body, itemStart);
    if (items.length === 0)
      throw new Error("csl-json: expected JSON, got a body that breaks off or is damaged");
    return items;
  }
}

export function rereadCslJson(source: unknown): PaperRecord {
  return toPaper(toReference(parseStored(storedSchema, source)));
}

function readItem(item: unknown): ParsedReference {
  if (item instanceof BrokenItem)
    return {
      reason: "expected a whole item, got one that breaks off or is damaged",
      excerpt: excerptOf(item.text),
    };
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) return { reason: reasonOf(parsed.error, item), excerpt: excerptOf(item) };
  const { id, "citation-key": citeKey, keyword, custom, note, ...rest } = parsed.data;
  const { facts, own } = splitNote(note ?? "");
  const source = { ...rest, ...(facts.length > 0 && { note: facts.join("\n") }) };
  // Zotero's ids are addresses.
  const key = citeKey ?? (id && /^[\w:.+-]+$/.test(id) && !/^\d+$/.test(id) ? id : null);
  const bookmark = readBookmark(custom?.bookmark)?.words;
  return {
    source,
    reference: toReference(source),
    brought: {
      notes: [own],
      tags: splitWords(keyword ?? ""),
      ...bookmark,
      citeKey: key,
    },
  };
}

function toReference(item: Stored): Reference {
  return {
    title: withoutTags(item.title ?? ""),
    authors: (item.author ?? []).map(
      (author) =>
        author.literal ??
        [
          author.given,
          author["dropping-particle"],
          author["non-dropping-particle"],
          author.family,
          author.suffix,
        ]
          .filter(Boolean)
          .join(" "),
    ),
    abstract: item.abstract ?? "",
    publishedOn: readDay(item.issued),
    ids: [item.number, item.archive_location, item.DOI, item.URL, item["container-title"], item.volume].map(
      (id) => id ?? "",
    ),
    categories: [],
    facts: (item.note ?? "").split("\n"),
  };
}

function readDay(issued: Stored["issued"]): Day | null {
  const [year, month, day] = issued?.["date-parts"]?.[0]?.map(String) ?? [];
  if (year && month && day) return toDayOf(year, month, day);
  const written = (issued?.raw ?? issued?.literal ?? "").trim().slice(0, 10);
  return isDay(written) ? written : null;
}
