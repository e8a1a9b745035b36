import { mkdirSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { forget } from "@/lib/catalog/forget";
import { findProvenance } from "@/lib/catalog/provenance";
import { type BodyStore, findBodies, measureBodies, openBodies, readBodies } from "@/lib/imports/bodies";
import { forgetListing } from "@/lib/imports/forget-listing";
import { listImports } from "@/lib/imports/history";
import { importSource } from "@/lib/imports/import";
import { openBody } from "@/lib/listings/open-source";
import { parseListing } from "@/lib/listings/parse";
import { filterState } from "@/lib/papers/filter";
import { findPaper } from "@/lib/papers/find";
import { listPapers } from "@/lib/papers/list";
import { setMark } from "@/lib/readers/marks";
import { hubAnswer } from "@/tests/hub-answer";
import {
  blockFiles,
  contextOf,
  isBookmarked,
  openTestLibrary,
  scrapeBody,
  testEngine,
} from "@/tests/library";

const { db } = openTestLibrary();

const line = (paper: object) => JSON.stringify({ title: "A Title", abstract: "What it is about.", ...paper });
const page = async (id: string) => {
  const found = await findPaper(id);
  if (!found || "movedTo" in found) throw new Error(`no paper ${id}`);
  return found;
};
const url = "https://hub.example/api/daily_papers?date=2025-12-11&limit=100";
const store = (maxBytes = 1e6): BodyStore => ({ ...openBodies(db()), maxBytes });

async function importOn(body: string, today: string, bodies?: BodyStore) {
  const about = { pageDate: null, kind: null, today, ...(bodies ? { bodies } : {}) };
  return importSource(openBody(url, url, Buffer.from(body)), about, db(), () => {});
}
const day = (upvotes: number, more: string[] = []) =>
  hubAnswer(["2512.00001", "2512.00002", ...more].map((id) => ({ id, day: "2025-12-11", upvotes })));

test.each([
  ["the more exact one last", [0, 1]],
  ["the more exact one first", [1, 0]],
])("if two sources disagree on a title or a date, the more exact one wins: %s", async (_, order) => {
  const api = hubAnswer([
    { id: "2512.00001", title: "The Title of the API", summary: "What it is about.", day: "2025-12-11" },
  ]);
  const lines = line({
    id: "2512.00001",
    title: "The Title of a File",
    publishedOn: "2020-01-01",
    authors: ["Ada"],
  });
  for (const at of order) {
    const body = [lines, api][at] ?? "";
    await importSource(
      openBody("-", url, Buffer.from(body)),
      { ...contextOf(), today: "2025-12-11" },
      db(),
      () => {},
    );
  }
  expect((await page("2512.00001")).paper).toMatchObject({
    title: "The Title of the API",
    publishedOn: "2025-12-01",
    authors: ["Ada"], // known only to the less exact source
  });
});

test("every field has its provenance", async () => {
  await scrapeBody(
    db(),
    hubAnswer([{ id: "2512.00001", title: "By the API", authors: [], day: "2025-12-11" }]),
  );
  const rest = line({ id: "2512.00001", title: "By a file", authors: ["Ada"], publishedOn: "2020-01-01" });
  await importSource(openBody("-", null, Buffer.from(rest)), contextOf(), db(), () => {});
  const provenance = await findProvenance(db(), (await page("2512.00001")).key);
  const formats = Object.fromEntries([...provenance].map(([field, { format }]) => [field, format]));
  expect(formats).toEqual({
    title: "hf-api",
    abstract: "hf-api",
    publishedOn: "hf-api",
    submittedBy: "hf-api",
    authors: "jsonl",
    authorCount: "jsonl",
  });
});

test("an older listing imported later does not undo newer votes, and the vote history has one point per day with a change", async () => {
  await importOn(day(5), "2025-12-11");
  await importOn(day(9), "2025-12-12");
  await importOn(day(9, ["2512.00003"]), "2025-12-13"); // the same votes, so no point
  await scrapeBody(db(), day(2), { today: "2025-12-20", pageDate: "2025-12-10" });
  expect((await page("2512.00001")).paper.upvotes).toBe(9);
  const points = await db().votePoint.findMany({
    where: { paper: { id: "2512.00001" } },
    orderBy: { day: "asc" },
  });
  expect(points.map((point) => [point.day, point.upvotes])).toEqual([
    ["2025-12-10", 2],
    ["2025-12-11", 5],
    ["2025-12-12", 9],
  ]);
});

test("a list imported repeatedly keeps its first and latest listing, and any with a paper that no other has", async () => {
  await importOn(day(1), "2025-12-11");
  await importOn(day(2, ["2512.00009"]), "2025-12-11");
  await importOn(day(3), "2025-12-11");
  await importOn(day(4), "2025-12-11");
  expect(await db().listing.count()).toBe(3);
  expect(await db().entry.count()).toBe(5);
  expect((await page("2512.00009")).entries).toHaveLength(1);
  expect(await db().import.count()).toBe(4);
});

test("every import is recorded with its counts and rejected entries, even if it added nothing", async () => {
  const items = JSON.parse(day(1));
  items[1].paper.upvotes = "3.2k";
  const body = JSON.stringify(items);
  await importOn(body, "2025-12-11");
  await importOn(body, "2025-12-11");
  const imports = await db().import.findMany({ include: { rejections: true } });
  expect(imports).toMatchObject([
    { format: "hf-api", period: "2025-12-11", listed: 2, new: 1, rejected: 1, listingId: 1 },
    { listed: 2, new: 0, unchanged: 1, rejected: 1, listingId: 1 },
  ]);
  expect(imports[0]?.rejections).toMatchObject([
    {
      entry: 2,
      reason: expect.stringContaining("paper.upvotes"),
      excerpt: expect.stringContaining("2512.00002"),
    },
  ]);
});

test("the history counts imports that found nothing new instead of listing them", async () => {
  for (const votes of [1, 1, 2]) await importOn(day(votes), "2025-12-11");
  const { imports, quiet, more } = await listImports(db());
  expect([imports.map((one) => [one.new, one.updated]), quiet, more]).toEqual([
    [
      [0, 2],
      [2, 0],
    ],
    1,
    0,
  ]);
  const later = new Date(Date.now() + 30 * 86_400_000);
  expect(await listImports(db(), later)).toEqual({ imports: [], quiet: 0, more: 3 });
});

test("removing a listing removes what only it had added, but never a bookmarked paper", async () => {
  await scrapeBody(db(), day(3));
  const wrong = hubAnswer([
    { id: "2512.00001", day: "2025-12-10", upvotes: 50, title: "A Wrong Title" },
    { id: "2512.00007", day: "2025-12-10" },
    { id: "2512.00008", day: "2025-12-10" },
  ]);
  await scrapeBody(db(), wrong, { today: "2026-02-04" });
  await setMark("local", "Bookmark", ["2512.00008"], true);
  const listing = await db().listing.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(await forgetListing(db(), listing.id)).toEqual({ papers: 3, removed: 1, bookmarked: 1 });
  expect(await forgetListing(db(), listing.id)).toBeNull();
  expect((await page("2512.00001")).paper).toMatchObject({
    title: "Paper 2512.00001",
    upvotes: 3,
    listedOn: "2025-12-11",
  });
  expect(await findPaper("2512.00007")).toBeNull();
  expect(await isBookmarked("2512.00008")).toBe(true);
  const found = async (q: string) =>
    (await listPapers({ ...filterState.defaults, q })).papers.map(({ id }) => id);
  expect(await found("wrong")).toEqual([]);
  expect(await found("2512.00001")).toEqual(["2512.00001"]);
});

test("the first and last body of a list are stored beside the library, and importing them again gives the same data", async () => {
  for (const votes of [1, 2, 3]) await importOn(day(votes), "2025-12-11", store());
  expect(await store().files.list("2025-12-11")).toHaveLength(2);
  const { files, bytes } = await measureBodies(store());
  expect(files).toBe(2);
  expect(bytes).toBeGreaterThan(100);
  const before = await snapshot();
  // As if an earlier parser had found less.
  await db().$executeRaw`UPDATE "Paper" SET "authorCount" = 99, "fieldRanks" = ''`;
  for await (const stored of readBodies(store())) {
    if (stored instanceof Error) throw stored;
    const { body, info } = stored;
    const replayOf = { at: info.at, fingerprint: info.fingerprint };
    await importSource(
      openBody(info.source, info.url ?? url, Buffer.from(body)),
      { ...info, replayOf },
      db(),
      () => {},
    );
  }
  expect(await snapshot()).toEqual(before);
});

test("damaged stored bodies are named, and the intact ones are read", async () => {
  await importOn(day(1), "2025-12-11", store());
  const { files } = store();
  await files.write("damaged.gz", Buffer.from("hello"));
  await files.write("text.gz", gzipSync("hello\nthere"));
  await files.write("other.gz", gzipSync("{}\nthere"));
  if (testEngine() === "sqlite") mkdirSync(path.join(files.place, "folder.gz"));
  const found: string[] = [];
  for await (const stored of readBodies(store()))
    found.push(stored instanceof Error ? stored.message.slice(files.place.length + 1) : stored.info.source);
  expect(found.sort()).toEqual([
    expect.stringMatching(/^damaged\.gz: expected a stored listing file, got a damaged file \(.+\)$/),
    url,
    "other.gz: expected a stored listing file, got another file",
    "text.gz: expected a stored listing file, got another file",
  ]);
  expect((await measureBodies(store())).files).toBe(4);
});

test("a listing whose body cannot be stored is still saved, and the problem is reported", async () => {
  const { files } = store();
  const unblock = await blockFiles(db(), "listings");
  const { counts, storeProblem } = await importOn(day(1), "2025-12-11", store());
  expect(counts).toMatchObject({ new: 2 });
  expect(await db().paper.count()).toBe(2);
  expect(storeProblem).toMatch(
    /^[^\n]+listings: could not store listing files: (part of the path is a file, not a folder|.*violates check constraint "blocked".*)$/,
  );
  expect(storeProblem).toContain(`${files.place}: `);
  await expect(importOn("<p>something else</p>", "2025-12-11", store())).rejects.toThrow(
    "no format recognizes this",
  );
  await unblock();
});

const storedBodies = async () => {
  const names: string[] = [];
  for await (const stored of readBodies(store())) {
    if (stored instanceof Error) throw stored;
    const { name, body } = stored;
    names.push(`${/-(first|last)-/.exec(name)?.[1]} ${JSON.parse(body)[0].paper.upvotes}`);
  }
  return names;
};

test("removing a listing removes its stored body, and if that was the first, the latest becomes the first", async () => {
  for (const votes of [1, 2]) await importOn(day(votes), "2025-12-11", store());
  const other = openBody("other.json", null, Buffer.from(day(1)));
  await importSource(other, { ...contextOf({ kind: "search" }), bodies: store() }, db(), () => {});
  await forgetListing(db(), 1);
  expect(await storedBodies()).toEqual(["first 2", "first 1"]); // the second has the same body, stored for the other listing
  await importOn(day(3), "2025-12-11", store());
  expect((await storedBodies()).sort()).toEqual(["first 1", "first 2", "last 3"]);
  await forgetListing(db(), 4);
  expect((await storedBodies()).sort()).toEqual(["first 1", "first 2"]);
});

test("a stored body that only a later version recognizes is recorded as an import, and removed with its listing", async () => {
  await importOn(day(1), "2025-12-11", store());
  expect(await findBodies(store(), () => true)).toHaveLength(1);
  await forget(db(), await db().listing.findFirstOrThrow()); // leaves the stored body, as an earlier version did
  for await (const stored of readBodies(store())) {
    if (stored instanceof Error) throw stored;
    const { body, info } = stored;
    const replayOf = { at: info.at, fingerprint: null };
    await importSource(openBody(info.source, url, Buffer.from(body)), { ...info, replayOf }, db(), () => {});
  }
  const { listingId } = await db().import.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(listingId).not.toBeNull();
  await forgetListing(db(), listingId ?? 0);
  expect(await findBodies(store(), () => true)).toEqual([]);
});

test("stored bodies have a size limit, and a limit of 0 stores none", async () => {
  await importOn(day(1), "2025-12-11", store(0));
  expect(await store().files.list()).toEqual([]);
  await importOn(day(2), "2025-12-11", store(10));
  expect(await measureBodies(store())).toEqual({ bytes: 0, files: 0 });
});

test("a downloaded body that no format recognizes is stored for a later version", async () => {
  await expect(importOn("<p>something else</p>", "2025-12-11", store())).rejects.toThrow(
    "no format recognizes this",
  );
  for await (const stored of readBodies(store())) {
    if (stored instanceof Error) throw stored;
    const { body, info } = stored;
    expect(body).toBe("<p>something else</p>");
    expect(info.fingerprint).toBeNull();
  }
  expect((await measureBodies(store())).files).toBe(1);
});

async function snapshot() {
  return {
    papers: await db().paper.findMany({
      include: { tags: true, authors: true, votes: true },
      omit: { updatedAt: true },
      orderBy: { key: "asc" },
    }),
    entries: await db().entry.findMany({ orderBy: [{ listingId: "asc" }, { place: "asc" }] }),
    listings: await db().listing.findMany({ orderBy: { id: "asc" } }),
    imports: await db().import.findMany({ orderBy: { id: "asc" } }),
    words: await db().word.findMany({ orderBy: { word: "asc" } }),
  };
}

test("JSON, XML and HTML nested too deeply are refused with that reason", () => {
  const context = contextOf({});
  const deep = (open: string, close: string, times = 2000) => open.repeat(times) + close.repeat(times);
  for (const body of [
    deep("[", "]"),
    deep('{"a":', "}").replace(":}", ":1}"),
    `[{"paper":{"id":"2512.00001","authors":${deep("[", "]")}}}]`,
  ])
    expect(() => parseListing(body, context), body.slice(0, 40)).toThrow(
      "expected JSON of at most 500 levels, got more",
    );
  for (const body of [deep("<a>", "</a>"), `<html><body>${deep("<div>", "</div>")}`, deep("<x>", "", 30_000)])
    expect(() => parseListing(body, context), body.slice(0, 40)).toThrow(
      /elements nested at most 1000 deep|too deep/,
    );
});
