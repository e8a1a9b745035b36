import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, inject } from "vitest";
import { closeDatabase, type Database, database } from "@/lib/db/client";
import { importSource } from "@/lib/imports/import";
import type { Context } from "@/lib/listings/listing";
import { openBody } from "@/lib/listings/open-source";
import { findMarks } from "@/lib/readers/marks";

/** Gives each test of a file a real, empty library, which `database()` opens. It is removed afterwards. */
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

export function contextOf(overrides: Partial<Context> = {}): Context {
  return { source: "listing", url: null, pageDate: null, kind: null, today: "2026-02-03", ...overrides };
}

/** Imports a body, as `npm run scrape` does. Returns its counts. */
export async function scrapeBody(db: Database, body: string, overrides: Partial<Context> = {}) {
  const { source, url, ...options } = contextOf(overrides);
  const { counts } = await importSource(openBody(source, url, Buffer.from(body)), options, db, () => {});
  return counts;
}

/** Whether the reader bookmarked the paper with this id. */
export async function isBookmarked(id: string): Promise<boolean> {
  return (await findMarks("local", { ids: [id] })).bookmarked.includes(id);
}
