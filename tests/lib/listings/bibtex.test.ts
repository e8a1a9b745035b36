import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readBibNames } from "@/lib/listings/formats/bibtex-names";
import { fromTex } from "@/lib/listings/formats/bibtex-text";
import { parseListing } from "@/lib/listings/parse";
import { contextOf } from "@/tests/library";

const read = (name: string) =>
  parseListing(readFileSync(path.resolve("tests/fixtures/bibtex", name), "utf8"), contextOf());
const parse = (body: string) => parseListing(body, contextOf());

test("a library of Zotero brings papers and books, with tags and notes, and without paths of files", () => {
  const { format, kind, listedOn, period, entries, rejections } = read("zotero.bib");
  expect({ format, kind, listedOn, period, rejections }).toEqual({
    ...{ format: "bibtex", kind: "library", listedOn: null, period: null, rejections: [] },
  });
  expect(entries.map(({ paper }) => [paper.arxivId, paper.title, paper.authorCount])).toEqual([
    ["2508.04444", "Kettles that Boil in $O(n^2)$: On the Heat of LLMs & Tea", 3],
    [null, "An Invariant Teapot", null],
    [null, "A Book of Moths", 1],
  ]);
  expect(entries[0]?.paper).toMatchObject({
    authors: ["Ada Lovelace", "Jörg Müller", "Kettle Team"],
    publishedOn: null, // the file has no day
    listedOn: null,
    tags: [],
  });
  expect(entries[0]?.brought).toEqual({
    at: null,
    state: null,
    note: "Read before the talk.\n\nComment: 12 pages",
    lists: [],
    tags: ["Computer Science - Machine Learning", "tea", "Computer Science - Robotics"],
    citeKey: "lovelace_kettles_2025",
  });
  expect(entries[1]?.paper.authors).toEqual(["Emmy Noether", "Jo van der Waals"]);
  const stored = JSON.stringify(entries.map(({ source }) => source));
  expect(stored).toContain("10.1000/teapot.7");
  expect(stored).not.toMatch(/storage|before the talk|Robotics/);
});

test("a library of JabRef brings groups, times, states, abbreviations and dates", () => {
  const { entries } = read("jabref.bib");
  expect(entries[0]?.paper).toMatchObject({
    arxivId: "2311.04567",
    title: "Naïve Glow — a “Study” of L'Hôpital",
    authors: ["Marie Curie", "Pál Erdős", "Şule Özgür"],
    publishedOn: "2023-11-08",
    tags: [{ name: "cs.CL", source: "arxiv" }],
  });
  expect(entries[0]?.brought).toEqual({
    at: "2024-03-05T10:11:12.000Z",
    state: "read",
    note: null,
    lists: ["To discuss", "Glow, warm"],
    tags: ["light", "dark, very"],
    citeKey: "Curie2023",
  });
  expect(entries[0]?.source).toMatchObject({ fields: { journaltitle: "Journal of Vessels" } });
  // The day of the proceedings, to which the entry refers.
  expect(entries[1]).toMatchObject({
    paper: { title: "Parity of Cups", publishedOn: "2022-06-06", arxivId: null },
    brought: { at: "2022-12-24T00:00:00.000Z" },
  });
});

test("a library of Mendeley brings its groups and annotations", () => {
  expect(read("mendeley.bib").entries).toMatchObject([
    {
      paper: {
        arxivId: "1903.01234",
        title: "Can Machines Pour?",
        abstract: "Machines that pour. 5% spill.",
      },
      brought: { note: "Nice pictures.", lists: ["Machines/Pouring"], tags: ["pouring", "spilling"] },
    },
  ]);
});

test("a broken entry costs itself, and an entry of only an id is known by that", () => {
  const { entries, rejections, knownById } = read("pasted.bib");
  expect(entries.map(({ place, paper }) => [place, paper.arxivId, paper.authorCount])).toEqual([
    [1, "2502.07654", 2],
    [2, "2104.01111", null],
    [4, "hep-th/9901001", 1],
    [5, null, 25],
  ]);
  expect(entries[3]?.paper).toMatchObject({ authors: [], publishedOn: "2020-02-29" });
  expect(rejections.map(({ entry, reason }) => [entry, reason])).toEqual([
    [3, 'expected "}" that closes title, got the next entry on line 19'],
    [7, "expected a title or an arXiv id, got neither on line 22"],
  ]);
  expect(knownById).toMatchObject([{ place: 6, id: "2401.00001", brought: { citeKey: "idonly" } }]);
});

test.each([
  ["@misc{a, title = {One} author = {Ada}}", "One"],
  ["@misc(a, title = {(One)})", "(One)"],
  ["@misc{title = {One}}", "One"],
  ['@misc{a, title = "One {"}two{"}"}', 'One "two"'],
  ["@misc{a, title = {One \\} two}}", "One } two"],
  ["@misc{a, title = {Path C:\\}}", "Path C:\\"],
  ["% a comment\r\n@misc{a,\r\n title = {One\r\n two},\r\n}\r\n", "One two"],
  ["@misc{a,\r title = {One\r two},\r}\r", "One two"],
  ["\ufeff@misc{a, title = {One}, title = {Two}}", "One"],
  ['@string{who = "Ada"}@string{whom = who # " L."}@misc{a, title = whom # {!} # 2}', "Ada L.!2"],
  ["@comment{x}@misc{a, title = {One}}", "One"],
  ["@comment{jabref {\n@misc{a, title = {One}}", "One"],
  ["@preamble{ {\\newcommand{\\x}{y}} }\n@MISC{a, TITLE = {One}}", "One"],
])("%j has the title %j", (body, title) => {
  expect(parse(body).entries.map(({ paper }) => paper.title)).toEqual([title]);
});

test.each([
  ["@misc{a, title {One}}\n@misc{b, title = {Two}}", 'expected "=" after title, got "{One}}" on line 1'],
  ["@misc{a title = {One}}\n@misc{b, title = {Two}}", 'expected "," after the key, got "= {One}}" on line 1'],
  [
    "@misc{b, title = {Two}}\n@misc{a,\n title = {One",
    'expected "}" that closes title, got the end of the file on line 3',
  ],
  [
    "@misc{a, title = {One},\n\n@misc{b, title = {Two}}",
    'expected "}" at the end of the entry, got the next entry on line 3',
  ],
  ["@misc{a, title = (One)}\n@misc{b, title = {Two}}", 'expected a value of title, got "(One)}" on line 1'],
])("%j is one paper and one rejected entry", (body, reason) => {
  const { entries, rejections } = parse(body);
  expect(entries.map(({ paper }) => paper.title)).toEqual(["Two"]);
  expect(rejections.map((one) => one.reason)).toEqual([reason]);
});

test("a key that stands twice is brought once, and a key or time that makes no sense is noted", () => {
  const { entries } = parse(
    "@misc{a, title={One}}\n@misc{A, title={Two}}\n@misc{b c, title={Three}, timestamp={2024-02-30}}",
  );
  expect(entries.map(({ brought, notes }) => [brought?.citeKey, notes])).toEqual([
    ["a", undefined],
    [null, [{ field: "key", expected: "a key that no other entry has", excerpt: "A" }]],
    [
      null,
      [
        { field: "bookmarked", expected: "a time", excerpt: "2024-02-30" },
        {
          field: "key",
          expected: "a citation key without spaces, of at most 200 characters",
          excerpt: "b c",
        },
      ],
    ],
  ]);
});

test.each([
  ["eprint = {2508.04444v3}, archivePrefix = {arXiv}", "2508.04444"],
  ["eprint = {2508.04444}", "2508.04444"],
  ["eprint = {math/0601001}, eprinttype = {arxiv}", "math/0601001"],
  ["eprint = {2508.04444}, eprinttype = {hal}", null],
  ["doi = {10.48550/ARXIV.2508.04444}", "2508.04444"],
  ["url = {https://arxiv.org/pdf/2508.04444v1.pdf}", "2508.04444"],
  ["url = {\\url{https://huggingface.co/papers/2508.04444}}", "2508.04444"],
  ["howpublished = {arXiv:2508.04444}", "2508.04444"],
  ["journal = {arXiv preprint arXiv:2508.04444}", "2508.04444"],
  ["number = {arXiv:2508.04444}", "2508.04444"],
  ["note = {arXiv:2508.04444 [cs.CL]}", "2508.04444"],
  ["note = {Compare arXiv:2508.04444}", null],
  ["doi = {10.1145/2508.04444}", null],
])("the arXiv id of an entry with %s is %s", (fields, arxivId) => {
  expect(parse(`@misc{a, title = {One}, ${fields}}`).entries[0]?.paper.arxivId).toBe(arxivId);
});

test.each([
  ["date = {2025-08-06}", "2025-08-06"],
  ["year = 2025, month = aug, day = 6", "2025-08-06"],
  ["year = {2025}, month = {August}, day = {06}", "2025-08-06"],
  ['year = 2025, month = "6~" # aug', "2025-08-06"],
  ["year = 2025, month = 8, day = 6", "2025-08-06"],
  ["year = 2025, month = aug", null],
  ["year = 2025, month = feb, day = 30", null],
  ["date = {2025-08}", null],
])("the day of an entry with %s is %s", (fields, publishedOn) => {
  expect(parse(`@misc{a, title = {One}, ${fields}}`).entries[0]?.paper.publishedOn).toBe(publishedOn);
});

test.each([
  ['M{\\"u}ller M\\"uller M{\\"{u}}ller', "Müller Müller Müller"],
  ["\\'{\\i}\\^\\i na\\\"{\\i}ve", "íînaïve"],
  ["\\c{c}\\c c \\v{s}\\k{a}\\u{g}\\H{o}\\r{a}\\.{z}\\={a}\\d{h}", "çç šąğőåżāḥ"],
  ["\\~{\\^e} {\\'{\\^{e}}}", "ễ ế"],
  ["{\\ss}{\\o}\\AA ngstr\\\"om \\L{}\\'od\\'z", "ßøÅngström Łódź"],
  ["100\\% \\& \\$5 \\#1 a\\_b \\{c\\} \\~{} \\^{} {\\textasciitilde}", "100% & $5 #1 a_b {c} ~ ^ ~"],
  ["a--b---c {-}{-}d ``q'' `r' a~b", "a–b—c --d “q” `r' a b"],
  ["{LLM}s for {{Nested} {B}races}", "LLMs for Nested Braces"],
  ["On $\\alpha_{t}$, \\(x^{2}\\) and $$y$$ {x}", "On $\\alpha_{t}$, \\(x^{2}\\) and $$y$$ x"],
  ["costs $5 {a}", "costs $5 a"],
  ["\\emph{a} \\textbf{b} \\enquote{c} {\\it d}", "a b “c” d"],
  ["\\alpha-decay \\foo{bar} {x}", "\\alpha-decay \\foo{bar} x"],
  ["\\(never {ends} \\", "\\(never ends \\"],
  ["} {", "} {".replace(/[{}]/g, "")],
])("the TeX %j is the text %j", (tex, text) => {
  expect(fromTex(tex)).toBe(text);
});

test.each([
  ["Lovelace, Ada and Ada Byron", ["Ada Lovelace", "Ada Byron"]],
  ["van der Berg, Jan and King, Jr., Martin", ["Jan van der Berg", "Martin King Jr."]],
  ["{Kettle Team, Inc.} and {Barnes and Noble}", ["Kettle Team, Inc.", "Barnes and Noble"]],
  ["Ada\n\tand Bo AND Cy", ["Ada", "Bo", "Cy"]],
  ["family=Berg, given=Jan, prefix=van der, useprefix=true and Plato", ["Jan van der Berg", "Plato"]],
  ["Andersen, Sandy", ["Sandy Andersen"]],
  ['M{\\"u}ller, J{\\"o}rg and {{\\O}rsted}', ["Jörg Müller", "Ørsted"]],
  [" and Ada and ", ["Ada"]],
])("the names in %j are %j", (tex, names) => {
  expect(readBibNames(tex)).toEqual(names);
});

test("a text copy and a page that quote an entry are no BibTeX", () => {
  const quoted = "@misc{a, title = {One}}";
  expect(() => parse(`<p>\n${quoted}</p>`)).toThrow("no format recognizes this");
  expect(() => parse(`${"A line of text.\n".repeat(30)}${quoted}`)).toThrow("no format recognizes this");
  expect(() => parse("@ada (Ada) said so")).toThrow("no format recognizes this");
});
