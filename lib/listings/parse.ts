import type { Day } from "../days";
import type { Format } from "../formats";
import type { PaperRecord } from "../paper";
import { paperSchema } from "../paper";
import { withinBounds } from "./bounds";
import { parseArxivAtom } from "./formats/arxiv-atom";
import { rereadArxivEntry } from "./formats/arxiv-entries";
import { parseArxivHtml } from "./formats/arxiv-html";
import { parseArxivRss } from "./formats/arxiv-rss";
import { parseBibtex, rereadBibtex } from "./formats/bibtex";
import { parseCslJson, rereadCslJson } from "./formats/csl-json";
import { parseHfApi } from "./formats/hf-api";
import { hubFigures } from "./formats/hf-figures";
import { rereadHubItem } from "./formats/hf-items";
import { parseHfPage } from "./formats/hf-page";
import { parseIds, rereadIds } from "./formats/ids";
import { rereadJsonLine } from "./formats/jsonl";
import { parseNetscape, rereadNetscape } from "./formats/netscape";
import { isMarkup, maxDepth, openMarkup } from "./formats/open-markup";
import { parseRis, rereadRis } from "./formats/ris";
import { parseText, rereadText } from "./formats/text";
import { readJson, TooDeepError } from "./json";
import type { Context, Listing, ListingFormat } from "./listing";
import { parseStored } from "./reasons";

// In this order. A text is a list of ids only if it is nothing else.
const parsers: Record<Exclude<Format, "jsonl" | "sample">, ListingFormat> = {
  netscape: { parse: parseNetscape, reread: rereadNetscape },
  bibtex: { parse: parseBibtex, reread: rereadBibtex },
  ris: { parse: parseRis, reread: rereadRis },
  "csl-json": { parse: parseCslJson, reread: rereadCslJson },
  "hf-page": { parse: parseHfPage, reread: rereadHubItem, figures: hubFigures },
  "hf-api": { parse: parseHfApi, reread: rereadHubItem, figures: hubFigures },
  "arxiv-atom": { parse: parseArxivAtom, reread: rereadArxivEntry },
  "arxiv-rss": { parse: parseArxivRss, reread: rereadArxivEntry },
  "arxiv-html": { parse: parseArxivHtml, reread: rereadArxivEntry },
  text: { parse: parseText, reread: rereadText },
  ids: { parse: parseIds, reread: rereadIds },
};

/**
 * Parses a whole body with the first format that recognizes it. JSON Lines are streamed elsewhere. Throws an Error of
 * one line if no format recognizes the body, or the one that does cannot parse it.
 */
export function parseListing(marked: string, context: Context): Listing {
  const body = marked.replace(/^\ufeff/, ""); // a pasted or dropped text may still have its byte order mark
  if (body.trim() === "") throw new Error("expected a listing, got an empty body");
  for (const { parse } of Object.values(parsers)) {
    const listing = parse(body, context);
    if (listing) return { ...listing, ...withinBounds(listing) };
  }
  const tooDeep = whyTooDeep(body);
  if (tooDeep) throw new Error(tooDeep);
  throw new Error(`no format recognizes this (tried ${Object.keys(parsers).join(", ")}, jsonl)`);
}

/** A body nested too deeply was not examined, so it may or may not be a listing. */
function whyTooDeep(body: string): string | null {
  if (isMarkup(body))
    return openMarkup(body, false)
      ? null
      : `expected elements nested at most ${maxDepth} deep, got deeper ones`;
  try {
    readJson(body);
  } catch (error) {
    if (error instanceof TooDeepError) return error.message;
    if (!(error instanceof SyntaxError)) throw error;
  }
  return null;
}

/**
 * The record of an entry's stored source, exactly as parsing its listing gave it. `listedOn` is the entry's day. Throws
 * an Error of one line for a source that no version of ours has stored.
 */
export function rereadEntry(format: Format, source: unknown, listedOn: Day | null): PaperRecord {
  if (format === "jsonl") return rereadJsonLine(source);
  if (format === "sample") return { ...parseStored(paperSchema, source), listedOn };
  return parsers[format].reread(source, listedOn);
}

/** The addresses of the pictures that an entry names, in its order. `source` is called only if its format can have any. */
export function figuresIn(format: Format, source: () => unknown): string[] {
  const figures = format === "jsonl" || format === "sample" ? undefined : parsers[format]?.figures;
  return figures?.(source()) ?? [];
}
