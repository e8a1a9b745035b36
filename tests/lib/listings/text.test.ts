import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseText } from "@/lib/listings/formats/text";
import { parseListing } from "@/lib/listings/parse";
import { contextOf } from "@/tests/library";

const body = readFileSync(path.resolve("tests/fixtures/text/day.txt"), "utf8");
const papersOf = (text: string, context = {}) =>
  parseText(text, contextOf(context))?.entries.map((entry) => entry.paper) ?? [];

test("titles, abstracts and the small print of each row are read", () => {
  const listing = parseText(body, contextOf());
  expect(listing).toMatchObject({
    format: "text",
    kind: "day",
    period: "2025-12-11",
    listedOn: "2025-12-11",
    listedOnInferred: true,
  });
  expect(
    papersOf(body).map((paper) => [paper.title, paper.authorCount, paper.publishedOn, paper.commentCount]),
  ).toEqual([
    ["Lanterns: Cheap Light for Deep Rooms", 5, "2023-10-04", null],
    ["A Row Without Its Line", null, null, null],
    ["Second Thoughts: Revising Without Regret", 1, "2025-11-20", 4],
    ["Ladders", 12, "2024-02-29", 2],
  ]);
  expect(papersOf(body)[0]?.abstract).toContain("answers.  Two blanks stay two.");
  expect(papersOf(body)[1]).toMatchObject({
    upvotes: null,
    authors: [],
    arxivId: null,
    listedOn: "2025-12-11",
  });
});

test.each(["2025-12-12", "2027-03-01", "2031-07-07"])(
  "an inferred year does not depend on today's date (%s)",
  (today) => {
    expect(papersOf(body, { today })).toEqual(papersOf(body, { today: "2026-02-03" }));
  },
);

test("--page-date or the file name gives the year, so it is not inferred", () => {
  const dated = parseText(body, contextOf({ pageDate: "2026-12-30" }));
  expect(dated).toMatchObject({ listedOn: "2026-12-11", listedOnInferred: false });
  expect(dated?.entries[2]?.paper.publishedOn).toBe("2026-11-20");
  expect(parseText(body, contextOf({ source: "/a/papers-2027-01-02.txt" }))?.listedOn).toBe("2026-12-11");
});

test("an address above the rows also gives the year, but a date in an abstract does not", () => {
  const address = `https://huggingface.co/papers/date/2026-12-11\n\n${body}`;
  expect(parseText(address, contextOf())).toMatchObject({ listedOn: "2026-12-11", listedOnInferred: false });
  const inside = body.replace("One rung at a time.", "One rung since 2001-01-01.");
  expect(parseText(inside, contextOf())?.listedOn).toBe("2025-12-11");
});

test("a date later in the year than the page's day gets the year before, and is marked as inferred", () => {
  const listing = parseText(body.replace("Nov 20 4", "Dec 30"), contextOf());
  expect(listing?.entries[2]?.paper.publishedOn).toBe("2024-12-30");
  expect(listing?.entries[2]?.source).toMatchObject({ publishedOnInferred: true });
});

test("29 February without a year falls in the last leap year", () => {
  expect(papersOf(body.replace("Nov 20 4", "Feb 29"))[2]?.publishedOn).toBe("2024-02-29");
});

test("a search has no day, and a week is found from the page's day", () => {
  expect(parseText(body, contextOf({ kind: "search" }))).toMatchObject({ period: null, listedOn: null });
  expect(parseText(body, contextOf({ kind: "week" }))).toMatchObject({ period: "2025-W50", listedOn: null });
});

test("an impossible date or a missing abstract gives a note, and an entry without a title is rejected", () => {
  const long = `${"A long abstract that has lost its title. ".repeat(8)}`.trim();
  const damaged = body
    .replace("Ladders\n\nOne rung at a time.", long)
    .replace("We revise. Sometimes twice.\n\n", "")
    .replace("Oct 4, 2023", "Feb 30, 2023 3");
  const listing = parseText(damaged, contextOf());
  expect(listing?.rejections.map(({ entry, reason }) => `${entry}: ${reason}`)).toEqual([
    "4: expected text at title, got nothing",
  ]);
  expect(listing?.entries.map(({ place, notes }) => [place, notes])).toEqual([
    [1, [{ field: "publishedOn", expected: "a day of the calendar", excerpt: "Feb 30, 2023 3" }]],
    [2, undefined],
    [3, [{ field: "abstract", expected: "text", excerpt: "nothing" }]],
  ]);
  expect(listing?.entries[0]?.paper).toMatchObject({ publishedOn: null, authorCount: 5, commentCount: 3 });
  expect(listing?.entries[2]?.paper).toMatchObject({ abstract: null, publishedOn: "2025-11-20" });
});

test("an abstract may have several paragraphs", () => {
  const second = "And a second paragraph, which is long enough to be told from any title. ".repeat(4).trim();
  const first = "One rung at a time, and then the next one, and so on to the top of it. ".repeat(4).trim();
  const papers = papersOf(body.replace("One rung at a time.", `${first}\n\n${second}`));
  expect(papers[3]?.abstract).toBe(`${first}\n${second}`);
});

test.each(["", "Hello.", "[]", "x".repeat(1_000_000), "Daily Papers\n\nDec 11"])(
  "unrelated text is not a listing",
  (text) => {
    expect(parseText(text, contextOf())).toBeNull();
  },
);

test("a very long abstract on one line is read whole, or rejected if it exceeds the limit", () => {
  const page = (abstract: string) =>
    `# Daily Papers\n\nDec 11\n\n### [Lamps](https://huggingface.co/papers/2512.00001)\n\n${abstract}\n\n[- 3 authors](https://huggingface.co/papers/2512.00001)\n\n·\n\nDec 10\n`;
  const words = (count: number) => Array.from({ length: count }, (_, at) => `lamp${at}`).join(" ");
  const [entry] = parseListing(page(`${words(6000)}.`), contextOf()).entries;
  expect(entry?.paper.abstract?.replace(/\s+/g, " ")).toBe(`${words(6000)}.`);
  expect(parseListing(page(`${words(20_000)}.`), contextOf()).rejections[0]?.reason).toMatch(
    /an abstract of at most 100,000/,
  );
});
