import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { closeDatabase, database } from "@/lib/db/client";
import { migrate } from "@/lib/db/sqlite/migrate";
import { prepareLibrary } from "@/lib/imports/prepare-library";
import { filterState } from "@/lib/papers/filter";
import { listPapers } from "@/lib/papers/list";
import { listBookmarks } from "@/lib/readers/bookmarks";
import { findLastChange, undo } from "@/lib/readers/changes";
import { findMarks } from "@/lib/readers/marks";
import { readSettings } from "@/lib/readers/settings";

/** Where the tables and columns of 0.9 are now, if not under their old names; null for a column that was replaced. */
const renamed: Record<string, { table?: string; columns?: Record<string, string | null> }> = {
  Listing: { columns: { readAt: "importedAt", readTo: "importedTo" } },
  Paper: { columns: { given: "fieldRanks" } },
  Read: { table: "Import" },
  Refresh: { columns: { said: "message" } },
  Rejection: { columns: { readId: "importId" } },
  Revision: { columns: { readAt: "importedAt" } },
  Change: { columns: { said: null, before: null } }, // kinds, settings and rows of ChangedMark instead
  Reader: { columns: { settings: null } }, // checked below, because settings are named otherwise now
};

const dump = readFileSync(path.resolve("tests/fixtures/library/0.9.sql"), "utf8");
let folder = "";
const file = () => path.join(folder, "library.db");

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
  process.env.DATABASE_URL = `file:${file()}`;
  const db = new Sqlite(file());
  db.pragma("foreign_keys = OFF"); // the dump has its tables in the order in which they were created
  db.exec(dump);
  expect(db.pragma("foreign_key_check")).toEqual([]);
  db.exec(`UPDATE "Revision" SET "termsVersion" = 0`); // the dump does not include the index, so it must be rebuilt
  db.close();
});
afterEach(async () => {
  await closeDatabase();
  rmSync(folder, { recursive: true });
});

type Rows = Record<string, unknown>[];

/** Every row of every table, except the search index and the record of migrations. */
function readTables(): Map<string, Rows> {
  const db = new Sqlite(file(), { readonly: true });
  const names = db
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table'
        AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'PaperIndex*' AND name NOT GLOB 'TitleIndex*' AND name <> '_prisma_migrations'`,
    )
    .pluck()
    .all() as string[]; // names are text
  const tables = names.map((name): [string, Rows] => [
    name,
    db.prepare(`SELECT * FROM "${name}"`).all() as Rows, // objects by column
  ]);
  db.close();
  return new Map(tables);
}

const sorted = (rows: Rows) =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();

/** Expects the rows of 0.9 in today's tables: all of them, unchanged, and no others. */
function expectEveryRow(before: Map<string, Rows>, now: Map<string, Rows>) {
  for (const [name, old] of before) {
    const { table = name, columns = {} } = renamed[name] ?? {};
    const remaining = Object.keys(old[0] ?? {}).filter((column) => columns[column] !== null);
    const expected = old.map((row) =>
      Object.fromEntries(remaining.map((column) => [columns[column] ?? column, row[column]])),
    );
    const found = now.get(table)?.map((row) => {
      return Object.fromEntries(
        remaining.map((column) => columns[column] ?? column).map((column) => [column, row[column]]),
      );
    });
    expect(sorted(found ?? []), table).toEqual(sorted(expected));
  }
}

test("an upgrade keeps every row of every table", async () => {
  const before = readTables();
  const singleRow = ["Reader", "Refresh", "Revision", "FormerId"];
  for (const [name, rows] of before)
    expect(rows.length, name).toBeGreaterThanOrEqual(singleRow.includes(name) ? 1 : 2);
  expect(before.size).toBeGreaterThan(15);
  await migrate(file());
  expectEveryRow(before, readTables());

  // The first start rebuilds what is derived from the texts, with the same result except for the tags, whose rules have changed.
  expect(await prepareLibrary()).toEqual({ migrated: [], rederived: true });
  const after = readTables();
  for (const name of ["Revision", "Word", "NameWord"]) before.delete(name);
  for (const tables of [before, after]) {
    const tags = tables.get("Tag")?.filter(({ source }) => source !== "derived") ?? [];
    tables.set(
      "Tag",
      tags.map((tag) => ({ ...tag, place: null })), // after the derived ones
    );
  }
  expectEveryRow(before, after);
});

test("after an upgrade every paper is found by the words of its title", async () => {
  await prepareLibrary();
  const papers = await database().paper.findMany({ select: { id: true, title: true } });
  expect(papers.length).toBeGreaterThan(10);
  for (const { id, title } of papers) {
    const found = await listPapers(filterState.parse({ q: title, limit: "100" }).state);
    expect(
      found.papers.map((paper) => paper.id),
      title,
    ).toContain(id);
  }
});

test("what a reader did before an upgrade can still be undone, step by step", async () => {
  await prepareLibrary();
  const bookmarks = async () => (await listBookmarks("local")).papers.map(({ id }) => id.slice(-1)).join("");
  const ids = [1, 2, 3, 4, 9].map((n) => `2512.0000${n}`);
  const seen = async () => (await findMarks("local", { ids })).seen.map((id) => id.slice(-1)).sort();
  const settings = async () => {
    const { theme, density, order, keys, markSeen } = await readSettings("local");
    return [theme, density, order, keys, markSeen].join(" ");
  };
  expect([await bookmarks(), await seen(), await settings()]).toEqual([
    "91",
    ["1", "3", "4", "9"],
    "dark titles newest on passed",
  ]);

  expect((await findLastChange("local"))?.message).toBe("Removed from library");
  expect([await undo("local"), await bookmarks()]).toEqual(["Removed from library", "91"]); // that paper was deleted
  expect([await undo("local"), await bookmarks()]).toEqual(["Added to library", "91"]);
  expect([await undo("local"), await bookmarks()]).toEqual(["Removed from library", "921"]); // in its old place
  expect([await undo("local"), await settings()]).toEqual([
    "Card view and order changed",
    "dark compact hub on passed",
  ]);
  expect([await undo("local"), await settings()]).toEqual(["Theme changed", "system compact hub on passed"]);
  expect([await undo("local"), await seen()]).toEqual(["Marked as new", ["1", "2", "3", "4", "9"]]);
  expect([await undo("local"), await seen()]).toEqual(["Marked 4 papers as seen", ["4"]]);
  expect([await undo("local"), await bookmarks()]).toEqual(["Added to library", "21"]);
  expect([await undo("local"), await bookmarks()]).toEqual(["Added 2 papers to library", ""]);
  expect(await undo("local")).toBeNull();
});
