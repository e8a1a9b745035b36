import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseText } from "@/lib/listings/formats/text";
import { parseListing } from "@/lib/listings/parse";
import { contextOf } from "@/tests/library";

const fixture = (name: string) => readFileSync(path.resolve("tests/fixtures/text", name), "utf8");
const parse = (body: string, context = {}) => {
  const listing = parseListing(body, contextOf(context));
  expect(listing).toMatchObject({ format: "text", rejections: [] });
  return { ...listing, papers: listing.entries.map(({ paper }) => paper) };
};

test("a number attached to a date is the comment count, and ids of June 2026 date the page to 2026", () => {
  const listing = parse(fixture("glued-comments.md"));
  expect(listing).toMatchObject({ kind: "day", listedOn: "2026-10-02", listedOnInferred: true });
  expect(listing.papers.map((paper) => [paper.publishedOn, paper.commentCount, paper.authorCount])).toEqual([
    ["2026-05-02", 6, 3],
    ["2026-09-09", 9, 3],
    ["2025-02-13", 2, 3],
    ["2024-06-06", 1, 3],
  ]);
  expect(listing.papers.map((paper) => paper.abstract)).toEqual([null, null, "Three kettles sing.", null]);
});

test("links over several lines, escapes and trailing backslashes do not change the words", () => {
  const listing = parse(fixture("link-over-lines.md"));
  expect(listing.papers).toMatchObject([
    {
      arxivId: "2606.00105",
      title: "Kettles and Spouts",
      abstract: "Kettles sing where it is cold. Spouts pour them.",
      authorCount: 3,
      publishedOn: "2025-02-27",
      upvotes: null,
    },
  ]);
  const escaped = fixture("link-over-lines.md").replace(
    "Spouts pour them.",
    "Spouts\\_2 pour \\*them\\*, 5\\% more.",
  );
  expect(parse(escaped).papers[0]?.abstract).toBe(
    "Kettles sing where it is cold. Spouts_2 pour *them*, 5% more.",
  );
});

test("the small print of a card belongs to that card", () => {
  const listing = parse(fixture("trending-cards.md"));
  expect(listing.kind).toBe("trending");
  expect(listing.papers).toMatchObject([
    {
      title: "Kettles in Corridors",
      abstract: "We count kettles.",
      upvotes: 117,
      publishedOn: "2026-10-04",
      organization: { name: "Acme Lab" },
      code: { url: "https://github.com/acme/kettles", stars: 131 },
      submittedBy: { name: "ann" },
      authorCount: null,
    },
    {
      title: "Spouts for Kettles",
      abstract: "We pour them.",
      upvotes: 149,
      publishedOn: "2024-12-28",
      authorCount: 4,
      organization: null,
      code: null,
      submittedBy: { name: "bo" },
    },
  ]);
});

test("bullets and buttons of a card give its upvotes and comments, and none of them becomes an abstract", () => {
  const listing = parse(fixture("cards-as-bullets.md"));
  expect(listing).toMatchObject({ kind: "day", listedOn: "2025-12-11", listedOnInferred: false });
  expect(listing.papers).toMatchObject([
    {
      title: "Kettles for Long Corridors",
      abstract: null,
      authorCount: 14,
      upvotes: 120,
      commentCount: 2,
      submittedBy: { name: "ann" },
    },
    {
      title: "Spouts for Kettles",
      abstract: null,
      authorCount: 3,
      upvotes: 7,
      commentCount: 1,
      submittedBy: { name: "bo" },
    },
  ]);
});

test("an upvote count without a link belongs to the title below, or to the title above if the page puts counts there", () => {
  const card = (name: string, before: string, after: string) =>
    `${before}### ${name}\n\nWords of ${name} end here.\n\n- 2 authors\n\n·\n\nMay 29\n\n${after}`;
  const votes = (body: string) =>
    parse(`# Daily Papers\n\nOct 2\n\n${body}`).papers.map((paper) => paper.upvotes);
  expect(votes(card("One", "5\n\n", "") + card("Two", "6\n\n", ""))).toEqual([5, 6]);
  expect(votes(card("One", "", "5\n\n") + card("Two", "", "6\n\n"))).toEqual([5, 6]);
  expect(votes(card("One", "", "Upvote 5\n\n") + card("Two", "", "Upvote\n\n6\n\n"))).toEqual([5, 6]);
  const submitted =
    card("One", "Submitted by\n\nann\n\n5\n\n", "") + card("Two", "Submitted by bo\n\n6\n\n", "");
  expect(votes(submitted)).toEqual([5, 6]);
});

test.each(["-\n\n", "* \n\n", "---\n\n", "+\n\n"])(
  "a dash without a link is not an upvote count (%j)",
  (dash) => {
    const body = fixture("glued-comments.md").replaceAll("### ", `${dash}### `);
    expect(parse(body).papers.map((paper) => paper.upvotes)).toEqual([null, null, null, null]);
  },
);

test("an impossible date is dropped with a note", () => {
  const listing = parse(fixture("glued-comments.md").replace("Sep 9[9]", "Sep 39[9]"));
  expect(listing.entries[1]).toMatchObject({
    paper: { publishedOn: null, commentCount: 9, authorCount: 3 },
    notes: [{ field: "publishedOn", expected: "a day of the calendar", excerpt: "Sep 39" }],
  });
});

test("a page is not dated before the year of its newest id, unless --page-date says so or the id is in the future", () => {
  const body = fixture("link-over-lines.md").replace("Feb 27, 2025", "Feb 27");
  const dayOf = (text: string, context = {}) => [
    parse(text, context).listedOn,
    parse(text, context).papers[0]?.publishedOn,
  ];
  expect(dayOf(body)).toEqual(["2026-10-02", "2026-02-27"]);
  expect(dayOf(body.replace("Oct 2", "Feb 3"))).toEqual(["2027-02-03", "2026-02-27"]);
  expect(dayOf(body, { pageDate: "2025-10-02" })).toEqual(["2025-10-02", "2025-02-27"]);
  expect(dayOf(body.replaceAll("2606", "8906"))).toEqual(["2025-10-02", "2025-02-27"]);
});

test("the Hugging Face page of one paper gives that paper and nothing below it", () => {
  const listing = parse(fixture("paper-page.md"));
  expect(listing).toMatchObject({ kind: "search", period: null, listedOn: null });
  expect(listing.papers).toMatchObject([
    {
      arxivId: "2412.00109",
      title: "Kettles in Cold Rooms",
      abstract: "We count kettles in cold rooms. They sing.",
      summary: { text: "Kettles are counted by a model that never slept.", source: "hub" },
      authors: ["Ada Lowe", "Bo Kay"],
      authorCount: 2,
      publishedOn: "2024-12-12",
      upvotes: 19,
      submittedBy: { name: "ann" },
      code: { url: "https://github.com/acme/kettles", stars: 264 },
      projectPage: "https://kettles.example/",
    },
  ]);
});

test("a paper page with relative links over several lines is read, with the year from its front matter or its id", () => {
  const body = fixture("paper-page-links.md");
  const expected = {
    arxivId: "2512.00110",
    title: "Kettles, Layered",
    abstract: "We layer kettles. Each layer sings.",
    summary: { text: "Kettles are layered by one model." },
    authors: ["Ada Lowe", "Bo Kay", "Cy Poe"],
    publishedOn: "2025-12-17",
    upvotes: 34,
    submittedBy: { name: "bo" },
  };
  expect(parse(body).papers).toMatchObject([expected]);
  expect(parse(body.replace("date: 2025-12-20\n", "")).papers).toMatchObject([expected]);
});

test("a paper page copied as plain text is read", () => {
  const words =
    "Papers\narxiv:2412.00109\nKettles in Cold Rooms\nPublished on Dec 12, 2024\nAuthors:\nAda Lowe\n,\nBo Kay\nAbstract\nWe count kettles.\n\nView arXiv page\nView PDF\nCommunity\nNice!\nReply\n";
  expect(parse(words).papers).toMatchObject([
    { title: "Kettles in Cold Rooms", authors: ["Ada Lowe", "Bo Kay"], abstract: "We count kettles." },
  ]);
});

test("a listing that breaks off in an abstract keeps the paper and notes that the abstract is cut", () => {
  const cut = [{ field: "abstract", expected: "an abstract that does not break off" }];
  const [whole, , , last] = fixture("glued-comments.md")
    .split(/(?=### )/)
    .slice(1);
  const page = `# Daily Papers\n\nOct 2\n\n${whole}${last?.split("\n")[0]}\n\n`;
  for (const abstract of [
    "[Four kettles sing in the",
    "Four kettles sing in the",
    "Four kettles sing.",
    "Four kettles si [...]",
  ]) {
    const { entries } = parse(page + abstract);
    expect(entries[1], abstract).toMatchObject({
      paper: { title: "Kettles Four", abstract: null },
      notes: cut,
    });
    expect(entries[0]?.notes).toBeUndefined();
  }
  const day = fixture("day.txt");
  const plain = parse(`${day.replace("A Row Without Its Line\n\n", "")}\nLids\n\nA lid keeps what is`);
  expect(plain.entries.at(-1)).toMatchObject({ paper: { title: "Lids", abstract: null }, notes: cut });
  const paper = fixture("paper-page.md").split("in cold rooms. They")[0] ?? "";
  expect(parse(paper).entries[0]).toMatchObject({
    paper: { abstract: null, authors: ["Ada Lowe", "Bo Kay"] },
    notes: cut,
  });
});

test("on a trending page with image placeholders, duplicate cards count once and submitters belong to the title below", () => {
  const listing = parse(fixture("trending-placeholders.md"));
  expect(listing.kind).toBe("trending");
  expect(
    listing.papers.map((paper) => [
      paper.title,
      paper.upvotes,
      paper.authorCount,
      paper.submittedBy?.name ?? null,
      paper.organization?.name ?? null,
      paper.code?.stars ?? null,
      paper.publishedOn,
    ]),
  ).toEqual([
    ["Kettle 6.0 Video: Models for Sound", 117, null, "cyp", "Kettle Lab", 131, "2026-10-04"],
    ["ManyKettles: A Kettle Framework", 149, 4, null, null, 110_000, "2024-12-28"],
    ["UniKettle", 22, null, "Lin", "Lid University", 1540, "2026-09-04"],
  ]);
  expect(listing.papers.map((paper) => paper.abstract)).toEqual([
    "We present Kettle 6.0 (12times34). It sings. In Jars, it hums.",
    null,
    null,
  ]);
});

test("a search page is recognized by its address, even if its menu says Trending Papers", () => {
  const listing = parse(fixture("search-links.md"));
  expect(listing).toMatchObject({ kind: "search", listedOn: null });
  expect(listing.papers.map((paper) => [paper.upvotes, paper.publishedOn, paper.commentCount])).toEqual([
    [101, "2026-05-08", 1],
    [0, "2026-08-30", null],
    [0, "2024-03-03", null],
    [8, "2024-07-24", 2],
  ]);
  expect(listing.papers[2]).toMatchObject({
    title: "WebKet: Kettles Found by Results with Citations",
    abstract: "Kettles are hard to find. We look for those with - their lids on. In all 42 places.",
    authorCount: 9,
  });
  const daily = fixture("search-links.md").replace("?q=source%20citations", "");
  expect(parse(daily)).toMatchObject({ kind: "day", listedOn: "2026-10-02" });
});

test("on a trending page copied as plain text, small print does not become an abstract", () => {
  const listing = parse(fixture("trending-plain.txt"));
  expect(listing.kind).toBe("trending");
  expect(listing.papers).toMatchObject([
    {
      title: "Kettles in Corridors",
      abstract: "We count kettles. They sing.",
      upvotes: 117,
      organization: { name: "Acme Lab" },
      submittedBy: { name: "ann" },
      publishedOn: "2026-10-04",
    },
    {
      title: "Spouts for Kettles",
      abstract: "We pour them. They are empty.",
      upvotes: 149,
      authorCount: 4,
      submittedBy: { name: "bo" },
      publishedOn: "2024-12-28",
    },
  ]);
});

test("cards written as list items, with their small print on one line, are read", () => {
  expect(parse(fixture("list.md")).papers).toMatchObject([
    { title: "Kettles in the Dark", abstract: "We count them. They sing.", authorCount: 5, commentCount: 3 },
    { title: "Spouts", abstract: "We pour.", authorCount: 2, publishedOn: "2025-12-08" },
  ]);
});

test.each([
  "glued-comments.md",
  "search-links.md",
  "html2text.txt",
  "notebook.txt",
  "day.txt",
  "trending-placeholders.md",
  "paper-page.md",
])("%s, cut at any point, gives no partial title or abstract", (name) => {
  const body = fixture(name);
  const whole = parse(body).papers;
  const titles = new Set(whole.map((paper) => paper.title));
  const texts = new Set(whole.flatMap((paper) => [paper.abstract, paper.summary?.text ?? null]));
  for (let end = body.length - 1; end > 0; end -= 3) {
    const listing = parseText(body.slice(0, end), contextOf());
    for (const { paper, notes } of listing?.entries ?? []) {
      const cut = notes?.some(({ field }) => field === "abstract");
      expect(titles.has(paper.title), `${end}: ${paper.title}`).toBe(true);
      expect(cut || texts.has(paper.abstract), `${end}: ${paper.abstract}`).toBe(true);
      expect(paper.summary === null || texts.has(paper.summary.text), `${end}: ${paper.summary?.text}`).toBe(
        true,
      );
    }
  }
});

test("bold or unknown words in small print do not become the organization", () => {
  const card = (id: string, print: string) =>
    `## [Kettle ${id}](https://huggingface.co/papers/${id})\n\nIt is. It was.\n\n${print}\n\n`;
  const { papers } = parse(
    `# Trending Papers\n\n${card("2601.00001", "*by* 4 authors · **Published on Jan 5, 2026** · Upvote **12** · who knows")}${card("2601.00002", "4 authors • Published on Jan 6, 2026 • [Upvote 13](/login?next=%2Fpapers%2F2601.00002)")}`,
  );
  expect(papers).toMatchObject([
    { abstract: "It is. It was.", organization: null, publishedOn: "2026-01-05", upvotes: 12 },
    {
      abstract: "It is. It was.",
      organization: null,
      authorCount: 4,
      publishedOn: "2026-01-06",
      upvotes: 13,
    },
  ]);
});

test("small print on one line is read, with the submitter first or last and the comment count in words", () => {
  const card = (id: string, print: string) =>
    `### [Lamps ${id}](https://huggingface.co/papers/2606.0300${id})\n\nThey shine.\n\n${print}\n\n`;
  const community = (id: string) => `https://huggingface.co/papers/2606.0300${id}#community`;
  const votes = (id: string) => `https://huggingface.co/login?next=%2Fpapers%2F2606.0300${id}`;
  const body = `# Daily Papers\n\nJun 8\n\n${card("1", `Submitted by cy · [77](${votes("1")}) · 4 authors · Jun 7 · [8](${community("1")})`)}${card("2", `3 authors · Jun 7 · Submitted by bo · [Upvote 6](${votes("2")}) · [5 comments](${community("2")})`)}`;
  expect(parse(body).papers).toMatchObject([
    {
      abstract: "They shine.",
      upvotes: 77,
      authorCount: 4,
      publishedOn: "2026-06-07",
      commentCount: 8,
      submittedBy: { name: "cy" },
    },
    {
      abstract: "They shine.",
      upvotes: 6,
      authorCount: 3,
      publishedOn: "2026-06-07",
      commentCount: 5,
      submittedBy: { name: "bo" },
    },
  ]);
});
