import { beforeEach, expect, test } from "vitest";
import { explainFilter } from "@/lib/papers/describe";
import { countFacets } from "@/lib/papers/facets";
import { filterOf, isOwn, isShared } from "@/lib/papers/filter";
import { findPapers } from "@/lib/papers/list";
import { readText } from "@/lib/papers/query";
import { undo } from "@/lib/readers/changes";
import { addToList, createList } from "@/lib/readers/lists";
import { setMark } from "@/lib/readers/marks";
import { writeNote } from "@/lib/readers/notes";
import { papersOf } from "@/lib/readers/own-papers";
import { addTags, removeTags } from "@/lib/readers/own-tags";
import { setState } from "@/lib/readers/states";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

const titles = [
  "Lamps on ladders",
  "Kettles that sing",
  "Tide tables by lamplight",
  "Ladders for kettles",
  "Nets",
];
const papers = titles.map((title, at) => ({
  ...{ arxivId: `2512.0000${at + 1}`, title, authors: [], listedOn: `2025-12-0${at + 1}`, upvotes: at },
  tags: [{ name: at === 0 ? "lamp" : "kettle", source: "hub" }],
}));
const id = (digit: number) => `2512.0000${digit}`;

/** Papers 2, 5, 1, 4 are bookmarked in this order, and 3 has only a note. Another reader has everything on all papers. */
beforeEach(async () => {
  await scrapeBody(db(), papers.map((paper) => JSON.stringify(paper)).join("\n"));
  await db().reader.create({ data: { id: "ada", settings: "{}" } });
  await setState("local", [id(2)], "reading");
  await setState("local", [id(5)], "read");
  await setState("local", [id(1)], "archived");
  await setMark("local", "Bookmark", [id(4)], true);
  await writeNote("local", [id(2)], "Compare *k-NN* with the singing lamps; d'Alembert.");
  await writeNote("local", [id(3)], "Compare **lamps** twice.\n\n- Read the kettle paper");
  await setMark("local", "Bookmark", [id(3)], false);
  await addToList("local", "To compare", [id(2), id(4)]);
  await createList("local", "Empty");
  await addTags("local", [id(5)], ["lamps"]);
  await addTags("local", [id(1), id(2)], ["world models"]);
  const all = papers.map(({ arxivId }) => arxivId);
  await setState("ada", all, "read");
  await writeNote("ada", all, "Compare lamps.");
  await addToList("ada", "Hers", all);
  await addTags("ada", all, ["hers"]);
});

/** The last digits of the papers that a text finds, in their order. */
async function find(q: string, sort: "newest" | "relevance" | "upvotes" | null): Promise<string> {
  const found = await findPapers(filterOf({ q, sort, exact: true }), await papersOf("local"));
  expect(found.total, q).toBe(found.papers.length);
  return found.papers.map((paper) => paper.id.slice(-1)).join("");
}

const typedTexts: Record<string, string> = {
  "is:bookmarked": "5421",
  "is:toread": "4",
  "is:reading": "2",
  "is:READ": "5",
  "is:archived": "1",
  "-is:archived is:bookmarked": "542",
  "is:read OR is:reading": "52",
  "is:(read OR archived)": "51",
  "ladders is:toread": "4",
  "has:note": "32",
  "-has:note": "541",
  "note:lamp": "32",
  "note:Lamps": "32",
  "note:knn": "2",
  "note:k-NN": "2",
  'note:"k nn with"': "2",
  'note:"knn alembert"': "",
  "note:alembert": "2",
  'note:"singing lamps"': "2",
  'note:"lamps twice"': "3",
  'note:"twice read"': "3",
  "note:lamp note:twice": "3",
  "note:(twice OR knn)": "32",
  "-note:twice has:note": "2",
  "note:tide": "",
  "note:%": "",
  "note:_": "",
  "kettle note:lamp": "32",
  'list:"To compare"': "42",
  'list:"TO  COMPARE"': "42",
  'list:"to compare" is:reading': "2",
  '-list:"To compare" is:bookmarked': "51",
  "list:empty": "",
  "list:hers": "",
  "list:none": "",
  "#lamp": "51",
  "tag:Lamps": "51",
  "-#lamp": "432",
  "#lamp is:read": "5",
  '#"world model"': "21",
  "#world-models #kettle": "2",
  "#lamp OR is:toread": "541",
  "#hers": "",
  "is:bookmarked sort:bookmarked": "4152",
  "is:bookmarked ladders sort:bookmarked": "41",
  "-has:note is:bookmarked sort:bookmarked": "415",
  "is:bookmarked sort:upvotes": "5421",
  "has:note sort:bookmarked": "32",
};

test("texts about the reader's own things find their papers, in every order", async () => {
  const found: Record<string, string> = {};
  for (const typed of Object.keys(typedTexts))
    found[typed] = await find(typed, typed.includes("sort:") ? null : "newest");
  expect(found).toEqual(typedTexts);
  const sorted = (digits: string) => [...digits].sort().join("");
  for (const order of ["relevance", "upvotes"] as const)
    for (const [typed, expected] of Object.entries(typedTexts))
      expect(sorted(await find(typed, order)), `${order}: ${typed}`).toBe(sorted(expected));
});

test("pages in the order of bookmarks follow each other", async () => {
  const own = await papersOf("local");
  const pages = [];
  for (const page of [1, 2, 3]) {
    const filter = filterOf({ q: "is:bookmarked", sort: "bookmarked", page, limit: 2 });
    pages.push((await findPapers(filter, own)).papers.map((paper) => paper.id.slice(-1)).join(""));
  }
  expect(pages).toEqual(["41", "52", ""]);
});

test("a list by a tag belongs to the reader as long as they have the tag, and pages of it are rendered again", async () => {
  const filter = filterOf({ tag: ["Lamps"] });
  const revision = async () => (await db().revision.findUniqueOrThrow({ where: { id: 1 } })).number;
  const is = async () => {
    const own = await papersOf("local");
    return [isOwn(filter, own), isShared(filter, own)];
  };
  expect(await is()).toEqual([true, false]);
  const before = await revision();
  await addTags("local", [id(4)], ["lamp"]);
  expect(await revision()).toBe(before);
  await removeTags("local", [id(4), id(5)], ["lamp"]);
  expect(await is()).toEqual([false, true]);
  expect(await revision()).toBe(before + 1);
  await undo("local");
  expect(await is()).toEqual([true, false]);
  expect(await revision()).toBe(before + 2);
  expect(isShared(filter, null)).toBe(true);
});

test.each(["is:read", "has:note", "note:lamp", "list:x", "lamp OR -is:toread"])(
  "%s is the reader's own",
  (q) => {
    expect([isOwn(filterOf({ q }), null), isShared(filterOf({ q }), null)]).toEqual([true, false]);
  },
);

test("facets count the reader's own papers", async () => {
  const filter = filterOf({ q: "is:bookmarked -is:archived" });
  const { values } = await countFacets(filter, ["tag"], 3, await papersOf("local"));
  expect(values.tag).toEqual([{ value: "kettle", condition: "tag:kettle", count: 3 }]);
});

test("a list that does not exist is named, once", async () => {
  const own = await papersOf("local");
  const notes = (q: string) => readText(q, own).notes;
  expect(notes('list:"To compare" list:EMPTY')).toEqual([]);
  expect(notes('list:"To  cook" OR list:"To  cook"')).toEqual(["No list is called “To  cook”."]);
  expect(readText("list:x").notes).toEqual([]);
});

test.each([
  ["is:toread is:reading is:read is:archived", "Papers: to read, reading, read, archived; newest first."],
  [
    'has:note note:lamp note:"a lamp"',
    "Papers: with a note, lamp in your note, “a lamp” in your note; newest first.",
  ],
  ['list:"To compare" lamp', "Papers: in your list To compare, lamp; best match first."],
  ["is:read sort:bookmarked", "Papers: read; last bookmarked first."],
  ["lamp sort:bookmarked", "Papers: lamp; best match first."],
  ["has:note sort:bookmarked", "Papers: with a note; newest first."],
  ["(is:read OR lamp) sort:bookmarked", "Papers: read or lamp; best match first."],
])("%s is explained as %s", (q, explained) => {
  expect(explainFilter(filterOf({ q }))).toBe(explained);
});

test.each([
  ["note:...", "note:... is searched for as words, because note: takes words of a note."],
  ['list:"  "', 'list:"  " is searched for as words, because list: takes the name of one of your lists.'],
])("%s is not understood", (q, note) => {
  expect(readText(q).notes).toContain(note);
});
