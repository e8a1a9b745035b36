import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");

// Constructs of one engine, and those that mean something else in the other.
const notShared = [
  /\bjson_\w+/,
  /\bunhex\b/,
  /\browid\b/,
  /\b(?:Paper|Title)Index\b/,
  /\bMATCH\b/,
  /\bbm25\b/,
  /\bjulianday\b/,
  /\bstrftime\b/,
  /\bgroup_concat\b/,
  /\bOR (?:IGNORE|REPLACE)\b/,
  /->>/,
  /\bIS NOT (?!NULL\b|DISTINCT\b)/,
  /\bCROSS JOIN\b[^`]*?\bON\b/,
  /\bGROUP BY (?:(?!HAVING|ORDER|LIMIT)[^\n`])*\$\{/, // PostgreSQL does not know that two parameters have the same value
  /(?<!CAST\()\b(?:sum|avg)\("/, // a decimal number on PostgreSQL
  /::(?:text|jsonb?|int\w*|bigint|tsquery|regclass|date|timestamp)\b/,
  /\bILIKE\b/,
  /\btsvector\b/,
  /\bjsonb?_\w+/,
  /\bFOR UPDATE\b/,
  /\bDISTINCT ON\b/,
  /= ANY\b/,
  /@@ CAST/,
];

const files = ["app", "components", "lib", "scripts"].flatMap((top) =>
  readdirSync(path.join(root, top), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.includes("generated"))
    .map((name) => path.posix.join(top, name)),
);

function constructsOf(file: string): string[] {
  const source = readFileSync(path.join(root, file), "utf8");
  return notShared.flatMap((construct) => source.match(construct)?.[0] ?? []);
}

const isForOneEngine = (file: string) =>
  /^(?:lib\/(?:db|search)\/(?:sqlite|postgres)\b|scripts\/drill\/)/.test(file) ||
  [
    "lib/db/rows.ts",
    "lib/db/lists.ts",
    "scripts/bench/ingest.ts",
    "scripts/bench/plain-fts5.ts",
    "scripts/bench/sqlite-ranking.ts",
  ].includes(file);

test("only the files for one engine use SQL that the other does not understand", () => {
  const found = files
    .filter((file) => !isForOneEngine(file))
    .flatMap((file) => constructsOf(file).map((construct) => `${file}: ${construct}`));
  expect(found).toEqual([]);
});

test("the check finds such SQL in the files for one engine", () => {
  expect(constructsOf("lib/db/rows.ts")).toEqual(expect.arrayContaining(["json_each", "unhex", "->>"]));
  expect(constructsOf("lib/search/sqlite-ranking.ts")).toEqual(
    expect.arrayContaining(["rowid", "MATCH", "bm25"]),
  );
});
