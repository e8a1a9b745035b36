import { expect, test } from "vitest";
import { moveDay, toHubDay } from "@/lib/days";
import { undo } from "@/lib/readers/changes";
import { setState } from "@/lib/readers/states";
import { findWatchMarks, matchWatches, maxMatches } from "@/lib/readers/watch-matches";
import { previewWatch } from "@/lib/readers/watch-preview";
import { deleteWatch, isWatched, listWatches, openWatch, saveWatch } from "@/lib/readers/watches";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();
const day = "2025-12-10";

const add = (...papers: { id: string; title: string; day?: string; upvotes?: number }[]) =>
  scrapeBody(db(), hubAnswer(papers.map((paper) => ({ day, ...paper }))));
const watch = (q: string, mutes = false) => saveWatch("local", { name: q, q, mutes });
const fresh = async () => (await listWatches("local")).map(({ name, fresh }) => [name, fresh]);
const marksOf = async (...ids: string[]) =>
  (await findWatchMarks("local", { ids })).map(({ id, marking, muting }) => [id, ...marking, ...muting]);

test("a watch counts the papers that came since it was last opened", async () => {
  await add({ id: "2512.00001", title: "Kettles of old" });
  await watch("kettles");
  expect(await fresh()).toEqual([["kettles", 0]]);
  await add({ id: "2512.00002", title: "A new kettle" }, { id: "2512.00003", title: "A ladder" });
  expect(await fresh()).toEqual([["kettles", 1]]);
  const [{ id } = { id: 0 }] = await listWatches("local");
  expect(await openWatch("local", id)).toBe("kettles");
  expect(await fresh()).toEqual([["kettles", 0]]);
  const marks = await findWatchMarks("local", { day }, "kettles");
  expect(marks.filter(({ isNew }) => isNew).map((mark) => mark.id)).toEqual(["2512.00002"]);
  expect((await findWatchMarks("local", { day }, "other")).some(({ isNew }) => isNew)).toBe(false);
});

test("a watch that is deleted or renamed has its new papers again after an undo", async () => {
  await watch("kettles");
  await add({ id: "2512.00002", title: "A new kettle" });
  expect(await fresh()).toEqual([["kettles", 1]]);
  const [{ id } = { id: 0 }] = await listWatches("local");
  await deleteWatch("local", id);
  await undo("local");
  expect(await fresh()).toEqual([["kettles", 1]]);
  await saveWatch("local", { name: "Tea", q: "kettles", mutes: false }, id);
  await undo("local");
  expect(await fresh()).toEqual([["kettles", 1]]);
});

test("papers of before and after the watch began are marked, each with all its watches", async () => {
  await add({ id: "2512.00001", title: "Kettles and ladders" });
  await watch("kettles");
  await watch("ladders", true);
  await add({ id: "2512.00002", title: "A kettle" }, { id: "2512.00003", title: "A pulley" });
  await matchWatches();
  expect(await marksOf("2512.00001", "2512.00002", "2512.00003")).toEqual([
    ["2512.00001", "kettles", "ladders"],
    ["2512.00002", "kettles"],
  ]);
  expect(await findWatchMarks("local", { day })).toContainEqual({
    id: "2512.00001",
    marking: ["kettles"],
    muting: ["ladders"],
    isNew: false,
  });
});

test("a paper that changes is compared again, and keeps the time when it first matched", async () => {
  await watch("upvotes:>=20");
  await add({ id: "2512.00001", title: "Kettles", upvotes: 3 });
  expect(await fresh()).toEqual([["upvotes:>=20", 0]]);
  await add({ id: "2512.00001", title: "Kettles", upvotes: 30 });
  expect(await fresh()).toEqual([["upvotes:>=20", 1]]);
  const [{ id } = { id: 0 }] = await listWatches("local");
  await openWatch("local", id);
  await add({ id: "2512.00001", title: "Kettles", upvotes: 40 });
  expect(await fresh()).toEqual([["upvotes:>=20", 0]]);
  expect(await marksOf("2512.00001")).toEqual([["2512.00001", "upvotes:>=20"]]);
});

test("another search of a watch forgets what the former one matched", async () => {
  await add({ id: "2512.00001", title: "Kettles" }, { id: "2512.00002", title: "Ladders" });
  await watch("kettles");
  const [{ id } = { id: 0 }] = await listWatches("local");
  expect(await saveWatch("local", { name: "Tools", q: "ladders", mutes: false }, id)).toBeNull();
  expect(await marksOf("2512.00001", "2512.00002")).toEqual([["2512.00002", "Tools"]]);
});

test("a watch may ask for the reader's own papers", async () => {
  await add({ id: "2512.00001", title: "Kettles" });
  await setState("local", ["2512.00001"], "read");
  await watch("is:read kettles");
  expect(await marksOf("2512.00001")).toEqual([["2512.00001", "is:read kettles"]]);
});

test("two watches cannot have one name, and the same watch twice is one", async () => {
  await watch("kettles");
  expect(await watch("kettles")).toBeNull();
  expect(await saveWatch("local", { name: "KETTLES", q: "ladders", mutes: false })).toBe("name");
  expect(await saveWatch("local", { name: "All", q: "", mutes: false })).toBe("empty");
  expect(await listWatches("local")).toHaveLength(1);
  expect(await isWatched("local", "kettles")).toBe(true);
  expect(await isWatched("local", "ladders")).toBe(false);
});

test("a watch that was deleted cannot be changed, and comes back with its papers by undo", async () => {
  await add({ id: "2512.00001", title: "Kettles" });
  await watch("kettles");
  const [{ id } = { id: 0 }] = await listWatches("local");
  expect(await deleteWatch("local", id)).toBe(true);
  expect(await deleteWatch("local", id)).toBe(false);
  expect(await openWatch("local", id)).toBeNull();
  expect(await saveWatch("local", { name: "Kettles", q: "kettles", mutes: false }, id)).toBe("gone");
  expect(await marksOf("2512.00001")).toEqual([]);
  expect(await undo("local")).toBe("Deleted the watch “kettles”");
  expect(await marksOf("2512.00001")).toEqual([["2512.00001", "kettles"]]);
});

test("only the latest papers of a watch are remembered", async () => {
  const many = Array.from({ length: maxMatches + 5 }, (_, at) => ({
    id: `2512.${String(10_000 + at)}`,
    title: `Kettle ${at}`,
    day: at < 5 ? "2025-12-09" : day,
  }));
  await watch("kettle");
  for (let at = 0; at < many.length; at += 500) await add(...many.slice(at, at + 500));
  const [found] = await listWatches("local");
  expect(found).toMatchObject({ fresh: maxMatches, isMore: true });
  expect(await marksOf("2512.10000", "2512.11004")).toEqual([["2512.11004", "kettle"]]);
});

test("a preview counts the papers of the last 30 days and all others", async () => {
  const now = new Date("2025-12-20T12:00:00Z");
  const old = moveDay(toHubDay(now), -31);
  await add(
    { id: "2512.00001", title: "Kettles" },
    { id: "2511.00001", title: "Old kettles", day: old },
    { id: "2512.00002", title: "Ladders" },
  );
  const { recent, ever, papers } = await previewWatch("local", "kettles", now);
  expect([recent, ever, papers.map(({ id }) => id)]).toEqual([1, 2, ["2512.00001", "2511.00001"]]);
});
