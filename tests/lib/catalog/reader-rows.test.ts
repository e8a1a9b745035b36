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

// Whatever an import makes of a paper, what a reader did with it stays: the bookmark, the seen mark, and the steps back.
const { db, file } = openTestLibrary();
const text = readFileSync(path.resolve("tests/fixtures/text/day.txt"), "utf8");

const isSeen = async (id: string) => (await findMarks("local", { ids: [id] })).seen.includes(id);
const moments = async () => [
  (await db().bookmark.findMany({ orderBy: { createdAt: "asc" } })).map(({ createdAt }) => createdAt),
  (await db().seen.findMany({ orderBy: { createdAt: "asc" } })).map(({ createdAt }) => createdAt),
];

/** Bookmarks a paper twice with a removal between, and marks it as seen: four steps, two marks. */
async function use(id: string) {
  await setMark("local", "Bookmark", [id], true);
  await setMark("local", "Bookmark", [id], false);
  await setMark("local", "Bookmark", [id], true);
  await setMark("local", "Seen", [id], true);
}

/** Expects all that `use` did to belong to this paper, takes it back step by step, and leaves it as it was before. */
async function expectWhole(id: string) {
  const state = async () => [await isBookmarked(id), await isSeen(id)];
  expect(await state()).toEqual([true, true]);
  expect([await undo("local"), ...(await state())]).toEqual(["Marked as seen", true, false]);
  expect([await undo("local"), ...(await state())]).toEqual(["Added to library", false, false]);
  expect([await undo("local"), ...(await state())]).toEqual(["Removed from library", true, false]);
  expect([await undo("local"), ...(await state())]).toEqual(["Added to library", false, false]);
}

test("when a paper known by its text gets its arXiv id", async () => {
  await scrapeBody(db(), text);
  const { id } = await db().paper.findFirstOrThrow({ where: { title: "Ladders" } });
  await use(id);
  const before = await moments();
  await scrapeBody(
    db(),
    hubAnswer([{ id: "2512.00009", title: "Ladders", summary: "One rung at a time.", day: "2025-12-11" }]),
  );
  expect(await findPaper(id)).toEqual({ movedTo: "2512.00009" });
  expect(await moments()).toEqual(before);
  await expectWhole("2512.00009");
});

/** Two papers that are one, as only the third listing tells; `second` is the arXiv id that stays, `first` the text's. */
async function readTwins() {
  const short = { id: "2402.00009", title: "Ladders", day: "2025-12-12" };
  await scrapeBody(db(), hubAnswer([{ ...short, summary: "" }]));
  await scrapeBody(db(), text);
  const { id } = await db().paper.findFirstOrThrow({ where: { title: "Ladders", arxivId: null } });
  const merge = () => scrapeBody(db(), hubAnswer([{ ...short, summary: "One rung at a time." }]));
  return { first: id, second: short.id, merge };
}

test("when two papers become one, whichever of them was used", async () => {
  const { first, second, merge } = await readTwins();
  await use(first);
  const before = await moments();
  await merge();
  expect(await findPaper(first)).toEqual({ movedTo: second });
  expect(await moments()).toEqual(before);
  await expectWhole(second);
});

test("when two papers that were both used become one", async () => {
  const { first, second, merge } = await readTwins();
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

test("when the only listing that had a paper is taken back", async () => {
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]));
  await use("2512.00001");
  const before = await moments();
  const { id } = await db().listing.findFirstOrThrow();
  const folder = path.join(path.dirname(file()), "listings");
  expect(await forgetListing(db(), id, { folder, mostBytes: 1e6 })).toEqual({
    papers: 1,
    removed: 0,
    bookmarked: 1,
  });
  expect(await moments()).toEqual(before);
  await expectWhole("2512.00001");
});

test("when a listing is imported again in its own place", async () => {
  const body = hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]);
  await scrapeBody(db(), body);
  await use("2512.00001");
  const before = await moments();
  await db().paper.updateMany({ data: { title: "As an older version read it" } });
  const listing = parseListing(body, contextOf({}));
  const read = { source: "listing", url: null, at: new Date(), asOf: "2025-12-11" };
  const saved = await saveListing(db(), listing, body, read, fingerprintOf(listing, body));
  expect(saved).toMatchObject({ listed: 1, updated: 1 });
  expect(await moments()).toEqual(before);
  await expectWhole("2512.00001");
});

test("when an earlier day lists a paper, which gives it another place in the index", async () => {
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]));
  await use("2512.00001");
  const [before, { orderKey }] = [await moments(), await db().paper.findFirstOrThrow()];
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-09" }]));
  const moved = await db().paper.findFirstOrThrow();
  expect(moved.orderKey).toBeLessThan(orderKey);
  expect(moved.feedDay).toBe("2025-12-09");
  expect(await moments()).toEqual(before);
  await expectWhole("2512.00001");
});
