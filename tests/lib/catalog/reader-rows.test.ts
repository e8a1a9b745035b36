import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { fingerprintOf } from "@/lib/catalog/fingerprint";
import { saveListing } from "@/lib/catalog/save";
import { forgetListing } from "@/lib/imports/forget-listing";
import { parseListing } from "@/lib/listings/parse";
import { findPaper } from "@/lib/papers/find";
import { undo } from "@/lib/readers/changes";
import { findMarks, setMark } from "@/lib/readers/marks";
import { hubAnswer } from "@/tests/hub-answer";
import { contextOf, isBookmarked, openTestLibrary, scrapeBody } from "@/tests/library";

// Whatever an import does to a paper, the reader's bookmark, seen mark and undo steps stay.
const { db } = openTestLibrary();
const text = readFileSync(path.resolve("tests/fixtures/text/day.txt"), "utf8");

const isSeen = async (id: string) => (await findMarks("local", { ids: [id] })).seen.includes(id);
const markTimes = async () => [
  (await db().bookmark.findMany({ orderBy: { createdAt: "asc" } })).map(({ createdAt }) => createdAt),
  (await db().seen.findMany({ orderBy: { createdAt: "asc" } })).map(({ createdAt }) => createdAt),
];

/** Bookmarks a paper twice with a removal between, and marks it as seen: four changes, two marks. */
async function makeFourChanges(id: string) {
  await setMark("local", "Bookmark", [id], true);
  await setMark("local", "Bookmark", [id], false);
  await setMark("local", "Bookmark", [id], true);
  await setMark("local", "Seen", [id], true);
}

/** Expects all four changes to belong to this paper, and undoes them one by one. */
async function expectFourChanges(id: string) {
  const state = async () => [await isBookmarked(id), await isSeen(id)];
  expect(await state()).toEqual([true, true]);
  expect([await undo("local"), ...(await state())]).toEqual(["Marked as seen", true, false]);
  expect([await undo("local"), ...(await state())]).toEqual(["Added to library", false, false]);
  expect([await undo("local"), ...(await state())]).toEqual(["Removed from library", true, false]);
  expect([await undo("local"), ...(await state())]).toEqual(["Added to library", false, false]);
}

test("a paper's marks and undo steps stay when it gets an arXiv id", async () => {
  await scrapeBody(db(), text);
  const { id } = await db().paper.findFirstOrThrow({ where: { title: "Ladders" } });
  await makeFourChanges(id);
  const before = await markTimes();
  await scrapeBody(
    db(),
    hubAnswer([{ id: "2512.00009", title: "Ladders", summary: "One rung at a time.", day: "2025-12-11" }]),
  );
  expect(await findPaper(id)).toEqual({ movedTo: "2512.00009" });
  expect(await markTimes()).toEqual(before);
  await expectFourChanges("2512.00009");
});

/** Imports one paper as two. `merge` imports a listing that makes them one, with the id `second`; `first` is a text id. */
async function importTwins() {
  const short = { id: "2402.00009", title: "Ladders", day: "2025-12-12" };
  await scrapeBody(db(), hubAnswer([{ ...short, summary: "" }]));
  await scrapeBody(db(), text);
  const { id } = await db().paper.findFirstOrThrow({ where: { title: "Ladders", arxivId: null } });
  const merge = () => scrapeBody(db(), hubAnswer([{ ...short, summary: "One rung at a time." }]));
  return { first: id, second: short.id, merge };
}

test("marks and undo steps move to the other paper when their paper is merged into it", async () => {
  const { first, second, merge } = await importTwins();
  await makeFourChanges(first);
  const before = await markTimes();
  await merge();
  expect(await findPaper(first)).toEqual({ movedTo: second });
  expect(await markTimes()).toEqual(before);
  await expectFourChanges(second);
});

test("marks and undo steps of both papers stay when two papers become one", async () => {
  const { first, second, merge } = await importTwins();
  const pair = [first, second];
  await setMark("local", "Bookmark", [first], true);
  await setMark("local", "Bookmark", pair, true);
  await setMark("local", "Seen", pair, true);
  await setMark("local", "Seen", pair, false);
  await merge();
  expect([await isBookmarked(second), await isSeen(second)]).toEqual([true, false]);
  await undo("local");
  expect([await isBookmarked(second), await isSeen(second)]).toEqual([true, true]);
  await undo("local");
  expect([await isBookmarked(second), await isSeen(second)]).toEqual([true, false]);
  await undo("local");
  await undo("local");
  expect([await isBookmarked(second), await undo("local")]).toEqual([false, null]);
});

test("marks and undo steps stay when the only listing of a paper is removed", async () => {
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]));
  await makeFourChanges("2512.00001");
  const before = await markTimes();
  const { id } = await db().listing.findFirstOrThrow();
  expect(await forgetListing(db(), id)).toEqual({
    papers: 1,
    removed: 0,
    bookmarked: 1,
  });
  expect(await markTimes()).toEqual(before);
  await expectFourChanges("2512.00001");
});

test("marks and undo steps stay when a listing is imported again in place", async () => {
  const body = hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]);
  await scrapeBody(db(), body);
  await makeFourChanges("2512.00001");
  const before = await markTimes();
  await db().paper.updateMany({ data: { title: "As an older version read it" } });
  const listing = parseListing(body, contextOf({}));
  const read = { source: "listing", url: null, at: new Date(), asOf: "2025-12-11", priors: new Map() };
  const saved = await saveListing(db(), listing, body, read, fingerprintOf(listing, body));
  expect(saved).toMatchObject({ listed: 1, updated: 1 });
  expect(await markTimes()).toEqual(before);
  await expectFourChanges("2512.00001");
});

test("marks and undo steps stay when an earlier day lists a paper, which changes its order key", async () => {
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]));
  await makeFourChanges("2512.00001");
  const [before, { orderKey }] = [await markTimes(), await db().paper.findFirstOrThrow()];
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-09" }]));
  const moved = await db().paper.findFirstOrThrow();
  expect(moved.orderKey).toBeLessThan(orderKey);
  expect(moved.feedDay).toBe("2025-12-09");
  expect(await markTimes()).toEqual(before);
  await expectFourChanges("2512.00001");
});
