import { beforeEach, expect, test } from "vitest";
import { findLastChange, undo } from "@/lib/readers/changes";
import { edit } from "@/lib/readers/edit";
import { addToList, createList, deleteList, removeFromList, renameList } from "@/lib/readers/lists";
import { setMark } from "@/lib/readers/marks";
import { writeNote } from "@/lib/readers/notes";
import { addTags, removeTags, renameTags } from "@/lib/readers/own-tags";
import { setState } from "@/lib/readers/states";
import { deleteWatch, saveWatch } from "@/lib/readers/watches";
import { libraryRows } from "@/tests/attached";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();
const [first, second, third] = ["2512.00001", "2512.00002", "2512.00003"];
const all = [first, second, third];

/** A library with something of everything on the first two papers. */
beforeEach(async () => {
  await scrapeBody(db(), hubAnswer(all.map((id) => ({ id, title: `Title ${id}`, day: "2025-12-10" }))));
  await setState("local", [first], "reading");
  await writeNote("local", [first], "Compare with **kettles**.");
  await addToList("local", "Theses", [first, second]);
  await createList("local", "Later");
  await addTags("local", [first], ["ladder"]);
  await addTags("local", [second], ["pulley"]);
  await saveWatch("local", { name: "Firsts", q: "id:2512.00001", mutes: false });
});

const findWatch = async () => (await db().watch.findFirstOrThrow()).id;
const saveSecond = async () =>
  saveWatch("local", { name: "Seconds", q: "id:2512.00002", mutes: false }, await findWatch());

const changes: [said: string, make: () => Promise<unknown>][] = [
  ["Moved to Read", () => setState("local", [first], "read")],
  ["Moved 3 papers to Archived", () => setState("local", all, "archived")],
  ["Removed 2 papers from library", () => setMark("local", "Bookmark", all, false)],
  ["Wrote a note", () => writeNote("local", [first], "Another.")],
  ["Wrote a note", () => writeNote("local", [third], "On a paper that was not bookmarked.")],
  ["Wrote a note on 3 papers", () => writeNote("local", all, "The same.")],
  ["Deleted a note", () => writeNote("local", all, " \n")],
  ["Added to “Theses”", () => addToList("local", "theses", all)],
  ["Added 2 papers to “New”", () => addToList("local", "New", [second, third])],
  ["Removed 2 papers from “Theses”", () => removeFromList("local", "THESES", all)],
  ["Created the list “New”", () => createList("local", "New")],
  ["Renamed a list to “Dissertations”", () => renameList("local", "Theses", "Dissertations")],
  ["Deleted the list “Theses”", () => deleteList("local", "theses")],
  ["Deleted the list “Later”", () => deleteList("local", "later")],
  ["Tagged 3 papers “kettle”", () => addTags("local", all, ["Kettles"])],
  ["Tagged “kettle”, “lamp”", () => addTags("local", [third], ["kettle", "lamp", "Lamps"])],
  ["Removed the tag “ladder”", () => removeTags("local", all, ["ladders"])],
  ["Watching “Pulleys”", () => saveWatch("local", { name: "Pulleys", q: "tag:pulley", mutes: true })],
  ["Changed the watch “Seconds”", () => saveSecond()],
  ["Deleted the watch “Firsts”", async () => deleteWatch("local", await findWatch())],
  ["Renamed a tag to “stair”", () => renameTags("local", ["ladder"], "Stairs")],
  ["Renamed a tag to “pulley”", () => renameTags("local", ["ladder", "pulley"], "pulley")],
  [
    "Edited in library",
    () => edit("local", first, { state: "read", note: "", lists: ["Later", "New"], tags: ["pulley"] }),
  ],
  ["Edited in library", () => edit("local", second, { lists: [], tags: [] })],
  ["Edited in library", () => edit("local", third, { note: "First." })],
];

test.each(changes)("%s: the undo restores every row as it was", async (said, make) => {
  const before = await libraryRows();
  await make();
  expect(await libraryRows()).not.toEqual(before);
  expect((await findLastChange("local"))?.message).toBe(said);
  expect(await undo("local")).toBe(said);
  expect(await libraryRows()).toEqual(before);
});

test("many changes are undone one after the other, each to the rows before it", async () => {
  const states = [];
  for (const [, make] of changes) {
    states.push(await libraryRows());
    await make();
  }
  for (const [at, rows] of [...states.entries()].reverse()) {
    const now = await libraryRows();
    // A change that found everything as it wanted left no step.
    if (JSON.stringify(now) === JSON.stringify(rows)) continue;
    await undo("local");
    expect(await libraryRows(), changes[at]?.[0]).toEqual(rows);
  }
});

test.each([
  ["a state", () => setState("local", [first], "reading")],
  ["a note", () => writeNote("local", [first], "Compare with **kettles**.\r\n")],
  ["no note", () => writeNote("local", [second], "")],
  ["a list", () => addToList("local", "Theses", [first, second])],
  ["a list of this name", () => createList("local", "THESES")],
  ["this name", () => renameList("local", "Theses", "Theses")],
  ["a tag", () => addTags("local", [first], ["Ladders"])],
  ["no such tag", () => removeTags("local", [first], ["pulley"])],
  ["all of it", () => edit("local", first, { state: "reading", lists: ["theses"], tags: ["ladder"] })],
])("setting what is there already is no change: %s", async (_, make) => {
  const [before, last] = [await libraryRows(), await findLastChange("local")];
  await make();
  expect(await libraryRows()).toEqual(before);
  expect((await findLastChange("local"))?.id).toBe(last?.id);
});

test("a removed bookmark takes neither note, lists nor tags with it", async () => {
  const before = await libraryRows();
  await setMark("local", "Bookmark", [first], false);
  const { bookmarks, ...rest } = await libraryRows();
  expect(rest).toEqual({
    notes: before.notes,
    lists: before.lists,
    watches: before.watches,
    matches: before.matches,
    listed: before.listed,
    tags: before.tags,
  });
  expect(bookmarks).toHaveLength(1);
});

test("papers deleted since are skipped by an undo", async () => {
  await addToList("local", "New", all);
  await writeNote("local", all, "The same.");
  await db().paper.delete({ where: { id: second } });
  await undo("local");
  await undo("local");
  const { notes, listed, lists } = await libraryRows();
  expect(notes.map(({ text }) => text)).toEqual(["Compare with **kettles**."]);
  expect([listed.length, lists.length]).toEqual([1, 2]);
});

test("papers that are not in the library are refused", async () => {
  const before = await libraryRows();
  expect(await setState("local", ["2512.99999"], "read")).toBe(false);
  expect(await writeNote("local", ["2512.99999"], "Text")).toBe(false);
  expect(await addToList("local", "Other", ["2512.99999"])).toBe(false);
  expect(await removeFromList("local", "Other", [first])).toBe(false);
  expect(await addTags("local", ["2512.99999"], ["lamp"])).toBe(false);
  expect(await renameTags("local", ["lamp"], "kettle")).toBe(false);
  expect(await deleteList("local", "Other")).toBe(false);
  expect(await renameList("local", "Other", "Others")).toBe(false);
  expect(await renameList("local", "Later", "theses")).toBe(false);
  expect(await edit("local", "2512.99999", { state: "read" })).toBe(false);
  expect(await libraryRows()).toEqual(before);
});

test("a list may change the case of its name", async () => {
  expect(await renameList("local", "theses", "THESES")).toBe(true);
  expect((await libraryRows()).lists.map(({ name }) => name)).toEqual(["THESES", "Later"]);
});
