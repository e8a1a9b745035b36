import { beforeEach, expect, test } from "vitest";
import { joinNotes } from "@/lib/join-notes";
import type { Brought } from "@/lib/listings/listing";
import { bringIn } from "@/lib/readers/bring-in";
import { findLastChange, undo } from "@/lib/readers/changes";
import { addToList } from "@/lib/readers/lists";
import { writeNote } from "@/lib/readers/notes";
import { addTags } from "@/lib/readers/own-tags";
import { setState } from "@/lib/readers/states";
import { attachedTo, libraryRows } from "@/tests/attached";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();
const [first, second] = ["2512.00001", "2512.00002"];

beforeEach(() =>
  scrapeBody(db(), hubAnswer([first, second].map((id) => ({ id, title: `Title ${id}`, day: "2025-12-10" })))),
);

const nothing: Brought = { at: null, state: null, note: null, lists: [], tags: [], citeKey: null };

async function bring(brought: Record<string, Partial<Brought>[]>): Promise<number> {
  const papers = await Promise.all(
    Object.entries(brought).map(async ([id, all]) => {
      const { key } = await db().paper.findUniqueOrThrow({ where: { id } });
      return all.map((one) => ({ key, brought: { ...nothing, ...one } }));
    }),
  );
  return bringIn("local", papers.flat());
}

test("what a file says of papers that were not bookmarked is attached as it says, in one step", async () => {
  const before = await libraryRows();
  const changed = await bring({
    [first]: [
      {
        at: "2024-03-01T10:00:00.000Z",
        state: "archived",
        note: "Read *twice*.",
        lists: ["Theses", " theses"],
        tags: ["Ladders"],
      },
    ],
    [second]: [{ lists: ["THESES"] }],
  });
  expect(changed).toBe(2);
  expect(await attachedTo(first)).toEqual({
    at: "2024-03-01T10:00:00.000Z",
    state: "archived",
    note: "Read *twice*.",
    lists: ["Theses"],
    tags: ["ladder"],
  });
  expect(await attachedTo(second)).toMatchObject({ state: "toread", note: null, lists: ["Theses"] });
  expect(await findLastChange("local")).toMatchObject({ message: "Imported 2 papers into library" });
  expect(await undo("local")).toBe("Imported 2 papers into library");
  expect(await libraryRows()).toEqual(before);
});

test("nothing of the reader's is overwritten, and the undo takes back exactly what was brought", async () => {
  await setState("local", [first], "reading");
  await writeNote("local", [first], "Mine.");
  await addToList("local", "Theses", [first]);
  await addTags("local", [first], ["ladder"]);
  const [before, { at } = { at: "" }] = [await libraryRows(), (await attachedTo(first)) ?? undefined];
  const brought = {
    ...{ at: "2020-01-01T00:00:00.000Z", state: "archived" as const, note: "Theirs.\r\nTwo lines." },
    ...{ lists: ["theses", "Later"], tags: ["ladders", "kettle"] },
  };
  await bring({ [first]: [brought] });
  const after = {
    ...{ at, state: "reading", note: "Mine.\n\n---\n\nTheirs.\nTwo lines." },
    ...{ lists: ["Later", "Theses"], tags: ["kettle", "ladder"] },
  };
  expect(await attachedTo(first)).toEqual(after);
  expect(await bring({ [first]: [brought] })).toBe(0);
  expect(await attachedTo(first)).toEqual(after);
  await undo("local");
  expect(await libraryRows()).toEqual(before);
});

test("a paper that a file has twice is brought once, with the earliest time and both notes", async () => {
  await bring({
    [first]: [
      { at: "2024-03-01T10:00:00.000Z", note: "One.", tags: ["kettle"] },
      { at: "2023-03-01T10:00:00.000Z", state: "read", note: "Two.", tags: ["kettle", "lamp"] },
    ],
  });
  expect(await attachedTo(first)).toEqual({
    ...{ at: "2023-03-01T10:00:00.000Z", state: "read", note: "One.\n\n---\n\nTwo." },
    ...{ lists: [], tags: ["kettle", "lamp"] },
  });
});

test("a file that brings nothing new is no step", async () => {
  expect(await bring({})).toBe(0);
  await setState("local", [first], "read");
  expect(await bring({ [first]: [{ lists: [" "], tags: [""], note: " " }] })).toBe(0);
  expect((await findLastChange("local"))?.message).toBe("Moved to Read");
});

test.each([
  ["", "a", "a"],
  ["a", "", "a"],
  ["a", "a\n", "a"],
  ["a\n\n---\n\nb", "b", "a\n\n---\n\nb"],
  ["ab", "a", "ab\n\n---\n\na"],
])("the notes %j and %j become %j", (one, other, joined) => {
  expect(joinNotes(one, other)).toBe(joined);
});
