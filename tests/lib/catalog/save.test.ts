import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { rederive } from "@/lib/catalog/rederive";
import { forgetListing } from "@/lib/imports/forget-listing";
import { loadSample } from "@/lib/imports/sample";
import { findPaper } from "@/lib/papers/find";
import { undo } from "@/lib/readers/changes";
import { setMark } from "@/lib/readers/marks";
import { hubAnswer } from "@/tests/hub-answer";
import { isBookmarked, openTestLibrary, scrapeBody, testEngine } from "@/tests/library";

const { db } = openTestLibrary();
const text = readFileSync(path.resolve("tests/fixtures/text/day.txt"), "utf8");

test("importing the same body again adds nothing", async () => {
  expect(await scrapeBody(db(), text)).toEqual({ listed: 4, new: 4, updated: 0, unchanged: 0, rejected: 0 });
  const before = [await db().entry.count(), await db().listing.count()];
  expect(await scrapeBody(db(), text)).toEqual({ listed: 4, new: 0, updated: 0, unchanged: 4, rejected: 0 });
  expect([await db().entry.count(), await db().listing.count()]).toEqual(before);
});

test("every finished import increases the revision", async () => {
  const revision = async () => (await db().revision.findUniqueOrThrow({ where: { id: 1 } })).number;
  await scrapeBody(db(), text);
  const first = await revision();
  await scrapeBody(db(), text);
  expect(await revision()).toBeGreaterThan(first);
});

test("a later import updates votes, fills in what was unknown and erases nothing", async () => {
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-11", upvotes: 3, authors: ["Ada"] }]));
  const counts = await scrapeBody(
    db(),
    hubAnswer([{ id: "2512.00001", day: "2025-12-11", upvotes: 9, keywords: ["agents"] }]),
  );
  expect(counts).toMatchObject({ new: 0, updated: 1 });
  const found = await findPaper("2512.00001");
  expect(found).toMatchObject({
    paper: { upvotes: 9, authors: ["Ada"], tags: [{ name: "agent", source: "hub" }] },
  });
  expect(found).toMatchObject({ entries: [{ upvotes: 9 }, { upvotes: 3 }] });
});

test("importing an old body again does not undo newer votes", async () => {
  const older = hubAnswer([{ id: "2512.00001", day: "2025-12-11", upvotes: 3 }]);
  await scrapeBody(db(), older);
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-11", upvotes: 9 }]));
  expect(await scrapeBody(db(), older)).toMatchObject({ unchanged: 1 });
  expect(await findPaper("2512.00001")).toMatchObject({ paper: { upvotes: 9 } });
});

test("the feed day is the first day listed, and the order key follows it", async () => {
  await scrapeBody(
    db(),
    hubAnswer([
      { id: "2512.00001", day: "2025-12-11" },
      { id: "2512.00002", day: "2025-12-11" },
    ]),
  );
  await scrapeBody(db(), hubAnswer([{ id: "2512.00002", day: "2025-12-09" }]));
  const rows = await db().paper.findMany({
    orderBy: { id: "asc" },
    select: { feedDay: true, orderKey: true },
  });
  const day = 86_400_000;
  expect(rows).toEqual([
    { feedDay: "2025-12-11", orderKey: BigInt((Date.UTC(2025, 11, 11) / day) * 1_000_000 + 999_999) },
    { feedDay: "2025-12-09", orderKey: BigInt((Date.UTC(2025, 11, 9) / day) * 1_000_000 + 999_999) },
  ]);
});

test("a paper listed twice in one listing is one paper with one entry", async () => {
  const counts = await scrapeBody(db(), hubAnswer([{ id: "2512.00001" }, { id: "2512.00001" }]));
  expect(counts).toMatchObject({ listed: 2, new: 1, unchanged: 1 });
  expect(await db().entry.count()).toBe(1);
});

test("when a paper's arXiv id becomes known, its old address redirects and its bookmark stays", async () => {
  await scrapeBody(db(), text);
  const { id } = await db().paper.findFirstOrThrow({ where: { title: "Ladders" } });
  await setMark("local", "Bookmark", [id], true);
  await scrapeBody(
    db(),
    hubAnswer([{ id: "2512.00009", title: "Ladders", summary: "One rung at a time.", day: "2025-12-11" }]),
  );
  expect(await findPaper(id)).toEqual({ movedTo: "2512.00009" });
  expect(await findPaper("2512.00009")).toMatchObject({
    paper: { authorCount: 12, commentCount: 2, publishedOn: "2025-12-01" },
    formerIds: [id],
  });
  expect(await isBookmarked("2512.00009")).toBe(true);
  expect(await db().paper.count()).toBe(4);
});

test("a paper saved twice, by arXiv id and by text, becomes one when a source has both", async () => {
  // A compact card without an abstract, so nothing shows that it is the paper of the text.
  await scrapeBody(
    db(),
    hubAnswer([{ id: "2402.00009", title: "Ladders", summary: "", day: "2025-12-12", upvotes: 5 }]),
  );
  await scrapeBody(db(), text);
  const { id, textId } = await db().paper.findFirstOrThrow({ where: { title: "Ladders", arxivId: null } });
  await setMark("local", "Bookmark", [id], true);
  expect(await db().paper.count()).toBe(5);

  await scrapeBody(
    db(),
    hubAnswer([
      { id: "2402.00009", title: "Ladders", summary: "One rung at a time.", day: "2025-12-12", upvotes: 6 },
    ]),
  );
  expect(await findPaper(id)).toEqual({ movedTo: "2402.00009" });
  expect(await findPaper("2402.00009")).toMatchObject({
    paper: { upvotes: 6, authorCount: 12, commentCount: 2, listedOn: "2025-12-11" },
    formerIds: [id],
    entries: [{ format: "hf-api" }, { format: "text" }, { format: "hf-api" }],
  });
  expect(await isBookmarked("2402.00009")).toBe(true);
  expect(await db().paper.count()).toBe(4);
  expect(await db().$queryRaw`SELECT count(*) AS n FROM "PaperIndex"`).toEqual([{ n: 4n }]);

  // The same text in another listing is still that paper.
  await scrapeBody(db(), text.replace("Dec 11", "Dec 12"));
  expect(await db().paper.count({ where: { OR: [{ id }, { textId, arxivId: null }] } })).toBe(0);
  const words = await db().word.findMany({ orderBy: { word: "asc" } });
  await rederive(db());
  expect(await db().word.findMany({ orderBy: { word: "asc" } })).toEqual(words);

  // A change made to the old paper can be undone on the new one.
  await undo("local");
  expect(await isBookmarked("2402.00009")).toBe(false);
});

test("more than a thousand papers are saved, updated with their authors, and rederived", async () => {
  const ids = Array.from({ length: 1001 }, (_, index) => `2512.${10_000 + index}`);
  const listing = (authors: string[]) => hubAnswer(ids.map((id) => ({ id, day: "2025-12-11", authors })));
  expect(await scrapeBody(db(), listing([]))).toMatchObject({ new: 1001 });
  expect(await scrapeBody(db(), listing(["Ada"]))).toMatchObject({ updated: 1001 });
  await db().tag.updateMany({ data: { name: "stale" } });
  await rederive(db());
  expect(await db().tag.count({ where: { name: "stale" } })).toBe(0);
});

test("what the library learns from keywords changes the tags of new texts, and of others only when rederived", async () => {
  const summary = "We pour the amber oolong slowly, and find the saucers of the guests on a shelf.";
  const untagged = (id: string) => hubAnswer([{ id, title: `Tea ${id}`, summary, day: "2025-12-11" }]);
  const tags = async (id: string) =>
    (await db().tag.findMany({ where: { paper: { id } }, orderBy: { place: "asc" } })).map(
      ({ name }) => name,
    );
  await scrapeBody(db(), untagged("2512.00001"));
  const before = await tags("2512.00001");
  expect(before).not.toContain("amber oolong");
  const tagged = Array.from({ length: 20 }, (_, at) => ({
    id: `2512.${10_000 + at}`,
    summary: "They serve the dark oolong, the amber oolong and the rest.",
    day: "2025-12-11",
    keywords: ["dark oolong", "amber oolong"],
  }));
  await scrapeBody(db(), hubAnswer(tagged));
  // The same listing, and one that knows more votes.
  expect(await scrapeBody(db(), untagged("2512.00001"))).toMatchObject({ unchanged: 1 });
  const more = hubAnswer([
    { id: "2512.00001", title: "Tea 2512.00001", summary, day: "2025-12-11", upvotes: 5 },
  ]);
  expect(await scrapeBody(db(), more)).toMatchObject({ updated: 1 });
  expect(await tags("2512.00001")).toEqual(before);
  await forgetListing(db(), (await db().listing.findFirstOrThrow({ orderBy: { id: "desc" } })).id);
  expect(await tags("2512.00001")).toEqual(before);

  await scrapeBody(db(), untagged("2512.00002"));
  expect((await tags("2512.00002"))[0]).toBe("amber oolong");
  await rederive(db());
  const rederived = await tags("2512.00001");
  expect(rederived).toEqual(await tags("2512.00002"));
  await rederive(db());
  expect(await tags("2512.00001")).toEqual(rederived);
});

test("a title with TeX and the same title without it are one paper", async () => {
  const [item] = JSON.parse(hubAnswer([{ id: "2512.00001", title: "$\\mu$LO Scales", summary: "It does." }]));
  item.paper.title = "μLO Scales";
  await scrapeBody(db(), text.replace("Ladders", "μLO Scales").replace("One rung at a time.", "It does."));
  const before = await db().paper.count();
  await scrapeBody(db(), JSON.stringify([item]));
  expect(await db().paper.count()).toBe(before);
  expect(await findPaper("2512.00001")).toMatchObject({ paper: { authorCount: 12 } });
});

test("two arXiv ids stay two papers even if every word is the same", async () => {
  const same = { title: "Twins", summary: "The very same words." };
  await scrapeBody(
    db(),
    hubAnswer([
      { id: "2512.00001", ...same },
      { id: "2512.00002", ...same },
    ]),
  );
  expect(await db().paper.count()).toBe(2);
});

test("a rejected entry does not prevent the others from being saved", async () => {
  const items = JSON.parse(hubAnswer([{ id: "2512.00001" }, { id: "2512.00002" }]));
  items[0].paper.id = 7;
  expect(await scrapeBody(db(), JSON.stringify(items))).toEqual({
    listed: 2,
    new: 1,
    updated: 0,
    unchanged: 0,
    rejected: 1,
  });
});

test("if saving a listing fails, nothing of it is saved", async () => {
  await db().$executeRawUnsafe(
    testEngine() === "sqlite"
      ? `CREATE TRIGGER refuse BEFORE INSERT ON "Entry" BEGIN SELECT RAISE(ABORT, 'disk on fire'); END`
      : `ALTER TABLE "Entry" ADD CONSTRAINT refuse CHECK (place < 0)`,
  );
  await expect(scrapeBody(db(), text)).rejects.toThrow();
  const counts = [await db().paper.count(), await db().listing.count(), await db().word.count()];
  expect(counts).toEqual([0, 0, 0]);
  expect(await db().$queryRaw`SELECT count(*) AS n FROM "PaperIndex"`).toEqual([{ n: 0n }]);
  if (testEngine() === "postgres") await db().$executeRawUnsafe(`ALTER TABLE "Entry" DROP CONSTRAINT refuse`);
});

test("the sample fills an empty library once, and the first real listing removes it and its bookmarks", async () => {
  expect(await loadSample(db())).toBe(true);
  expect(await loadSample(db())).toBe(false);
  const { id } = await db().paper.findFirstOrThrow();
  await setMark("local", "Bookmark", [id], true);
  await scrapeBody(db(), text);
  expect(await db().paper.count()).toBe(4);
  expect(await db().bookmark.count()).toBe(0);
  expect(await db().listing.count({ where: { sample: true } })).toBe(0);
  expect(await loadSample(db())).toBe(false);
});

test("a listing without entries does not remove the sample", async () => {
  await loadSample(db());
  await scrapeBody(db(), "[]");
  expect(await db().listing.count({ where: { sample: true } })).toBe(1);
});
