import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

// What each area may import, besides itself. "lib" stands for the files directly in lib.
const allowed: Record<string, string[]> = {
  app: ["components", "lib/*"],
  components: ["components/browser", "lib/*"],
  "components/browser": ["lib/words"],
  scripts: ["lib/*"],
  lib: [],
  "lib/words": ["lib"],
  "lib/db": ["lib"],
  "lib/http": ["lib/http/sender", "lib/db", "lib/readers/current-reader", "lib"],
  "lib/search": ["lib/db", "lib/tex", "lib/words", "lib"],
  "lib/tags": ["lib/search", "lib"],
  "lib/tex": ["lib"],
  // From the network to the tables: each may use those before it.
  "lib/net": ["lib/db", "lib"],
  "lib/listings": ["lib/search", "lib/net", "lib/words", "lib"],
  "lib/media": ["lib/db", "lib"],
  "lib/catalog": ["lib/db", "lib/search", "lib/tags", "lib/listings", "lib/readers/paper-rows", "lib"],
  "lib/imports": [
    ...["lib/db", "lib/search", "lib/tags", "lib/net", "lib/listings", "lib/catalog", "lib/media"],
    "lib",
  ],
  // From the tables to the reader.
  "lib/papers": ["lib/db", "lib/search", "lib/tags", "lib/media", "lib"],
  "lib/cite": ["lib/db", "lib/papers", "lib/tex", "lib/words", "lib"],
  "lib/topics": ["lib/db", "lib/search", "lib/tags", "lib/papers", "lib"],
  "lib/readers": [
    "lib/readers/paper-rows",
    "lib/readers/current-reader",
    "lib/db",
    "lib/search",
    "lib/tags",
    "lib/listings",
    "lib/papers",
    "lib/cite",
    "lib/tex",
    "lib/words",
    "lib",
  ],
  // lib/http asks it which reader a request is from.
  "lib/readers/current-reader": [],
  // The catalog uses this file to move a reader's rows, so that it does not name their tables.
  "lib/readers/paper-rows": ["lib/db", "lib"],
  // From a reader's file to the tables and their library.
  "lib/uploads": [
    ...["lib/db", "lib/net", "lib/listings", "lib/catalog", "lib/imports", "lib/readers"],
    "lib",
  ],
  // From the tables to a mail: what it says, and its delivery.
  "lib/digest": [
    ...["lib/db", "lib/search", "lib/net", "lib/http/sender", "lib/papers", "lib/readers", "lib/words"],
    ...["lib/readers/current-reader", "lib/tex", "lib/cite", "lib"],
  ],
  "lib/http/sender": [],
  "lib/syndicate": ["lib/db", "lib/papers", "lib/words", "lib"],
};

function areaOf(file: string): string {
  const name = file.replace(/\.tsx?$/, "");
  if (name in allowed && /^lib\/(?:readers|http)\//.test(name)) return name;
  const [top = "", second = "", ...rest] = file.split("/");
  if (top === "components") return second === "browser" ? "components/browser" : top;
  if (top !== "lib") return top;
  return rest.length > 0 ? `lib/${second}` : "lib";
}

function importsOf(file: string): string[] {
  const source = readFileSync(path.join(root, file), "utf8");
  return [...source.matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+|@\/[^"]+)"/g)].map(
    ([, target = ""]) => (target.startsWith("@/") ? target.slice(2) : path.join(path.dirname(file), target)),
  );
}

const files = ["app", "components", "scripts", "lib"].flatMap((top) =>
  readdirSync(path.join(root, top), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.includes("generated"))
    .map((name) => path.posix.join(top, name)),
);

test("imports run app → components → lib and scripts → lib, and inside lib only as listed here", () => {
  const wrong = files.flatMap((file) => {
    const from = areaOf(file);
    expect(allowed[from], `${file} is in an area without a rule`).toBeDefined();
    return importsOf(file)
      .filter((target) => !target.endsWith(".css"))
      .map(areaOf)
      .filter(
        (to) =>
          to !== from &&
          !allowed[from]?.some((rule) => rule === to || (rule === "lib/*" && to.startsWith("lib"))),
      )
      .map((to) => `${file} uses ${to}`);
  });
  expect(wrong).toEqual([]);
  expect(files.length).toBeGreaterThan(20);
});

test("only lib/db knows the database engines, except programs for the file of a library", () => {
  const naming = files.filter(
    (file) =>
      !file.startsWith("lib/db/") &&
      importsOf(file).some((target) => /^lib\/db\/(sqlite|postgres|generated)\//.test(target)),
  );
  expect(
    naming.every((file) => /^scripts\/(backup|restore|bench\/)/.test(file)),
    naming.join(", "),
  ).toBe(true);
});

test("only lib/readers and two other files name the reader's tables", () => {
  const inSql = /"(?:Bookmark|Seen|Note|ReaderList|ListedPaper|OwnTag|Change|ChangedMark|Reader|Upload)"/;
  const inPrisma =
    /\b(?:tx|db|database\(\))\.(?:bookmark|seen|note|readerList|listedPaper|ownTag|change|changedMark|reader|upload)\./;
  const naming = files.filter((file) => {
    const source = readFileSync(path.join(root, file), "utf8");
    return inPrisma.test(source) || (file.startsWith("lib/") && inSql.test(source));
  });
  const others = naming.filter((file) => !file.startsWith("lib/readers/"));
  expect(naming.length).toBeGreaterThan(others.length);
  // watch.ts needs each reader's order of editions, because pages are cached per order.
  // copy-library.ts removes the rows that migrations wrote.
  expect(others).toEqual(["lib/catalog/copy-library.ts", "lib/db/watch.ts"]);
});
