import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseText } from "@/lib/listings/formats/text";
import { contextOf } from "@/tests/library";

const fixture = (name: string) => readFileSync(path.resolve("tests/fixtures/text", name), "utf8");
const parse = (body: string, context = {}) => {
  const listing = parseText(body, contextOf(context));
  if (!listing) throw new Error("expected a listing");
  expect(listing.rejections).toEqual([]);
  return { ...listing, papers: listing.entries.map(({ paper }) => paper) };
};

test("html2text output is read, even with wrapped lines, comment counts attached to dates and organizations in place of authors", () => {
  const listing = parse(fixture("html2text.txt"));
  expect(listing).toMatchObject({ kind: "search", period: null, listedOn: null });
  expect(
    listing.papers.map((paper) => [
      paper.title,
      paper.upvotes,
      paper.authorCount,
      paper.organization?.name ?? null,
      paper.publishedOn,
      paper.commentCount,
    ]),
  ).toEqual([
    ["TOCK: A Clock for Slow Rooms", 0, 3, null, "2026-05-30", null],
    ["Long Tables: Seating a Thousand Guests", 65, 671, null, "2024-03-08", 6],
    ["Whispers", 0, 1, null, "2026-05-29", 6],
    ["Chairs Technical Report", 24, null, "Acme Labs", "2026-03-13", 3],
  ]);
  // Half-stripped TeX and Markdown markup stay unchanged.
  expect(listing.papers[0]?.abstract).toBe(
    "Clocks that run slow are kept for their sound. We time forty of them, and set R^3 {times} S^2 of them right. The words `Tock_{2}` stand as they are.",
  );
});

test("a notebook export is read, with arXiv ids from addresses on lines of their own", () => {
  const listing = parse(fixture("notebook.txt"));
  expect(listing).toMatchObject({ kind: "search", listedOn: null });
  expect(listing.papers).toMatchObject([
    {
      arxivId: "2410.00051",
      title: "Better than a Flute: Whistles of Tin",
      abstract: "Whistles of tin are cheap ( Tin Whistle). They are loud, too.",
      upvotes: 1,
      authorCount: 2,
      publishedOn: "2024-10-07",
      commentCount: null,
    },
    {
      arxivId: "1802.00052",
      abstract: "A whistle is made a drum.",
      upvotes: 0,
      organization: { name: "Acme" },
      publishedOn: "2025-10-23",
      commentCount: 1,
    },
  ]);
});

test("a trending page is read: duplicate cards count once, and a sentence by Hugging Face is a summary", () => {
  const listing = parse(fixture("trending.md"));
  expect(listing).toMatchObject({ kind: "trending", period: null, listedOn: null });
  expect(listing.papers).toMatchObject([
    {
      title: "Orchard Lightning: Train ANY Tree",
      abstract: null,
      summary: { source: "hub" },
      authorCount: 8,
      upvotes: null,
      code: { url: "https://github.com/acme/orchard", stars: 11_300 },
    },
    {
      title: "SmolPear: A very small pear for end-to-end dessert conversion",
      abstract: "SmolPear is a compact pear. It converts desserts.",
      summary: null,
      code: { stars: 476 },
    },
  ]);
});

test("Markdown is read, with ids from the links, and a card without an abstract is still a paper", () => {
  const listing = parse(fixture("markdown.md"));
  expect(listing).toMatchObject({ kind: "day", listedOn: "2025-12-11" });
  expect(listing.papers).toMatchObject([
    {
      arxivId: "2512.00061",
      abstract: "Ferries keep time badly. The timetable is kept well.",
      authorCount: 2,
      publishedOn: "2025-12-09",
      upvotes: 0,
    },
    {
      arxivId: "2512.00062",
      abstract: null,
      organization: { name: "Acme" },
      publishedOn: "2024-12-28",
      upvotes: 12,
    },
  ]);
});

test("numbered links give ids if their addresses are listed below", () => {
  const body = `${fixture("html2text.txt")}\n\n[7]: https://huggingface.co/papers/2606.00071\n`;
  expect(parse(body).papers.map((paper) => paper.arxivId)).toEqual(["2606.00071", null, null, null]);
});

test("a copied search page is read, with upvotes before each title and comments before the next row's upvotes", () => {
  const listing = parse(fixture("copied-search.txt"));
  expect(listing).toMatchObject({ kind: "search", listedOn: null });
  expect(listing.papers).toMatchObject([
    { title: "Kites in Still Air", upvotes: 0, authorCount: 3, publishedOn: "2026-05-29", commentCount: 2 },
    {
      title: "Strings",
      abstract: "Strings hold kites.",
      upvotes: 7,
      authorCount: null,
      organization: { name: "Acme Labs" },
      commentCount: null,
    },
  ]);
});

test("text that only mentions Hugging Face is not a listing", () => {
  const body = "# Notes\n\n### On https://huggingface.co/papers\n\nDaily Papers are nice.\n";
  expect(parseText(body, contextOf())).toBeNull();
  expect(parseText("<p>Daily Papers</p>\n\n·\nOct 4, 2023", contextOf())).toBeNull();
});
