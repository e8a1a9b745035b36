import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, inject } from "vitest";
import { closeDatabase, type Database, database } from "@/lib/db/client";
import { type EngineName, filesOf } from "@/lib/db/engine";
import type { Room } from "@/lib/db/files";
import { readEnv } from "@/lib/env";
import { importSource } from "@/lib/imports/import";
import type { Context } from "@/lib/listings/listing";
import { openBody } from "@/lib/listings/open-source";
import { findMarks } from "@/lib/readers/marks";
import { openTestDatabase, type TestDatabase } from "./postgres-library";

/** The engine that the tests of this run use. */
export const testEngine = (): EngineName => inject("engine");

/** Gives each test of a file a real, empty library, which `database()` opens, and a folder. Both are removed afterwards. */
export function openTestLibrary(): { db: () => Database; file: () => string } {
  let folder = "";
  let server: TestDatabase | undefined;
  beforeAll(async () => {
    if (testEngine() === "postgres") server = await openTestDatabase(inject("postgres"));
  });
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
    await server?.empty();
    process.env.DATABASE_URL = server?.url ?? `file:${path.join(folder, "library.db")}`;
    if (!server) copyFileSync(inject("baseLibrary"), path.join(folder, "library.db"));
  });
  afterEach(async () => {
    await closeDatabase();
    rmSync(folder, { recursive: true });
  });
  afterAll(() => server?.remove());
  return { db: database, file: () => path.join(folder, "library.db") };
}

/** Keeps everybody else from writing to the library, as another program's transaction does, until the result is called. */
export async function lockLibrary(): Promise<() => Promise<void>> {
  const { databaseFile, databaseUrl } = readEnv();
  if (databaseFile !== null) {
    const other = new Sqlite(databaseFile);
    other.exec("BEGIN IMMEDIATE");
    return async () => void other.exec("ROLLBACK").close();
  }
  const other = new pg.Client(databaseUrl);
  await other.connect();
  const { rows } = await other.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
  );
  await other.query(`BEGIN; LOCK TABLE ${rows.map(({ name }) => `"${name}"`).join(", ")} IN EXCLUSIVE MODE`);
  return () => other.end();
}

/** Keeps files of a room from being written, until the result is called. */
export async function blockFiles(db: Database, room: Room): Promise<() => Promise<void>> {
  const { place } = filesOf(db, room);
  if (testEngine() === "sqlite") {
    writeFileSync(place, "a file where the folder should be");
    return async () => rmSync(place);
  }
  await db.$executeRaw`ALTER TABLE "File" ADD CONSTRAINT blocked CHECK (false)`;
  return async () => void (await db.$executeRaw`ALTER TABLE "File" DROP CONSTRAINT blocked`);
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
