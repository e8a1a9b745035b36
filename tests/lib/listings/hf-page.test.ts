import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseListing } from "@/lib/listings/parse";
import { hubAnswer } from "@/tests/hub-answer";
import { contextOf } from "@/tests/library";

const items = JSON.parse(
  hubAnswer([
    { id: "2408.00001", title: 'Tea & "Toast" <em>', authors: ["Ada", "Bo"], upvotes: 7 },
    { id: "2408.00002" },
  ]),
);
const attribute = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
const around = (div: string, title = "Daily Papers") =>
  `<!doctype html><html><head><title>${title} - Hugging Face</title></head><body class="flex DailyPapersPage">
  <div class="SVELTE_HYDRATER contents" data-target="MainHeader" data-props="{}"></div><main>${div}</main></body></html>`;
const page = (props: object, title?: string) =>
  around(
    `<div class="SVELTE_HYDRATER contents" data-target="DailyPapers" data-props="${attribute(JSON.stringify(props))}"><!--[--><article><h3><a href="/papers/2408.00001">Tea</a></h3></article><!--]--></div>`,
    title,
  );
const parse = (body: string, context = {}) => parseListing(body, contextOf(context));

test("a page from 2024 states its day as a midnight timestamp", () => {
  const listing = parse(page({ canSubmit: false, date: "2024-08-01T00:00:00.000Z", dailyPapers: items }));
  expect(listing).toMatchObject({
    format: "hf-page",
    kind: "day",
    period: "2024-08-01",
    listedOnInferred: false,
  });
  expect(
    listing.entries.map(({ paper }) => [paper.arxivId, paper.title, paper.authors, paper.upvotes]),
  ).toEqual([
    ["2408.00001", 'Tea & "Toast" <em>', ["Ada", "Bo"], 7],
    ["2408.00002", "Paper 2408.00002", [], 1],
  ]);
});

test.each([
  ["day", "2026-02-03", { kind: "day", period: "2026-02-03", listedOn: "2026-02-03" }],
  ["week", "2026-W06", { kind: "week", period: "2026-W06", listedOn: null }],
  ["week", "2026-02-03", { kind: "week", period: "2026-W06", listedOn: null }],
  ["month", "2026-02", { kind: "month", period: "2026-02", listedOn: null }],
  ["month", "someday", { kind: "month", period: "2025-12", listedOn: null }],
])(
  "a page from 2026 gets its period from periodType %s and dateString %s",
  (periodType, dateString, expected) => {
    expect(parse(page({ dailyPapers: items, periodType, dateString }))).toMatchObject(expected);
  },
);

test("trending is recognized by the page title, a search by its address", () => {
  expect(parse(page({ dailyPapers: items, periodType: "day" }, "Trending Papers"))).toMatchObject({
    kind: "trending",
    period: null,
  });
  const url = "https://huggingface.co/papers?q=tea";
  expect(parse(page({ dailyPapers: items }), { url })).toMatchObject({ kind: "search", listedOn: null });
});

test("the data is found even if an HTML library reordered the attributes and changed the quotes", () => {
  const props = JSON.stringify({ dailyPapers: items, dateString: "2026-02-03" });
  const value = props
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("'", "&#39;");
  const body = around(`<div class="contents" data-props='${value}' data-target="DailyPapers"></div>`);
  expect(parse(body).entries[0]?.paper.title).toBe('Tea & "Toast" <em>');
});

test.each([
  [
    around('<div data-target="DailyPapers" data-props="{}"></div>'),
    "hf-page: expected a list at dailyPapers, got nothing in data-props",
  ],
  [
    around('<div data-target="PaperContent" data-props="[]"></div>'),
    "hf-page: expected an object, got [] in data-props",
  ],
  [around('<div data-target="DailyPapers"></div>'), "hf-page: expected the papers in data-props of the page"],
  [
    around('<div data-target="DailyPapers" data-props="{&quot;dail"></div>'),
    "hf-page: expected JSON in data-props",
  ],
  [around("").replace("DailyPapersPage", "PaperPage"), "no format recognizes this"],
  ["<html><body>DailyPapers are nice</body></html>", "no format recognizes this"],
])("a page without usable data is refused with the reason: %#", (body, reason) => {
  expect(() => parse(body)).toThrow(reason);
});

const data = page({ dailyPapers: items, dateString: "2026-02-03" });
const second = data.indexOf("2408.00002");

test.each([
  ["breaks off in its data", data.slice(0, second + 4)],
  ["breaks off in an entity of its data", data.slice(0, data.indexOf("&quot;", second) + 3)],
  [
    "breaks off in single-quoted data",
    data.slice(0, second).replace(/data-props="(?=[^"]*$)/, "data-props='"),
  ],
])("a page that %s keeps its whole entries", (_, body) => {
  const { format, entries, rejections } = parse(body, { source: "2026-02-03.html" });
  expect([format, entries.map(({ paper }) => paper.authors), rejections.map(({ entry }) => entry)]).toEqual([
    "hf-page",
    [["Ada", "Bo"]],
    [2],
  ]);
});

test("damaged data is reported, whether whole entries remain or only the page's cards", () => {
  const at = data.indexOf("{&quot;id&quot;:&quot;2408.00001") + 1;
  const one = parse(`${data.slice(0, at)}@${data.slice(at)}`);
  expect(one).toMatchObject({ kind: "day", period: "2026-02-03", rejections: [{ entry: 1 }] });
  expect(one.entries.map(({ paper }) => paper.arxivId)).toEqual(["2408.00002"]);
  const none = parse(data.replaceAll("{&quot;id&quot;:&quot;2408", "{@$&"));
  expect(none.entries.map(({ paper }) => paper.title)).toEqual(["Tea"]);
  expect(none.rejections).toMatchObject([{ entry: 2, excerpt: expect.stringContaining("{@") }]);
});

const fixture = (name: string) => readFileSync(path.resolve("tests/fixtures/hf-page", name), "utf8");
const papersOf = (name: string, context = {}) =>
  parse(fixture(name), context).entries.map(({ paper }) => paper);

test("a day page without its data is read from its cards", () => {
  expect(parse(fixture("day-cards.html"))).toMatchObject({
    kind: "day",
    period: "2024-08-01",
    listedOnInferred: false,
  });
  const [first, second, ...others] = papersOf("day-cards.html");
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    arxivId: "2407.00011",
    title: "Harbour Lights: Small Lamps & Long Nights",
    abstract: null,
    authors: [],
    authorCount: 533,
    publishedOn: null,
    listedOn: "2024-08-01",
    upvotes: 94,
    commentCount: 5,
    submittedBy: { name: "ada", fullName: null },
  });
  expect(second).toMatchObject({ arxivId: "2407.00012", authorCount: 1, upvotes: 0, commentCount: null });
});

test("a page that breaks off within a card keeps the cards before it and rejects that one", () => {
  const body = fixture("day-cards.html");
  const listing = parse(body.slice(0, body.indexOf("Ropes") + 3));
  expect(listing.entries.map(({ paper }) => paper.arxivId)).toEqual(["2407.00011"]);
  expect(listing.rejections).toMatchObject([
    { entry: 2, reason: expect.stringMatching(/^expected an object, got "<article/) },
  ]);
});

test("trending cards give a summary, stars and a date; duplicate cards count once", () => {
  expect(parse(fixture("trending-cards.html"))).toMatchObject({ kind: "trending", listedOn: null });
  const papers = papersOf("trending-cards.html", { pageDate: "2026-01-20" });
  expect(
    papers.map(({ arxivId, publishedOn, upvotes, code, organization }) => [
      arxivId,
      publishedOn,
      upvotes,
      code,
      organization,
    ]),
  ).toEqual([
    ["2412.00021", "2024-12-28", 120, { url: "https://github.com/acme/orchard", stars: 3290 }, null],
    ["2601.00022", "2026-01-05", 7, null, null],
  ]);
  // The sentence on the card was written by Hugging Face's model.
  expect(papers[0]).toMatchObject({
    abstract: null,
    summary: { text: "Orchards are pruned by a rule that looks two seasons ahead.", source: "hub" },
  });
});

test("a page with a search query is a search listing", () => {
  const listing = parse(fixture("search-cards.html"), { pageDate: "2026-03-01" });
  expect(listing).toMatchObject({ kind: "search", period: null, listedOn: null });
  expect(listing.entries.map(({ paper }) => [paper.authorCount, paper.publishedOn, paper.upvotes])).toEqual([
    [671, "2024-03-08", 0],
    [null, "2025-05-29", 24],
  ]);
});

test("the page of one paper is a search listing, and its entry has the paper's own day", () => {
  const listing = parse(fixture("paper.html"), { url: "https://huggingface.co/papers/2509.00031" });
  expect(listing).toMatchObject({ format: "hf-page", kind: "search", period: null, listedOn: null });
  expect(listing.entries.map(({ paper }) => paper)).toMatchObject([
    {
      arxivId: "2509.00031",
      title: "Weather Diaries: Two Centuries of Rain",
      authors: ["Ada Lowe"],
      authorCount: 2,
      publishedOn: "2025-09-28",
      listedOn: "2025-10-01",
      upvotes: 118,
      commentCount: 2,
      submittedBy: { name: "bo", fullName: "Bo K." },
      organization: null,
      code: { url: "https://github.com/acme/rain", stars: 182 },
      withdrawn: true,
    },
  ]);
});
