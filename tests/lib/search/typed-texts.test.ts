import { expect, test } from "vitest";
import { explainFilter } from "@/lib/papers/describe";
import { filterOf } from "@/lib/papers/filter";
import { findPapers } from "@/lib/papers/list";
import { papersOf } from "@/lib/readers/own-papers";
import { readQuery } from "@/lib/search/language";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

const acme = { name: "acme", fullName: "Acme Kettle Works" };
const ada = { name: "ada", fullName: "Ada L." };
const code = { url: "https://github.com/acme/lamps", stars: 3 };
type Given = { title: string; authors?: string[]; authorCount?: number; tags?: string[] };
const given: (Given & Record<string, unknown>)[] = [
  {
    ...{ title: "Lamps on ladders", abstract: "A lamp climbs a ladder.", authors: ["Ada Rung", "Bo Tide"] },
    ...{ tags: ["lamp", "tide table"], listedOn: "2025-08-04", publishedOn: "2025-08-01" },
    ...{ upvotes: 3, commentCount: 0, organization: acme, submittedBy: ada, code },
  },
  {
    ...{ title: "Kettles that sing", abstract: "We propose a singing kettle. It needs no lamp." },
    ...{ authors: ["Cy Rung"], tags: ["kettle", "sound"], listedOn: "2025-08-15", publishedOn: "2025-08-10" },
    ...{ upvotes: 20, commentCount: 2, organization: { name: "tides", fullName: "Institute of Tides" } },
    ...{ submittedBy: { name: "bo", fullName: null }, projectPage: "https://kettles.example/" },
  },
  {
    ...{ title: "Tide tables by lamplight", abstract: "Predicting tides at night." },
    ...{ authors: ["Bo Tide", "Ada Moss", "Di Fen"], tags: ["tide table"], listedOn: "2025-09-01" },
    ...{ publishedOn: "2024-12-31" },
  },
  {
    ...{ title: "A ladder for kettles", abstract: "Kettles climb. Lamps help.", authorCount: 12 },
    ...{ tags: ["kettle", "lamp"], listedOn: "2025-12-08", publishedOn: "2025-12-05", upvotes: 50 },
    ...{ commentCount: 10, organization: acme, submittedBy: ada, code, projectPage: "https://acme.example/" },
  },
  {
    ...{ title: "k-NN for C++", abstract: "Nearest neighbors with GPT-4o.", authors: ["Jean-Baptiste Roux"] },
    ...{ tags: ["nearest neighbor"], listedOn: "2025-12-11", publishedOn: "2025-12-10" },
    ...{ upvotes: 0, commentCount: 0 },
  },
  { title: "Unlisted ropes", publishedOn: "2026-01-05" },
];
const papers = given.map(({ tags = [], authors = [], ...paper }, at) => ({
  arxivId: `2512.0000${at + 1}`,
  ...paper,
  authors,
  ...("authorCount" in paper || authors.length === 0 ? {} : { authorCount: authors.length }),
  tags: tags.map((name) => ({ name, source: "hub" })),
}));

async function fillLibrary(): Promise<void> {
  await scrapeBody(db(), papers.map((paper) => JSON.stringify(paper)).join("\n"));
  for (const id of ["2512.00002", "2512.00004"]) {
    const { key } = await db().paper.findUniqueOrThrow({ where: { id } });
    await db().bookmark.create({ data: { readerId: "local", paperKey: key, createdAt: new Date() } });
  }
}

/** The last digits of the papers that a text finds, in their order. */
async function find(q: string, sort: "newest" | "relevance" | "upvotes" | null) {
  const found = await findPapers(filterOf({ q, sort, exact: true }), await papersOf("local"));
  expect(found.total).toBe(found.papers.length);
  return found.papers.map(({ id }) => id.slice(-1)).join("");
}

/** What each text finds, newest first. */
const typedTexts: Record<string, string> = Object.fromEntries([
  // Words and phrases
  ["lamp", "421"],
  ["Lamps", "421"],
  ["lamplight", "3"],
  ["lamp ladder", "41"],
  ["kettle tide", ""],
  ['"a lamp"', "1"],
  ['"lamp climbs"', "1"],
  ['"climbs lamp"', "4"],
  ["k-NN", "5"],
  ["knn", "5"],
  ["C++", "5"],
  ["GPT-4o", "5"],
  ["GPT-4", ""],
  ["", "654321"],
  // Exclusion, alternatives, groups
  ["lamp -kettle", "1"],
  ["-lamp", "653"],
  ['kettle -"singing kettle"', "4"],
  ["-kettle -lamp", "653"],
  ["kettle OR tide", "4321"],
  ["lamp OR kettle ladder", "421"],
  ["(lamp OR kettle) -ladder", "2"],
  ["-(lamp OR kettle)", "653"],
  ["-lamp/kettle", "653"],
  ["lamp (ladder OR (kettle -climb))", "421"],
  // Fields
  ["title:lamp", "1"],
  ["title:kettle", "42"],
  ["intitle:kettle", "42"],
  ['title:"by lamplight"', "3"],
  ["title:(lamp OR tide)", "31"],
  ["abstract:lamp", "421"],
  ['abstract:"no lamp"', "2"],
  ["-abstract:lamp", "653"],
  ["author:rung", "21"],
  ['author:"ada rung"', "1"],
  ['author:"rung ada"', ""],
  ["author:(moss OR roux)", "53"],
  ["author:jean-baptiste", "5"],
  ["AUTHOR:rung lamp", "21"],
  // Tags, organizations, submitters
  ["tag:lamp", "41"],
  ["#lamp", "41"],
  ["#Lamps", "41"],
  ['tag:"tide table"', "31"],
  ["#tide-table", "31"],
  ["tag:tide", ""],
  ["#lamp #kettle", "4"],
  ["#lamp OR #sound", "421"],
  ["-#lamp", "6532"],
  ["tag:(sound OR lamp)", "421"],
  ["lamp -#lamp", "2"],
  ["org:acme", "41"],
  ["org:kettle", "41"],
  ['org:"Acme Kettle Works"', "41"],
  ['org:"Kettle Works"', ""],
  ["organization:tides", "2"],
  ["org:acme lamp", "41"],
  ["kettle -org:acme", "2"],
  ["submitter:ada", "41"],
  ['submitter:"Ada L."', "41"],
  ["submitter:bo", "2"],
  // Ids
  ["id:2512.00005", "5"],
  ["2512.00005", "5"],
  ["arXiv:2512.00005v2", "5"],
  ["https://arxiv.org/abs/2512.00005", "5"],
  ["-id:2512.00001 lamp", "42"],
  // Days
  ["date:2025-08", "21"],
  ["date:2025-08-15", "2"],
  ["date:2025-08-05..2025-09", "32"],
  ["date:..2025-08", "21"],
  ["date:2025-12-11..", "65"],
  ["date:2025", "54321"],
  ["date:2025-W50", "54"],
  ["week:2025-W50", "54"],
  ["after:2025-12-11", "65"],
  ["before:2025-08-15", "1"],
  ["after:2025-08-10 before:2025-09-01", "2"],
  ["lamp date:2025-12", "4"],
  ["lamp -date:2025-08", "4"],
  ["date:2025-08-15 OR date:2025-12-11", "52"],
  ["published:2024", "3"],
  ["published:2025-08", "21"],
  ["published:2026-01", "6"],
  ["listed:2025-12", "54"],
  ["listed:2025-W50 kettle", "4"],
  ["listed:2026", ""],
  ["lamp listed:2025", "421"],
  ["age:<7d", ""],
  ["age:>7d", "654321"],
  // Numbers
  ["upvotes:>=20", "42"],
  ["upvotes:>20", "4"],
  ["upvotes:<5", "51"],
  ["upvotes:0", "5"],
  ["upvotes:3..20", "21"],
  ["lamp upvotes:>=20", "42"],
  ["lamp -upvotes:>=20", "1"],
  ["comments:>0", "42"],
  ["comments:0", "51"],
  ["authors:>10", "4"],
  ["authors:1", "52"],
  ["authors:2..3", "31"],
  ["lamp -authors:1", "41"],
  // What a paper has, and what is the reader's
  ["has:code", "41"],
  ["has:project", "42"],
  ["has:comments", "42"],
  ["kettle -has:code", "2"],
  ["has:code has:project", "4"],
  ["is:bookmarked", "42"],
  ["is:bookmarked lamp", "42"],
  ["lamp -is:bookmarked", "1"],
  ["is:new", "5"],
  ["is:bookmarked OR tag:lamp", "421"],
  ["upvotes:>=50 OR author:moss", "43"],
  ["(has:code -tag:kettle) OR id:2512.00005", "51"],
  // Orders
  ["lamp sort:newest", "421"],
  ["sort:upvotes", "421563"],
  // No text is an error
  ["colour:lamp", ""],
  ["lamp OR", ""],
  ["OR", ""],
  ['"kettle', "42"],
  ["(lamp", "421"],
  ["lamp)", "421"],
  ["()", ""],
  ["-", ""],
  ["title:", ""],
  ["tag:", ""],
  ["date:lastweek", ""],
  ["upvotes:many", ""],
  ["is:read lamp", ""],
  ["constructor", ""],
  ["is:constructor", ""],
  ["has:constructor", ""],
  ["constructor:lamp", ""],
  ["__proto__:lamp", ""],
  ["age:3constructor", ""],
  ['\'; DROP TABLE "Paper"', ""],
]);

test("more than a hundred typed texts find what they say, in every order", async () => {
  await fillLibrary();
  expect(Object.keys(typedTexts).length).toBeGreaterThan(100);
  const found: Record<string, string> = {};
  for (const typed of Object.keys(typedTexts))
    found[typed] = await find(typed, typed.includes("sort:") ? null : "newest");
  expect(found).toEqual(typedTexts);
  const sorted = (ids: string) => [...ids].sort().join("");
  for (const order of ["relevance", "upvotes"] as const)
    for (const [typed, expected] of Object.entries(typedTexts))
      expect(sorted(await find(typed, order)), `${order}: ${typed}`).toBe(sorted(expected));
  expect(await find("lamp OR tide", "upvotes")).toBe("4213");
});

test.each([
  ["lamp", "Papers: lamp; best match first."],
  ["lamp   ladder sort:newest", "Papers: lamp ladder; newest first."],
  ["", "All papers, newest first."],
  ["sort:upvotes", "All papers, most upvotes first."],
  ['lamp -"no lamp"', "Papers: lamp, not “no lamp”; best match first."],
  ["lamp OR kettle ladder", "Papers: lamp or kettle ladder; best match first."],
  ["lamp OR kettle #tide", "Papers: lamp or (kettle, tagged tide); best match first."],
  ["(lamp OR kettle) #tide", "Papers: lamp or kettle, tagged tide; best match first."],
  [
    "date:2025-08-31..2025-08-01 upvotes:10..5",
    "Papers: from August 2025, with 5 to 10 upvotes; newest first.",
  ],
  ["(lamp OR kettle) -ladder", "Papers: lamp or kettle, not ladder; best match first."],
  ["-(lamp OR kettle) tide", "Papers: not (lamp or kettle), tide; best match first."],
  [
    'title:lamp author:"ada rung"',
    "Papers: lamp in the title, “ada rung” among the authors; best match first.",
  ],
  ["#lamp org:acme has:code", "Papers: tagged lamp, from acme, with code; newest first."],
  ["date:2025-08 upvotes:>=20", "Papers: from August 2025, with at least 20 upvotes; newest first."],
  ["after:2025-08-15 authors:2..3", "Papers: from 15\u00a0Aug 2025 on, with 2 to 3 authors; newest first."],
  ["before:2025-08-15 comments:1", "Papers: until 14\u00a0Aug 2025, with 1 comment; newest first."],
  ["published:2024 listed:2025-08-15", "Papers: published in 2024, listed 15\u00a0Aug 2025; newest first."],
  ["is:bookmarked is:new", "Papers: in your library, new to you; newest first."],
  ["()", "No papers: there are no words to search for."],
])("%s is explained as %s", (typed, explained) => {
  expect(explainFilter(filterOf({ q: typed }))).toBe(explained);
});

test.each([
  ["lamp ladder", []],
  ["constructor toString", []],
  [
    "is:constructor",
    [expect.stringMatching(/because is: takes bookmarked, toread, reading, read, archived or new/)],
  ],
  ["https://lamp", []],
  ["colour:lamp", ["colour:lamp is searched for as words, because there is no colour: here."]],
  [
    "date:lastweek",
    [expect.stringMatching(/^date:lastweek is searched for as words, because date: takes a day, week/)],
  ],
  ["-upvotes:many", [expect.stringMatching(/^upvotes:many is searched for .* takes a number/)]],
  ["lamp OR", ["OR has nothing on one side, so it is searched for as a word."]],
  ['"kettle', ['The quote in "kettle has no partner, so it is ignored.']],
  ["()", ["It has no words to search for."]],
  ['""', ["It has no words to search for."]],
  ["lamp AND ladder", [expect.stringMatching(/^AND is searched for as a word/)]],
  ["NOT lamp", [expect.stringMatching(/^NOT is searched for as a word; put - before/)]],
  ["title: lamp", ["title: has nothing right behind it, so it is searched for as a word."]],
  ['tag:"world lamp', ['The quote in tag:"world has no partner, so it is ignored.']],
  ["sort:best lamp", [expect.stringMatching(/because sort: takes relevance, newest, upvotes or bookmarked/)]],
  [`${"lamp ".repeat(32)}ladder`, ["Only the first 32 words are searched for."]],
  [
    `${"(".repeat(10)}lamp${")".repeat(10)}`,
    ["It has no words to search for.", expect.stringMatching(/more than 8 parentheses/)],
  ],
  ["(lamp kettle", ["A parenthesis is not closed, so it ends with the text."]],
  ["a:1 b:2 c:3 d:4", [expect.anything(), expect.anything(), expect.anything()]],
])("of %s, the notes say what was not understood", (typed, notes) => {
  expect(readQuery(typed).notes).toEqual(notes);
});

test("each part of a text can be removed from it", () => {
  const without = (q: string) => readQuery(q).parts.map((part) => [part.text, part.without]);
  expect(without('lamp ladder #tide "a b" -kettle')).toEqual([
    ["lamp ladder", '#tide "a b" -kettle'],
    ["#tide", 'lamp ladder "a b" -kettle'],
    ['"a b"', "lamp ladder #tide -kettle"],
    ["-kettle", 'lamp ladder #tide "a b"'],
  ]);
  expect(without("(lamp OR kettle) tide")).toEqual([
    ["(lamp OR kettle)", "tide"],
    ["tide", "(lamp OR kettle)"],
  ]);
  expect(without("lamp OR kettle")).toEqual([["lamp OR kettle", ""]]);
});

test("yesterday is a day, and an answer about it is not for every day", () => {
  const today = () => "2025-12-11";
  const read = (typed: string) => readQuery(typed, { today, toTagName: (name) => name });
  expect(read("date:yesterday")).toMatchObject({
    isTimed: true,
    parts: [{ said: expect.stringMatching(/^from 10.Dec.2025$/) }],
  });
  expect(read("listed:Today")).toMatchObject({
    isTimed: true,
    parts: [{ said: expect.stringMatching(/^listed 11.Dec.2025$/) }],
  });
  expect(read("after:yesterday").parts).toMatchObject([
    { said: expect.stringMatching(/^from 10.Dec.2025 on$/) },
  ]);
  expect(read("date:2025-12-10").isTimed).toBe(false);
});
