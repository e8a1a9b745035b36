import { beforeEach, expect, test } from "vitest";
import { PATCH } from "@/app/api/v1/bookmarks/[...id]/route";
import { GET } from "@/app/api/v1/library/route";
import { POST } from "@/app/bookmarks/route";
import { POST as EDIT } from "@/app/library/edit/route";
import { findLastChange, undo } from "@/lib/readers/changes";
import { attachedTo, libraryRows } from "@/tests/attached";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();
const [first, second] = ["2512.00001", "2512.00002"];

beforeEach(() =>
  scrapeBody(db(), hubAnswer([first, second].map((id) => ({ id, title: `Title ${id}`, day: "2025-12-10" })))),
);

const form = (path: string, fields: [string, string][]) =>
  new Request(`http://localhost${path}`, { method: "POST", body: new URLSearchParams(fields) });
const post = async (...fields: [string, string][]) => (await POST(form("/bookmarks", fields))).status;
/** Where the answer leads, or its status. */
const edit = async (...fields: [string, string][]) => {
  const answer = await EDIT(form("/library/edit", fields));
  return answer.headers.get("location") ?? answer.status;
};

function patch(id: string, body: unknown) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const request = new Request(`http://localhost/api/v1/bookmarks/${id}`, { method: "PATCH", body: text });
  return PATCH(request, { params: Promise.resolve({ id: id.split("/") }) });
}

test("forms set a state, lists, a note and tags of several papers", async () => {
  const ids: [string, string][] = [first, second].map((id) => ["id", id]);
  expect(await post(...ids, ["state", "reading"])).toBe(303);
  expect(await post(...ids, ["list", " Theses "])).toBe(303);
  expect(await post(["id", first], ["note", "One\r\ntwo\u0000\r\n"])).toBe(303);
  expect(await post(...ids, ["tag", "Lamps"])).toBe(303);
  expect(await attachedTo(first)).toMatchObject({
    ...{ state: "reading", note: "One\ntwo", lists: ["Theses"], tags: ["lamp"] },
  });
  expect(await post(["id", first], ["unlist", "theses"])).toBe(303);
  expect(await post(["id", first], ["untag", "lamp"])).toBe(303);
  expect(await post(["id", first], ["note", ""])).toBe(303);
  expect(await attachedTo(first)).toMatchObject({ state: "reading", note: null, lists: [], tags: [] });
  expect(await attachedTo(second)).toMatchObject({ lists: ["Theses"], tags: ["lamp"] });
});

test("a note may have 100,000 characters, however a form sends its line breaks", async () => {
  const line = `${"x".repeat(99)}\r\n`;
  expect(await post(["id", first], ["note", line.repeat(1000)])).toBe(303);
  expect(await post(["id", first], ["note", `${line.repeat(1000)}y`])).toBe(400);
  expect((await attachedTo(first))?.note).toHaveLength(99_999);
});

test.each([
  "state=later",
  `id=${first}`,
  `id=${first}&state=later`,
  `id=${first}&state=read&note=x`,
  `id=${first}&state=read&state=read`,
  `id=${first}&list=+"+`,
  `id=${first}&list=${"x".repeat(201)}`,
  `keep=${first}&state=read`,
])("the form %s is refused", async (fields) => {
  expect(await post(...new URLSearchParams(fields))).toBe(400);
  expect((await libraryRows()).bookmarks).toEqual([]);
});

test("papers and lists that do not exist are not found", async () => {
  expect(await post(["id", "2512.99999"], ["state", "read"])).toBe(404);
  expect(await post(["id", first], ["unlist", "Theses"])).toBe(404);
});

test("lists are created, renamed and deleted by forms, and tags renamed and merged", async () => {
  expect(await edit(["create", "Theses"])).toBe("/library?q=list%3ATheses");
  expect(await edit(["create", "theses"])).toBe("/library?q=list%3Atheses&problem=name");
  await edit(["create", "Other"]);
  expect(await edit(["list", "theses"], ["to", "Other"])).toBe("/library?q=list%3Atheses&problem=name");
  expect(await edit(["list", "theses"], ["to", "My Dissertations"])).toBe(
    "/library?q=list%3A%22My+Dissertations%22",
  );
  expect(await edit(["list", "theses"], ["to", "More"])).toBe("/library?q=list%3Atheses&problem=name");
  expect((await libraryRows()).lists.map(({ name }) => name)).toEqual(["My Dissertations", "Other"]);
  expect(await edit(["delete", "my dissertations"])).toBe("/library");
  await post(["id", first], ["tag", "kettle"]);
  await post(["id", second], ["tag", "pot"]);
  expect(await edit(["tag", "kettle"], ["tag", "pot"], ["to", "Boilers"])).toBe("/library?q=tag%3ABoilers");
  expect((await libraryRows()).tags.map(({ name }) => name)).toEqual(["boiler", "boiler"]);
  expect(await edit(["tag", "kettle"], ["to", "boiler"])).toBe("/library?problem=name");
  expect(await edit(["delete", ""])).toBe(400);
});

test("PATCH replaces what it names, returns the whole, and is one step", async () => {
  const answer = await patch(first, { state: "read", note: "Mine.", lists: ["Theses"], tags: ["Lamps"] });
  expect([answer.status, await answer.json()]).toEqual([
    200,
    {
      ...{ at: expect.any(String), state: "read", note: "Mine.", lists: ["Theses"], tags: ["lamp"] },
    },
  ]);
  expect(await (await patch(first, { tags: [] })).json()).toMatchObject({ note: "Mine.", tags: [] });
  expect(await undo("local")).toBe("Edited in library");
  expect(await attachedTo(first)).toMatchObject({ tags: ["lamp"], lists: ["Theses"] });
  expect(await (await patch(second, { note: "" })).json()).toBeNull();
  expect(await findLastChange("local")).toMatchObject({ paper: { id: first } });
});

test.each([
  ["", "body: expected a JSON object with known fields", "body"],
  ["[]", "body: expected a JSON object with known fields", "body"],
  [{ stat: "read" }, "body: expected a JSON object with known fields", "body"],
  [{ state: "later" }, "state: expected toread, reading, read, archived", "state"],
  [{ note: "x".repeat(100_001) }, "note: expected at most 100,000 characters", "note"],
  [{ lists: ["Theses", " "] }, "lists.1: expected a name", "lists.1"],
  [{ tags: "kettle" }, expect.stringMatching(/^tags: expected /), "tags"],
])("PATCH with %j is refused", async (body, error, field) => {
  const answer = await patch(first, body);
  expect([answer.status, await answer.json()]).toEqual([400, { error, field }]);
  expect((await patch("2512.99999", { state: "read" })).status).toBe(404);
});

test("the library's states, lists and tags are counted for scripts", async () => {
  await patch(first, { lists: ["Theses"], tags: ["kettle"] });
  expect(await (await GET()).json()).toEqual({
    ...{ bookmarks: 1, states: { toread: 1, reading: 0, read: 0, archived: 0 }, notes: 0 },
    ...{ lists: [{ name: "Theses", papers: 1 }], tags: [{ name: "kettle", papers: 1 }] },
  });
});
