import { parseHfApi } from "./formats/hf-api";
import { parseHfPage } from "./formats/hf-page";
import { parseText } from "./formats/text";
import type { Context, Listing, ListingParser } from "./listing";

const parsers: Record<string, ListingParser> = {
  "hf-page": parseHfPage,
  "hf-api": parseHfApi,
  text: parseText,
};

/** Reads a whole body by the first format that knows it; JSON Lines are read elsewhere, as a stream. Throws an Error of one line where none does, or the one that does cannot. */
export function parseListing(body: string, context: Context): Listing {
  if (body.trim() === "") throw new Error("expected a listing, got an empty body");
  for (const parse of Object.values(parsers)) {
    const listing = parse(body, context);
    if (listing) return listing;
  }
  throw new Error(`no format knows this (tried ${Object.keys(parsers).join(", ")}, jsonl)`);
}
