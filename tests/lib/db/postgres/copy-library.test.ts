import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { copyLibrary } from "@/lib/catalog/copy-library";
import { closeDatabase, type Database, openDatabase } from "@/lib/db/client";
import { filesOf } from "@/lib/db/engine";
import { engineFor } from "@/lib/db/engine-for";
import { rooms } from "@/lib/db/files";
import { readTables } from "@/lib/db/tables";
import { filterState } from "@/lib/papers/filter";
import { listPapers } from "@/lib/papers/list";
import { edit } from "@/lib/readers/edit";
import { setMark } from "@/lib/readers/marks";
import { setSettings } from "@/lib/readers/settings";
import { scrapeBody } from "@/tests/library";
import { openTestDatabase, type TestDatabase } from "@/tests/postgres-library";

let folder = "";
let server: TestDatabase;
let open: Database[] = [];
const fileUrl = (name: string) => `file:${path.join(folder, name)}`;
const openLibrary = (url: string) => {
  const db = openDatabase(url);
  open.push(db);
  return db;
};
function newFile(name: string): Database {
  copyFileSync(inject("baseLibrary"), path.join(folder, name));
  return openLibrary(fileUrl(name));
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
  server = await openTestDatabase(inject("postgres"));
  open = [];
});
afterEach(async () => {
  for (const db of open) await db.$disconnect();
  await closeDatabase();
  await server.remove();
  rmSync(folder, { recursive: true });
});

/** A library of fixtures with bookmarks, seen papers, settings, and rejected entries. */
async function fill(name: string): Promise<Database> {
  const db = newFile(name);
  process.env.DATABASE_URL = fileUrl(name);
  for (const file of readdirSync("tests/fixtures/e2e"))
    await scrapeBody(db, readFileSync(`tests/fixtures/e2e/${file}`, "utf8"), { source: file });
  await scrapeBody(db, '{"title":"Nul","abstract":"A\\u0000B"}\n{"title":3}', { source: "odd.jsonl" });
  const ids = (await db.paper.findMany({ take: 3 })).map(({ id }) => id);
  await setMark("local", "Bookmark", ids, true);
  await setMark("local", "Seen", ids.slice(1), true);
  await edit("local", ids[0] ?? "", {
    state: "read",
    note: "A *note*.",
    lists: ["Theses"],
    tags: ["kettle"],
  });
  await setSettings("local", { theme: "dark" });
  const listings = filesOf(db, "listings");
  await listings.write("2025-12-10/day.gz", Buffer.from("a listing"), Date.UTC(2025, 11, 10));
  await listings.write("2025-12-11/day.gz", Buffer.from([0, 255, 10]), Date.UTC(2025, 11, 11));
  await filesOf(db, "media").write("a.webp", Buffer.from("a picture"), Date.UTC(2025, 11, 12));
  await closeDatabase();
  return db;
}

/** All files of a library, with their contents, by name. */
async function filesIn(db: Database) {
  const all: Record<string, unknown> = {};
  for (const room of rooms)
    for (const { name, ...facts } of await filesOf(db, room).list())
      all[name] = { ...facts, content: await filesOf(db, room).read(name) };
  return all;
}

/** The ids that a search finds in a library, in order. */
async function find(url: string, q: string): Promise<string[]> {
  process.env.DATABASE_URL = url;
  const { papers } = await listPapers({ ...filterState.defaults, q, sort: "newest" });
  await closeDatabase();
  return papers.map(({ id }) => id);
}

test("a library copied from SQLite to PostgreSQL and back is the same, can be searched, and goes on", async () => {
  const original = await fill("original.db");
  const onServer = openLibrary(server.url);
  const back = newFile("back.db");
  const first = await copyLibrary(original, onServer, "original");
  expect(await copyLibrary(onServer, back, "server")).toEqual(first);
  expect(first.map(({ what }) => what).sort()).toEqual(
    ["files in listings", "files in media", ...readTables().map(({ name }) => name)].sort(),
  );
  const rows = (name: string) => first.find(({ what }) => what === name)?.count;
  expect([rows("Bookmark"), rows("Seen"), rows("Change")]).toEqual([3, 2, 4]);
  expect([rows("files in listings"), rows("files in media")]).toEqual([2, 1]);
  expect(await filesIn(back)).toEqual(await filesIn(original));
  for (const name of [
    "Author",
    "Tag",
    "Entry",
    "Word",
    "NameWord",
    "Rejection",
    "Note",
    "ReaderList",
    "ListedPaper",
    "OwnTag",
  ])
    expect(rows(name), name).toBeGreaterThan(0);

  const found = await find(fileUrl("original.db"), "weight");
  expect(found.length).toBeGreaterThan(1);
  for (const url of [server.url, fileUrl("back.db")]) {
    expect(await find(url, "weight")).toEqual(found);
    expect(await engineFor(url).migrate(url)).toEqual([]);
    const db = openLibrary(url);
    const counts = await scrapeBody(db, '{"title":"One More","abstract":"After the copy."}');
    expect(counts.new).toBe(1);
  }
});

test("an interrupted copy is refused by other programs and continued by the next run", async () => {
  const original = await fill("original.db");
  const copy = openLibrary(server.url);
  const interrupt = (what: string) => {
    if (what === "Author") throw new Error("interrupted");
  };
  await expect(copyLibrary(original, copy, "state", interrupt)).rejects.toThrow("interrupted");
  const papers = await copy.paper.count();
  expect(papers).toBe(await original.paper.count());
  await expect(engineFor(server.url).migrate(server.url)).rejects.toThrow(/this copy was interrupted; run/);
  await expect(copyLibrary(original, copy, "another state")).rejects.toThrow(/unfinished copy of another/);
  const shown: string[] = [];
  await copyLibrary(original, copy, "state", (what) => shown.push(what));
  expect(shown).not.toContain("Paper");
  expect(shown).toContain("Author");
  expect(await engineFor(server.url).migrate(server.url)).toEqual([]);
});

test("an interrupted copy continues behind the last file", async () => {
  const original = await fill("original.db");
  const copy = openLibrary(server.url);
  const interrupt = (what: string, done: number) => {
    if (what === "files in listings" && done === 1) throw new Error("interrupted");
  };
  await expect(copyLibrary(original, copy, "state", interrupt)).rejects.toThrow("interrupted");
  expect(Object.keys(await filesIn(copy))).toHaveLength(1);
  const shown: string[] = [];
  await copyLibrary(original, copy, "state", (what, done) => shown.push(`${what} ${done}`));
  expect(shown.filter((line) => line.startsWith("files in"))).toEqual([
    "files in listings 1",
    "files in media 0",
  ]);
  expect(await filesIn(copy)).toEqual(await filesIn(original));
});

test("a copy does not mix its files with others", async () => {
  const original = await fill("original.db");
  const copy = openLibrary(server.url);
  await filesOf(copy, "media").write("mine.webp", Buffer.from("x"));
  await expect(copyLibrary(original, copy, "state")).rejects.toThrow(
    /^expected an empty library to copy to, found files in postgresql:.*\/media$/,
  );
});

test("a copy replaces nothing, and fails if the original changes meanwhile", async () => {
  const original = await fill("original.db");
  await expect(copyLibrary(openLibrary(server.url), original, "empty")).rejects.toThrow(
    /expected an empty library to copy to, found rows in Paper, /,
  );
  const changing = (what: string) => {
    if (what === "search index")
      new Sqlite(path.join(folder, "original.db")).exec(`UPDATE "Paper" SET upvotes = 7`).close();
  };
  await expect(copyLibrary(original, openLibrary(server.url), "state", changing)).rejects.toThrow(
    /the copy of Paper differs .*: stop what writes to the library, empty the copy and begin again/,
  );
});
