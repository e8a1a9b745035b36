import { expect, test } from "vitest";
import { parseHfApi } from "@/lib/listings/formats/hf-api";
import { hubAnswer } from "@/tests/hub-answer";
import { contextOf } from "@/tests/library";

const full = {
  paper: {
    id: "2512.00001v2",
    authors: [
      { _id: "1", name: "Ada Lark", hidden: false },
      { _id: "2", name: "Hidden One", hidden: true },
    ],
    publishedAt: "2025-12-10T06:50:16.000Z",
    submittedOnDailyAt: "2025-12-11T00:46:52.612Z",
    title: "Wrapped and\n  stripped",
    summary: "First line\nsecond line.",
    upvotes: 0,
    githubRepo: "https://github.com/example/repo",
    githubStars: 3290,
    projectPage: " https://example.org/page",
    ai_summary: "Said in one sentence.",
    ai_keywords: ["LLMs", "llms", "long  context"],
    organization: { _id: "o", name: "acme", fullname: "Acme" },
  },
  publishedAt: "2025-12-10T01:50:16.000Z",
  title: "$\\mu$LO in\n  one line",
  numComments: 2,
  submittedBy: { name: "ada", fullname: "Ada L." },
};

test("every field of an item is read", () => {
  const listing = parseHfApi(JSON.stringify([full]), contextOf());
  expect(listing).toMatchObject({
    kind: "day",
    period: "2025-12-11",
    listedOnInferred: false,
    rejections: [],
  });
  expect(listing?.entries[0]?.paper).toEqual({
    arxivId: "2512.00001",
    title: "$\\mu$LO in one line",
    abstract: "First line\nsecond line.",
    authors: ["Ada Lark"],
    authorCount: 2,
    publishedOn: "2025-12-10",
    listedOn: "2025-12-11",
    upvotes: 0,
    commentCount: 2,
    tags: [
      { name: "llms", source: "hub" },
      { name: "long context", source: "hub" },
    ],
    submittedBy: { name: "ada", fullName: "Ada L." },
    organization: { name: "acme", fullName: "Acme" },
    code: { url: "https://github.com/example/repo", stars: 3290 },
    projectPage: "https://example.org/page",
    summary: { text: "Said in one sentence.", source: "hub" },
    withdrawn: null,
  });
  expect(listing?.entries[0]?.source).toEqual(full);
});

test("missing fields are null", () => {
  const bare = [{ paper: { id: "2512.00002" }, title: "Only a title" }];
  const paper = parseHfApi(JSON.stringify(bare), contextOf())?.entries[0]?.paper;
  expect(paper).toMatchObject({
    abstract: null,
    authorCount: null,
    upvotes: null,
    commentCount: null,
    publishedOn: null,
    listedOn: null,
  });
});

test.each([
  [{ source: "/x/2024-06-03.json" }, "2024-06-03", false],
  [{ source: "/x/2024-06-03.json", pageDate: "2024-06-04" }, "2024-06-04", false],
  [
    { source: "/x/2024-06-03.json", url: "https://example.org/api/daily_papers?date=2024-06-05" },
    "2024-06-05",
    false,
  ],
  [{ source: "-" }, "2025-12-02", true],
])("without submittedOnDailyAt, the day comes from the context %j", (context, day, inferred) => {
  expect(parseHfApi(hubAnswer([{ id: "2512.00001" }]), contextOf(context))).toMatchObject({
    listedOn: day,
    listedOnInferred: inferred,
  });
});

test("the day stated in the body overrides --page-date", () => {
  const body = hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]);
  expect(parseHfApi(body, contextOf({ pageDate: "2020-01-01" }))?.listedOn).toBe("2025-12-11");
});

test("a list of several days has no day, but each entry keeps its own", () => {
  const body = hubAnswer([
    { id: "2512.00001", day: "2025-12-11" },
    { id: "2512.00002", day: "2025-12-12" },
  ]);
  const listing = parseHfApi(body, contextOf());
  expect(listing).toMatchObject({ kind: "search", listedOn: null });
  expect(listing?.entries.map((entry) => entry.paper.listedOn)).toEqual(["2025-12-11", "2025-12-12"]);
});

test("an invalid entry is rejected with its position, the path and the value found", () => {
  const items = JSON.parse(
    hubAnswer([
      { id: "2512.00001" },
      { id: "2512.00002" },
      { id: "2512.00003" },
      { id: "x" },
      { id: "2512.00005" },
    ]),
  );
  delete items[2].title;
  delete items[2].paper.title;
  items[1].paper.upvotes = "3.2k";
  items[4] = "{'paper': {'id': '2512.00005'}}";
  const listing = parseHfApi(JSON.stringify(items), contextOf());
  expect(listing?.rejections.map(({ entry, reason }) => `${entry}: ${reason}`)).toEqual([
    '2: expected a number at paper.upvotes, got "3.2k"',
    "3: expected a title that is not empty at title, got nothing",
    '4: expected an arXiv id at paper.id, got "x"',
    "5: expected an object, got Python text",
  ]);
  expect(listing?.entries.map((entry) => entry.place)).toEqual([1]);
});

test("an archived answer states its day", () => {
  const body = JSON.stringify({
    status: "success",
    date: "2025-01-10",
    count: 1,
    data: JSON.parse(hubAnswer([{ id: "2501.00001" }])),
  });
  expect(parseHfApi(body, contextOf())).toMatchObject({ listedOn: "2025-01-10", listedOnInferred: false });
});

test("a body that breaks off in its only entry is refused with that reason", () => {
  const body = hubAnswer([{ id: "2512.00001" }]);
  expect(() => parseHfApi(body.slice(0, -20), contextOf())).toThrow(
    /^hf-api: expected JSON, got a body that breaks off/,
  );
});

const five = [1, 2, 3, 4, 5].map((at) => ({ id: `2512.0000${at}`, summary: 'It says {"paper": "x"}, [so]' }));
const whole = hubAnswer(five);
const inThird = whole.indexOf("2512.00003") + 3;
const insert = (text: string, at = inThird) => whole.slice(0, at) + text + whole.slice(at);

test.each([
  ["breaks off within an entry", whole.slice(0, inThird), [1, 2], [3]],
  [
    "breaks off between two entries",
    whole.slice(0, whole.indexOf('{"paper":{"id":"2512.00003')),
    [1, 2],
    [3],
  ],
  ["lacks its closing bracket", whole.slice(0, -1), [1, 2, 3, 4, 5], [6]],
  ["has stray characters in an entry", insert('"@@'), [1, 2, 4, 5], [3]],
  ["has an extra quote", insert('"'), [1, 2, 4, 5], [3]],
  ["has extra closing braces", insert('"}}', inThird + 7), [1, 2, 4, 5], [3]],
  [
    "has an entry with a damaged start",
    insert("@", whole.indexOf('"paper":{"id":"2512.00003')),
    [1, 2, 4, 5],
    [3],
  ],
  [
    "has stray characters between two entries",
    insert("@@", whole.indexOf('{"paper":{"id":"2512.00003')),
    [1, 2, 3, 4, 5],
    [3],
  ],
])("a body that %s keeps its whole entries and reports the damage once", (_, body, ids, broken) => {
  const listing = parseHfApi(body, contextOf());
  expect(listing?.entries.map(({ paper }) => Number(paper.arxivId?.slice(-1)))).toEqual(ids);
  expect(listing?.rejections.map(({ entry }) => entry)).toEqual(broken);
  expect(listing?.rejections[0]?.reason).toBe(
    "expected a whole entry, got one that breaks off or is damaged",
  );
});

test("an archived answer that breaks off still has its day", () => {
  const body = `{"status":"success","date":"2025-01-10","count":5,"data":${whole.slice(0, inThird)}`;
  expect(parseHfApi(body, contextOf())).toMatchObject({ listedOn: "2025-01-10", listedOnInferred: false });
});

test.each(["", "hello", '{"a":1}', "[1,2]", '[{"id":1}]', "[[Models]]"])(
  "%j is not recognized as an answer of the API",
  (body) => {
    expect(parseHfApi(body, contextOf())).toBeNull();
  },
);
