import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { arxivIdsIn } from "@/lib/arxiv-id";
import { isJsonLines, isLibraryHeader, parseJsonLine } from "@/lib/listings/formats/jsonl";
import { rejectKnownById } from "@/lib/listings/known-by-id";
import { parseListing, rereadEntry } from "@/lib/listings/parse";
import { contextOf } from "@/tests/library";

const fixture = (name: string) => readFileSync(path.resolve("tests/fixtures", name), "utf8");
const parse = (body: string, context = {}) => parseListing(body, contextOf(context));

test("a bookmark file of a browser brings the links to papers, with their folder, tags, time and description", () => {
  const { format, kind, listedOn, entries, rejections, knownById } = parse(fixture("netscape/firefox.html"));
  expect({ format, kind, listedOn }).toEqual({ format: "netscape", kind: "library", listedOn: null });
  expect(
    entries.map(({ place, paper, brought }) => [place, paper.arxivId, paper.title, brought?.lists]),
  ).toEqual([
    [1, "2508.04444", "Kettles that Boil in $O(n^2)$", ["Tea & Coffee"]],
    [3, "2502.07654", "Steering Teapots by Hand", ["Cups"]],
    [4, "2311.04567", "Naïve Glow", ["Tea & Coffee"]],
    [5, "1903.01234", "Can Machines Pour?", []],
  ]);
  expect(entries[0]?.brought).toEqual({
    at: "2025-08-06T17:06:40.000Z",
    state: null,
    note: "Read <b>before</b> the talk.\nSecond line",
    lists: ["Tea & Coffee"],
    tags: ["tea", "hot water"],
    citeKey: null,
  });
  expect(entries[1]?.brought?.at).toBeNull();
  expect(knownById).toMatchObject([
    { place: 2, id: "2104.01111", brought: { at: "2025-08-06T17:06:40.000Z", lists: ["Tea & Coffee"] } },
  ]);
  expect(rejections.map(({ entry, reason, excerpt }) => [entry, reason, excerpt])).toEqual([
    [
      6,
      "expected an address of a paper on arXiv, got another",
      "javascript:alert('https://arxiv.org/abs/2508.04444')",
    ],
    [7, "expected an address of a paper on arXiv, got another", "https://news.example.org/"],
  ]);
});

test("a bookmark file may lead to papers of a site like ours, and its last link may be cut off", () => {
  const { entries, rejections, knownById } = parse(fixture("netscape/karakeep.html"));
  expect(entries).toMatchObject([
    { paper: { arxivId: "2502.07654" }, brought: { state: "toread", tags: ["robots", "tea"] } },
    { paper: { arxivId: "hep-th/9901001", title: "Strings and Spoons" } },
  ]);
  expect(knownById).toMatchObject([{ place: 2, id: "t-0123456789ab" }]);
  expect(rejections).toMatchObject([
    { entry: 4, reason: "expected </A> after a link, got the end of the file" },
  ]);
  expect(rejectKnownById({ entries, rejections, knownById }).rejections).toMatchObject([
    { entry: 2, reason: "expected a title beside an id, got only t-0123456789ab" },
    { entry: 4 },
  ]);
});

const page = (title: string) =>
  `<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF="https://arxiv.org/abs/2508.04444">${title}</A></DL>`;
test.each([
  ["[2508.04444] Kettles", "Kettles"],
  ["[2508.04444v2] [Re] Kettles", "[Re] Kettles"],
  ["arXiv:2508.04444 Kettles", "Kettles"],
  ["[Re] Kettles", "[Re] Kettles"],
  ["Paper page - Kettles", "Kettles"],
  ["Kettles | alphaXiv", "Kettles"],
  ["Kettles<br> &amp; Cups", "Kettles & Cups"],
  ["2508.04444v1", null],
  ["2508.04444.pdf", null],
  ["https://arxiv.org/abs/2508.04444", null],
  ["", null],
])("a bookmark named %j has the title %j", (name, title) => {
  const { entries, knownById } = parse(page(name));
  expect([...entries.map(({ paper }) => paper.title), ...(knownById ?? []).map(() => null)]).toEqual([title]);
});

test("folders 100,000 deep and tags that never close are read", () => {
  const body = `<!DOCTYPE NETSCAPE-Bookmark-file-1>${"<DL><p><DT><H3>F</H3><b>".repeat(100_000)}${page("Kettles").slice(39)}`;
  expect(parse(body).entries.map(({ brought }) => brought?.lists)).toEqual([["F"]]);
});

test("a text is a list of ids if nine of ten lines name one", () => {
  const { format, kind, entries, knownById, rejections } = parse(fixture("ids/ids.txt"));
  expect({ format, kind, entries, rejections }).toEqual({
    format: "ids",
    kind: "library",
    entries: [],
    rejections: [],
  });
  expect(knownById?.map(({ place, id }) => [place, id])).toEqual([
    [1, "2508.04444"],
    [2, "2104.01111"],
    [3, "2502.07654"],
    [4, "1903.01234"],
    [5, "hep-th/9901001"],
  ]);
  const many = Array.from({ length: 19 }, (_, at) => `2508.${String(at).padStart(5, "0")}`).join("\n");
  expect(parse(`${many}\nand nothing else\n`)).toMatchObject({
    rejections: [{ entry: 20, reason: "expected an arXiv id, got none", excerpt: "and nothing else" }],
  });
});

test("an ordinary text with an id is a list of ids only if that is asked for", () => {
  const text = "Dear Ada,\n\nhave you seen 2508.04444?\nIt follows arXiv:1903.01234.\n\nBo";
  expect(() => parse(text)).toThrow("no format recognizes this");
  const { knownById, rejections } = parse(text, { collectIds: true });
  expect(knownById?.map(({ id }) => id)).toEqual(["2508.04444", "1903.01234"]);
  expect(rejections).toEqual([]);
  expect(() => parse("Dear Ada", { collectIds: true })).toThrow(
    "ids: expected arXiv ids, got a text without any",
  );
  // What another format recognizes stays that.
  expect(parse("@misc{a, title={One}}", { collectIds: true }).format).toBe("bibtex");
});

test.each([
  ["see (arXiv:2508.04444v2) and [1](https://arxiv.org/abs/1903.01234).", ["2508.04444", "1903.01234"]],
  ["doi:10.48550/arXiv.2508.04444; hep-th/9901001,2508.04444", ["2508.04444", "hep-th/9901001"]],
  ["10.1145/2508.04444 costs 1505.1 or 2513.00001", []],
  [`${"9".repeat(100_000)} 2508.04444`, ["2508.04444"]],
])("the ids in %j are %j", (text, ids) => {
  expect(arxivIdsIn(text)).toEqual(ids);
});

test("an exported library in JSON Lines brings what the reader attached, which is not stored with the entry", () => {
  const lines = fixture("jsonl/library.jsonl").trim().split("\n");
  expect(isJsonLines(lines)).toBe(true);
  expect(lines.map(isLibraryHeader)).toEqual([true, false, false, false]);
  const [first, second, third] = lines.slice(1).map((line, at) => parseJsonLine(line, at + 2));
  expect(first).toMatchObject({
    paper: {
      arxivId: "2508.04444",
      publishedOn: "2025-08-06",
      listedOn: "2025-08-07",
      tags: [{ name: "tea" }],
    },
    brought: {
      at: "2025-09-01T10:00:00.000Z",
      state: "reading",
      note: "Read <b>twice</b> &amp; liked.\n\nStill.",
      lists: ["To discuss"],
      tags: ["my tea"],
      citeKey: "lovelace2025kettles",
    },
  });
  expect(first).not.toHaveProperty("notes");
  if (!first || !("paper" in first)) throw new Error("expected an entry");
  expect(JSON.stringify(first.source)).not.toMatch(/discuss|my tea|citeKey/);
  expect(rereadEntry("jsonl", first.source, null)).toEqual(first.paper);
  expect(second).toMatchObject({
    brought: { at: null, state: null, note: null, lists: [], tags: ["a"], citeKey: "hamilton2025steering" },
    notes: [
      { field: "bookmark.note", expected: "text" },
      { field: "bookmark.lists", expected: "a list of names" },
      { field: "bookmarked", expected: "a time", excerpt: "soon" },
      { field: "state", expected: "toread, reading, read, archived", excerpt: "later" },
    ],
  });
  expect(third).toMatchObject({ paper: { title: "Naïve Glow" } });
  expect(third).not.toHaveProperty("brought");
});

test("a library without papers is JSON Lines, one of a later version is refused, and a list with an item a line is not", () => {
  expect(isJsonLines(['{"format":"broadsheet-library","version":1}'])).toBe(true);
  expect(parseJsonLine('{"format":"broadsheet-library","version":2}', 1)).toMatchObject({
    reason: "expected version 1 of an exported library, got 2",
  });
  expect(isJsonLines(["[", '{"id":"a","title":"One"},', '{"id":"b","title":"Two"}', "]"])).toBe(false);
});
