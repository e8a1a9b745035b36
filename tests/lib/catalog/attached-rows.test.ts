import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { forgetListing } from "@/lib/imports/forget-listing";
import { undo } from "@/lib/readers/changes";
import { type Edit, edit } from "@/lib/readers/edit";
import { addToList } from "@/lib/readers/lists";
import { setMark } from "@/lib/readers/marks";
import { writeNote } from "@/lib/readers/notes";
import { addTags } from "@/lib/readers/own-tags";
import { setState } from "@/lib/readers/states";
import { attachedTo, libraryRows } from "@/tests/attached";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

// Whatever an import does to a paper, its notes, lists, tags and state stay, and so do the steps that undo them.
const { db } = openTestLibrary();
const text = readFileSync(path.resolve("tests/fixtures/text/day.txt"), "utf8");

const everything: Edit = { state: "read", note: "One.", lists: ["Later", "Theses"], tags: ["kettle"] };

async function attachEverything(id: string) {
  await edit("local", id, everything);
}

/** Imports one paper as two. `merge` imports a listing that makes them one, with the id `second`. */
async function importTwins() {
  const short = { id: "2402.00009", title: "Ladders", day: "2025-12-12" };
  await scrapeBody(db(), hubAnswer([{ ...short, summary: "" }]));
  await scrapeBody(db(), text);
  const { id } = await db().paper.findFirstOrThrow({ where: { title: "Ladders", arxivId: null } });
  const merge = () => scrapeBody(db(), hubAnswer([{ ...short, summary: "One rung at a time." }]));
  return { first: id, second: short.id, merge };
}

test("everything attached to a paper stays when it gets an arXiv id", async () => {
  await scrapeBody(db(), text);
  const { id } = await db().paper.findFirstOrThrow({ where: { title: "Ladders" } });
  await attachEverything(id);
  const paper = { id: "2512.00009", title: "Ladders", summary: "One rung at a time.", day: "2025-12-11" };
  await scrapeBody(db(), hubAnswer([paper]));
  expect(await attachedTo("2512.00009")).toMatchObject(everything);
  await undo("local");
  expect(await attachedTo("2512.00009")).toBeNull();
});

test("everything attached to a paper moves to the one it is merged into, with its undo", async () => {
  const { first, second, merge } = await importTwins();
  await attachEverything(first);
  await merge();
  expect(await attachedTo(second)).toMatchObject(everything);
  await undo("local");
  expect(await attachedTo(second)).toBeNull();
});

test("when two papers become one, what was attached to both stays", async () => {
  const { first, second, merge } = await importTwins();
  await attachEverything(first);
  await edit("local", second, { note: "Two.", lists: ["Theses", "Ropes"], tags: ["kettle", "lamp"] });
  const [{ at } = { at: "" }] = [(await attachedTo(second)) ?? undefined];
  await merge();
  expect(await attachedTo(second)).toEqual({
    ...{ at, state: "read", note: "Two.\n\n---\n\nOne." },
    ...{ lists: ["Later", "Ropes", "Theses"], tags: ["kettle", "lamp"] },
  });
  const { terms } = await db().note.findFirstOrThrow();
  expect(terms).toMatch(/ two .*·.* one /);
  expect((await libraryRows()).notes).toHaveLength(1);
});

test("of two states, one that was chosen stays, and otherwise that of the paper that stays", async () => {
  const { first, second, merge } = await importTwins();
  await setState("local", [first], "archived");
  await setState("local", [second], "reading");
  await merge();
  expect(await attachedTo(second)).toMatchObject({ state: "reading" });
});

test("a note that became part of another is not lost by undoing either", async () => {
  const { first, second, merge } = await importTwins();
  await writeNote("local", [first], "One.");
  await writeNote("local", [second], "Two.");
  await merge();
  await undo("local");
  await undo("local");
  expect((await attachedTo(second))?.note).toBe("Two.\n\n---\n\nOne.");
});

test("a note that was deleted before does not replace that of the other paper", async () => {
  const { first, second, merge } = await importTwins();
  await writeNote("local", [first], "One.");
  await writeNote("local", [first], "");
  await writeNote("local", [second], "Two.");
  await merge();
  for (let at = 0; at < 3; at++) await undo("local");
  expect((await attachedTo(second))?.note).toBe("Two.");
});

test.each([
  ["a note", (id: string) => writeNote("local", [id], "One.")],
  ["a list", (id: string) => addToList("local", "Theses", [id])],
  ["a tag", (id: string) => addTags("local", [id], ["kettle"])],
])("a paper with %s stays when its only listing is removed, also without a bookmark", async (_, attach) => {
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]));
  await attach("2512.00001");
  await setMark("local", "Bookmark", ["2512.00001"], false);
  const before = await libraryRows();
  const { id } = await db().listing.findFirstOrThrow();
  expect(await forgetListing(db(), id)).toMatchObject({ removed: 0 });
  expect(await libraryRows()).toEqual(before);
});

test("everything attached stays when an earlier day lists a paper, which changes its order key", async () => {
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]));
  await attachEverything("2512.00001");
  const [before, { orderKey }] = [await libraryRows(), await db().paper.findFirstOrThrow()];
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-09" }]));
  expect((await db().paper.findFirstOrThrow()).orderKey).toBeLessThan(orderKey);
  expect(await libraryRows()).toEqual(before);
});
