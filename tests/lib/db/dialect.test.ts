import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");

const sqliteOnly = [
  /\bjson_\w+/,
  /\bunhex\b/,
  /\browid\b/,
  /\bPaperIndex\b/,
  /\bMATCH\b/,
  /\bbm25\b/,
  /\bjulianday\b/,
  /\bstrftime\b/,
  /\bgroup_concat\b/,
  /\bOR (?:IGNORE|REPLACE)\b/,
  /->>/,
  /\bIS NOT (?!NULL\b|DISTINCT\b)/,
];

const files = ["app", "components", "lib", "scripts"].flatMap((top) =>
  readdirSync(path.join(root, top), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.includes("generated"))
    .map((name) => path.posix.join(top, name)),
);

function constructsOf(file: string): string[] {
  const source = readFileSync(path.join(root, file), "utf8");
  return sqliteOnly.flatMap((construct) => source.match(construct)?.[0] ?? []);
}

const isForSqlite = (file: string) =>
  file.startsWith("lib/db/sqlite/") || ["lib/db/rows.ts", "lib/search/sqlite.ts"].includes(file);

test("only the files for SQLite use SQL that PostgreSQL does not understand", () => {
  const found = files
    .filter((file) => !isForSqlite(file))
    .flatMap((file) => constructsOf(file).map((construct) => `${file}: ${construct}`));
  expect(found).toEqual([]);
});

test("the check finds such SQL in the files for SQLite", () => {
  expect(constructsOf("lib/db/rows.ts")).toEqual(expect.arrayContaining(["json_each", "unhex", "->>"]));
  expect(constructsOf("lib/search/sqlite.ts")).toEqual(expect.arrayContaining(["rowid", "MATCH", "bm25"]));
});
