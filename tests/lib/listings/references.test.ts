import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseListing } from "@/lib/listings/parse";
import { contextOf } from "@/tests/library";

const read = (name: string) =>
  parseListing(readFileSync(path.resolve("tests/fixtures", name), "utf8"), contextOf());
const parse = (body: string) => parseListing(body, contextOf());

test("a RIS file of Zotero brings names in order, days, notes without their HTML, and no paths of files", () => {
  const { format, kind, listedOn, entries, rejections } = read("ris/zotero.ris");
  expect({ format, kind, listedOn, rejections }).toEqual({
    ...{ format: "ris", kind: "library", listedOn: null, rejections: [] },
  });
  expect(entries.map(({ paper }) => paper)).toMatchObject([
    {
      arxivId: "2508.04444",
      title: "Kettles that Boil in $O(n^2)$",
      abstract: "We heat water.\nIt boils.",
      authors: ["Ada Lovelace", "Jan van der Berg Jr.", "Kettle Team"],
      authorCount: 3,
      publishedOn: "2025-08-06",
    },
    { arxivId: null, title: "A Book of Moths", authors: ["Grace Hopper"], publishedOn: null },
  ]);
  expect(entries[0]?.brought).toMatchObject({
    note: "Read twice & liked.",
    tags: ["tea", "Computer Science - Robotics"],
  });
  expect(JSON.stringify(entries.map(({ source }) => source))).not.toMatch(/storage|twice|Robotics/);
});

test("a RIS file of EndNote with other tags is read, and what is not whole is rejected with its line", () => {
  const { entries, rejections } = read("ris/endnote.ris");
  expect(entries).toMatchObject([
    {
      paper: { arxivId: "1903.01234", title: "Can Machines Pour?", publishedOn: "2019-03-04" },
      brought: { citeKey: "Turing2019", tags: ["pouring", "spilling"] },
    },
  ]);
  expect(rejections.map(({ entry, reason }) => [entry, reason])).toEqual([
    [2, 'expected "TY  -" before "ER  -" on line 15, got none'],
    [3, "expected a title or an arXiv id, got neither on line 16"],
    [4, 'expected "ER  -" after the entry on line 20, got the end of the file'],
  ]);
});

test.each(["\n", "\r\n", "\r"])("a RIS file may end its lines with %j", (end) => {
  const lines = [
    "TY  - JOUR",
    "TI  - One",
    "AU  - others",
    "AU  - Lovelace, Ada",
    "ER  -",
    "TY  - JOUR",
    "T1  - Two",
    "ER  - ",
  ];
  expect(parse(lines.join(end)).entries.map(({ paper }) => [paper.title, paper.authorCount])).toEqual([
    ["One", null],
    ["Two", null],
  ]);
});

test("CSL-JSON of Zotero brings names in order, days, notes and keywords, and our own bookmark", () => {
  const { format, kind, entries, rejections, knownById } = read("csl-json/zotero.json");
  expect({ format, kind }).toEqual({ format: "csl-json", kind: "library" });
  expect(entries[0]).toMatchObject({
    paper: {
      arxivId: "2508.04444",
      title: "Kettles that Boil in $O(n^2)$",
      authors: ["Ada Lovelace", "Jan van der Berg Jr.", "Kettle Team"],
      authorCount: 3,
      publishedOn: "2025-08-06",
      listedOn: null,
    },
    brought: { note: "Read before the talk.", tags: ["tea", "heat"], citeKey: "lovelaceKettles2025" },
  });
  expect(entries[1]).toMatchObject({
    paper: { title: "A Book of Moths", authors: ["Grace Hopper"], authorCount: null, publishedOn: null },
    brought: {
      at: "2025-09-01T10:00:00.000Z",
      state: "reading",
      note: "<b>Moths</b>",
      lists: ["Old"],
      tags: ["a, b"],
      citeKey: "hopper1999",
    },
  });
  expect(JSON.stringify(entries.map(({ source }) => source))).not.toMatch(/before the talk|heat"|Moths<|Old/);
  expect(knownById).toMatchObject([{ place: 3, id: "2401.00001" }]);
  expect(rejections).toMatchObject([{ entry: 4, reason: "expected a title or an arXiv id, got neither" }]);
});

test("a damaged CSL-JSON gives its whole items", () => {
  const item = (title: string) =>
    `{"id":"${title}","type":"article","title":"${title}","author":[{"family":"A"}]}`;
  const { entries, rejections } = parse(
    `[\n${item("One")},\n${item("Two").replace('"type":', '"type"')},\n${item("Three")},\n${item("Four").slice(0, 40)}`,
  );
  expect(entries.map(({ paper }) => paper.title)).toEqual(["One", "Three"]);
  expect(rejections.map(({ entry }) => entry)).toEqual([2, 4]);
  expect(() => parse('[{"abstract":"x","type":"article","title":"One"')).toThrow(
    "csl-json: expected JSON, got a body that breaks off or is damaged",
  );
});

test("fields of another type cost themselves, and an item that is no object is rejected", () => {
  const { entries, rejections } = parse(
    '[{"id":1,"type":"article","title":"One","author":"Ada","issued":2025,"note":{},"custom":[]},"two",{"type":"article","title":3}]',
  );
  expect(entries.map(({ paper }) => [paper.title, paper.authors])).toEqual([
    ["One", []],
    ["3", []],
  ]);
  expect(rejections.map(({ reason }) => reason)).toEqual(['expected an object, got "two"']);
});

const hostile = {
  "braces 100,000 deep": `@misc{a, title = {${"{".repeat(100_000)}x${"}".repeat(100_000)}}}\n@misc{b, title = {Two}}`,
  "braces that never close": `@misc{a, title = {${"{".repeat(100_000)}\n@misc{b, title = {Two}}`,
  "accents in accents": `@misc{a, title = {${"\\'{".repeat(50_000)}x${"}".repeat(50_000)}}}\n@misc{b, title = {Two}}`,
  "abbreviations that double": `@string{a = "${"x".repeat(100)}"}${Array.from({ length: 60 }, () => "@string{a = a # a}").join("")}\n@misc{b, title = {Two}}`,
  "a name of Object": "@misc{__proto__, constructor = {x}, title = {Two}, __proto__ = {y}}",
  "a RIS entry of 100,000 lines": `TY  - GEN\nTI  - ${"x\n".repeat(100_000)}ER  - \nTY  - GEN\nTI  - Two\nER  - `,
  "JSON 100,000 deep": `[{"type":"article","title":"Two","custom":${"[".repeat(100_000)}${"]".repeat(100_000)}}]`,
  "20,000 authors": `@misc{a, title={One}, author={${"A and ".repeat(20_000)}B}}\n@misc{b, title = {Two}}`,
};
test.each(Object.entries(hostile))("%s cost at most their entry", (_, body) => {
  let result: string[];
  try {
    const { entries, rejections } = parse(body);
    for (const { reason } of rejections) expect(reason).toMatch(/^expected .{1,200}$/);
    result = entries.map(({ paper }) => paper.title);
  } catch (error) {
    expect(String(error)).toMatch(/^Error: csl-json: expected JSON of at most 500 levels, got more$/);
    result = ["Two"];
  }
  expect(result.at(-1)).toBe("Two");
});

test("markup in a note stays text, and one that is too long is ignored", () => {
  const note = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) &lt;b&gt;";
  expect(parse(`@misc{a, title={One}, annote={${note}}}`).entries[0]?.brought?.note).toBe(note);
  const [entry] = parse(
    `@misc{a, title={One}, annote={${"x".repeat(100_001)}}, keywords={${"y".repeat(201)}, tea}}`,
  ).entries;
  expect(entry?.brought).toMatchObject({ note: null, tags: ["tea"] });
  expect(entry?.notes?.map(({ field, expected }) => [field, expected])).toEqual([
    ["note", "at most 100,000 characters"],
    ["tags", "names of at most 200 characters"],
  ]);
});
