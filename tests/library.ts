import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, inject } from "vitest";
import { saveListing } from "@/lib/catalog/save";
import { closeDatabase, type Database, database } from "@/lib/db/client";
import { asOfDay } from "@/lib/imports/import-options";
import type { Context } from "@/lib/listings/listing";
import { parseListing } from "@/lib/listings/parse";
import { findMarks } from "@/lib/readers/marks";

/** A real, empty library for each test of a file, behind `database()`; gone afterwards. */
export function openTestLibrary(): { db: () => Database; file: () => string } {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
    process.env.DATABASE_URL = `file:${path.join(folder, "library.db")}`;
    copyFileSync(inject("baseLibrary"), path.join(folder, "library.db"));
  });
  afterEach(async () => {
    await closeDatabase();
    rmSync(folder, { recursive: true });
  });
  return { db: database, file: () => path.join(folder, "library.db") };
}

export function contextOf(given: Partial<Context> = {}): Context {
  return { source: "listing", url: null, pageDate: null, kind: null, today: "2026-02-03", ...given };
}

/** Parses a body and saves it, as `npm run scrape` does; gives its counts. */
export async function scrapeBody(db: Database, body: string, given: Partial<Context> = {}) {
  const context = contextOf(given);
  const listing = parseListing(body, context);
  const { source, url } = context;
  const read = { source, url, at: new Date(), asOf: asOfDay(listing, context) };
  const { listingId: _, ...counts } = await saveListing(db, listing, body, read);
  return counts;
}

/** Whether the reader kept the paper of this id. */
export async function isBookmarked(id: string): Promise<boolean> {
  return (await findMarks("local", { ids: [id] })).bookmarked.includes(id);
}
