import { beforeEach, expect, test } from "vitest";
import { findAttached } from "@/lib/readers/attached";
import { countLibrary } from "@/lib/readers/library-counts";
import { addToList, createList } from "@/lib/readers/lists";
import { setMark } from "@/lib/readers/marks";
import { writeNote } from "@/lib/readers/notes";
import { addTags } from "@/lib/readers/own-tags";
import { setState } from "@/lib/readers/states";
import { attachedTo } from "@/tests/attached";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();
const [first, second, third] = ["2512.00001", "2512.00002", "2512.00003"];

beforeEach(() =>
  scrapeBody(
    db(),
    hubAnswer([first, second, third].map((id) => ({ id, title: `Title ${id}`, day: "2025-12-10" }))),
  ),
);

test("what is attached to papers is found by their keys, and nothing of other readers", async () => {
  await db().reader.create({ data: { id: "ada", settings: "{}" } });
  await addToList("ada", "Hers", [first, second]);
  await addTags("ada", [first, second], ["kettle"]);
  await writeNote("ada", [second], "Hers.");
  await setState("local", [first], "reading");
  await addToList("local", "Zebra", [first]);
  await addToList("local", "apple", [first]);
  await addTags("local", [first], ["Lamps", "ladder"]);
  await writeNote("local", [first], "Mine.");
  const keys = (await db().paper.findMany({ select: { key: true } })).map(({ key }) => key);
  const attached = await findAttached("local", keys);
  expect([...attached.values()]).toEqual([
    {
      ...{ at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), state: "reading", note: "Mine." },
      ...{ lists: ["apple", "Zebra"], tags: ["ladder", "lamp"] },
    },
  ]);
  const { createdAt } = await db().bookmark.findFirstOrThrow({ where: { readerId: "local" } });
  expect(attached.values().next().value?.at).toBe(createdAt.toISOString());
});

test("a paper with only a note has the time of the note", async () => {
  await writeNote("local", [first], "Mine.");
  await setMark("local", "Bookmark", [first], false);
  const { updatedAt } = await db().note.findFirstOrThrow();
  expect(await attachedTo(first)).toEqual({
    ...{ at: updatedAt.toISOString(), state: "toread", note: "Mine.", lists: [], tags: [] },
  });
  expect(await attachedTo(second)).toBeNull();
});

test("a library is counted by state, list and tag", async () => {
  await setState("local", [first, second], "read");
  await setMark("local", "Bookmark", [third], true);
  await writeNote("local", [first], "Mine.");
  await addToList("local", "Theses", [first, third]);
  await createList("local", "Empty");
  await addTags("local", [first, second, third], ["kettle"]);
  await addTags("local", [third], ["lamp"]);
  expect(await countLibrary("local")).toEqual({
    bookmarks: 3,
    states: { toread: 1, reading: 0, read: 2, archived: 0 },
    notes: 1,
    lists: [
      { name: "Empty", papers: 0 },
      { name: "Theses", papers: 2 },
    ],
    tags: [
      { name: "kettle", papers: 3 },
      { name: "lamp", papers: 1 },
    ],
  });
  expect(await countLibrary("ada")).toMatchObject({ bookmarks: 0, lists: [], tags: [] });
});
