import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseText } from "@/lib/listings/formats/text";
import { parseListing } from "@/lib/listings/parse";
import { contextOf } from "@/tests/library";

const seed = Number(process.env.SEED ?? 1);
const fixture = (name: string) => readFileSync(path.resolve("tests/fixtures/text", name), "utf8");
const entriesOf = (body: string) => parseListing(body, contextOf()).entries;
const papersOf = (body: string) => entriesOf(body).map(({ paper }) => paper);

const page = (...cards: string[]) =>
  `Daily Papers\n\nbyAK and the research community\n\nDec 11\n\n${cards.join("\n\n")}\n`;
const byline = "3 authors\n·\nOct 4, 2023";

test.each([
  `From: ann@example.org\nSubject: kettles\n\nHello all,\n\nPublished on Oct 4, 2026\nSubmitted by Ann\n2 authors · Oct 4\n\nWe met.\n\n${byline}\n\nBest,\nAnn\n`,
  `Changes\n\n2.0\n\nWe boil.\n\n3 authors · Oct 5, 2026\n\n1.0\n\nWe pour.\n\n2 authors · Sep 5, 2026\n`,
  "Weekly digest\n\nDaily Papers\n\nPublished on Oct 4, 2026\n\nSee https://huggingface.co/papers/2410.00002\n\nWe love kettles\n\nSubmitted by ann\n\n3 authors\n",
  `Weekly digest\n\nDaily Papers\n\nWe read two.\n\n${byline}\n\nKettles\n\nWe boil.\n\n${byline}\n`,
  page(
    "We met on Monday.",
    "We met on Tuesday.",
    byline,
    "And then?",
    "We left.",
    "Who pays?",
    "I do.",
    "When?",
    "Now.",
  ),
  "# Trending Papers\n\nOur pick of Oct 4, 2026.\n\n## [Why](https://blog.example/1)\n\nIt matters.\n\n4 authors · Oct 3\n\n## [How](https://blog.example/2)\n\nIt works.\n\n2 authors · Oct 2\n",
])("author and date lines alone do not make a listing: %#", (body) => {
  expect(() => parseListing(body, contextOf())).toThrow(/^no format recognizes this/);
});

test("prose with any number of author and date lines in any place is not a listing", () => {
  const prose = fc.constantFrom(
    "Hello all,",
    "We met.",
    "Daily Papers",
    "Best,\nAnn",
    "Submitted by ann",
    "9",
    "-",
  );
  const line = fc.constantFrom(
    "3 authors · Oct 5, 2026",
    byline,
    "Published on Oct 4, 2026",
    "2 authors · Oct 4",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(prose, line), { minLength: 1, maxLength: 20 }), (parts) => {
      expect(parseText(`Dear all,\n\n${parts.join("\n\n")}\n`, contextOf())).toBeNull();
    }),
    { seed, numRuns: 300 },
  );
});

const titlesAndUpvotesOf = (body: string) => papersOf(body).map(({ title, upvotes }) => [title, upvotes]);

test("a count right above a title is its upvotes if every title on the page has one", () => {
  const card = (count: string, title: string) => `${count}\n${title}\n\nWords end here.\n\n${byline}`;
  expect(
    titlesAndUpvotesOf(page(card("9", "Kettles"), card("-", "Spouts"), card("1.2k", "3 Lids\nin a Row"))),
  ).toEqual([
    ["Kettles", 9],
    ["Spouts", 0],
    ["3 Lids in a Row", 1200],
  ]);
  const submitted = (name: string, rest: string) =>
    `Submitted by\n${name}\n${card(...(rest.split("|") as [string, string]))}`;
  expect(titlesAndUpvotesOf(page(submitted("ann", "9|Kettles")))).toEqual([["Kettles", 9]]);
});

test("a title that begins with a number stays whole, even with a line break after the number", () => {
  const card = (title: string) => `${title}\n\nWords end here.\n\n${byline}`;
  expect(titlesAndUpvotesOf(page(card("3 Kettles"), card("Spouts")))).toEqual([
    ["3 Kettles", null],
    ["Spouts", null],
  ]);
  expect(titlesAndUpvotesOf(page(card("3\nKettles"), card("Spouts"), card("Lids")))[0]).toEqual([
    "3 Kettles",
    null,
  ]);
  expect(
    titlesAndUpvotesOf(
      page(`Submitted by ann\n\n${card("3 Kettles")}`, `Submitted by\nbo\n${card("2001 Spouts")}`),
    ),
  ).toEqual([
    ["3 Kettles", null],
    ["2001 Spouts", null],
  ]);
});

test.each([
  ["Lamps **and** _Shades_", "Lamps and Shades"],
  ["__Lamps__: *a* ***study***", "Lamps: a study"],
  ["**Lamps _in_ Rooms** again", "Lamps in Rooms again"],
  ["snake_case and _snake_case_", "snake_case and snake_case"],
  ["$x_i$ and $y_i$, *z*", "$x_i$ and $y_i$, z"],
  ["a * b * c, A*, B*", "a * b * c, A*, B*"],
  ["\\*args and \\*\\*kwargs\\*\\* in snake\\_case\\_", "*args and **kwargs** in snake_case_"],
])("Markdown emphasis is removed from a title: %s", (written, title) => {
  const url = "https://huggingface.co/papers/2512.00001";
  const rest = "Words *end* here.\n\n3 authors · Oct 4, 2023\n";
  for (const body of [
    `# Daily Papers\n\nDec 11\n\n### [${written}](${url})\n\n${rest}`,
    `# Daily Papers\n\nDec 11\n\n- [${written}](${url})\n\n${rest}`,
  ])
    expect(papersOf(body)).toMatchObject([{ title, abstract: "Words *end* here." }]);
  const own = `arxiv:2512.00001\n\n# ${written}\n\nPublished on Dec 1, 2025\n\nAuthors: Ada Lowe\n\n## Abstract\n\nWords end here.\n\nView PDF\n`;
  expect(papersOf(own)).toMatchObject([{ title }]);
});

test.each([
  "glued-comments.md",
  "search-links.md",
  "list.md",
  "html2text.txt",
  "day.txt",
  "copied-search.txt",
  "trending-plain.txt",
])("%s, cut at any point, gives no date, count or address that the whole text does not have", (name) => {
  const body = fixture(name);
  const whole = new Map(papersOf(body).map((paper) => [paper.title, paper]));
  for (let end = body.length - 1; end > 0; end--) {
    if (/\n\s*$/.test(body.slice(0, end))) continue; // a cut between two lines cannot be noticed
    for (const { paper } of parseText(body.slice(0, end), contextOf({ today: "2026-02-03" }))?.entries ??
      []) {
      const full = whole.get(paper.title);
      if (!full) continue; // its title is cut, which the notes or the rejected entries say
      for (const field of ["authorCount", "upvotes", "commentCount"] as const)
        if (paper[field] !== null && paper[field] !== 0)
          expect([end, paper.title, field, paper[field]]).toEqual([end, paper.title, field, full[field]]);
      if (paper.publishedOn !== null)
        expect([end, paper.title, paper.publishedOn.slice(5)]).toEqual([
          end,
          paper.title,
          full.publishedOn?.slice(5),
        ]);
      if (paper.code) expect([end, paper.code.url]).toEqual([end, full.code?.url]);
    }
  }
});

test("a value at the end of a text may be cut, so it is dropped with a note unless a line break follows", () => {
  const whole = page(`Kettles\n\nWords end here.\n\n3 authors\n·\nMay 29 14`);
  const ending = (text: string) => {
    const [entry] = entriesOf(whole.slice(0, whole.indexOf(text) + text.length));
    return [
      entry?.paper.publishedOn?.slice(5) ?? null,
      entry?.paper.commentCount,
      entry?.notes?.map(({ field }) => field),
    ];
  };
  expect(ending("May 2")).toEqual([null, null, ["publishedOn"]]);
  expect(ending("May 29")).toEqual([null, null, ["publishedOn"]]);
  expect(ending("May 29 1")).toEqual(["05-29", null, ["commentCount"]]);
  expect(ending("May 29 14\n")).toEqual(["05-29", 14, undefined]);
  const dated = page(`Kettles\n\nWords end here.\n\n3 authors · May 29, 2023`).trimEnd();
  expect(entriesOf(dated)[0]).toMatchObject({ paper: { publishedOn: "2023-05-29" } });
  for (const cut of [1, 2, 3, 4, 5])
    expect(entriesOf(dated.slice(0, -cut))[0]).toMatchObject({
      paper: { publishedOn: null, authorCount: 3 },
      notes: [{ field: "publishedOn" }],
    });
  const votes = page(`Kettles\n\nWords end here.\n\n${byline}\n\nUpvote\n117`).trimEnd();
  expect(entriesOf(votes.slice(0, -1))[0]).toMatchObject({
    paper: { upvotes: null },
    notes: [{ field: "upvotes" }],
  });
});

test("a date with an extra digit, or with digits inside a link, is dropped with a note", () => {
  const card = (date: string) =>
    `# Daily Papers\n\nOct 2\n\n### [Kettles](https://huggingface.co/papers/2606.00001)\n\n- 3 authors\n\n· ${date}\n`;
  const link = "(https://huggingface.co/papers/2606.00001#community)";
  for (const date of [`Jun 30, 202[6]${link}`, `Jun 3[0]${link}, 2026`, `Jun 30, 20261`])
    expect(entriesOf(card(date))).toMatchObject([
      { paper: { publishedOn: null, commentCount: null, authorCount: 3 }, notes: [{ field: "publishedOn" }] },
    ]);
});

test("an abstract below the small print is read if the page has all of them there, and otherwise noted", () => {
  const card = (id: number, above: string, below: string) =>
    `### [Kettle ${id}](https://huggingface.co/papers/2606.0000${id})\n\n${above}4 authors · Published on Jun 7\n\n${below}`;
  const head = "# Daily Papers\n\nJun 8\n\n";
  const words = "We boil. It sings.\n\n";
  expect(papersOf(head + card(1, "", words) + card(2, "", words)).map((paper) => paper.abstract)).toEqual(
    Array(2).fill(words.trim()),
  );
  const mixed = entriesOf(head + card(1, words, "Nice!\n\n") + card(2, "", "Nice!\n\n"));
  expect(mixed.map(({ paper, notes }) => [paper.abstract, notes?.map(({ excerpt }) => excerpt)])).toEqual([
    [words.trim(), undefined],
    [null, ["Nice!"]],
  ]);
  const foot = entriesOf(head + card(1, "", "") + card(2, "", "") + card(3, "", "Get them all!\n"));
  expect(foot.map(({ paper }) => paper.abstract)).toEqual([null, null, null]);
});
