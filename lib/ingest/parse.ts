import { parseHfApi } from "./formats/hf-api";
import { parseText } from "./formats/text";
import type { Context, Listing, ListingParser } from "./listing";

const parsers: Record<string, ListingParser> = { "hf-api": parseHfApi, text: parseText };

/** Reads a body by the first format that knows it. Throws an Error of one line where none does, or the one that does cannot. */
export function parseListing(body: string, context: Context): Listing {
  if (body.trim() === "") throw new Error("expected a listing, got an empty body");
  for (const parse of Object.values(parsers)) {
    const listing = parse(body, context);
    if (listing) return listing;
  }
  throw new Error(`no format knows this (tried ${Object.keys(parsers).join(", ")})`);
}
