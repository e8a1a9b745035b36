import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { importSource } from "@/lib/imports/import";
import { parseJsonLine } from "@/lib/listings/formats/jsonl";
import type { Batch } from "@/lib/listings/listing";
import { openFile } from "@/lib/listings/open-source";
import { findEdition } from "@/lib/papers/editions";
import { findPaper } from "@/lib/papers/find";
import { hubAnswer } from "@/tests/hub-answer";
import { contextOf, openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-lines-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const paper = (number: number, more = {}) => ({
  id: `2512.${String(number).padStart(5, "0")}`,
  title: `Paper ${number}`,
  abstract: `What ${number} says.`,
  ...more,
});
const lines = (values: unknown[]) => values.map((value) => JSON.stringify(value)).join("\n");

async function importBody(body: string | Buffer, onBatch: (batch: Batch) => void = () => {}) {
  const file = path.join(folder, "papers.jsonl");
  writeFileSync(file, body);
  return importSource(await openFile(file), contextOf(), db(), (_, batch) => onBatch(batch));
}

test("each line is a paper with its own day, plain or gzipped", async () => {
  const body = lines([
    paper(1, {
      authors: ["Ada", "Bo"],
      publishedAt: "2025-12-09T11:00:00.000Z",
      feedDate: "2025-12-11",
      upvotes: 4,
    }),
    paper(2, { comments: 3, categories: ["cs.CL"], keywords: ["Tea"], listedOn: "2025-12-12" }),
    paper(4, { feedDate: "2025-12-11", upvotes: 9 }),
    { arxivId: "cs/0501001v2", title: "Old", abstract: null, source: ["somewhere"] },
  ]);
  const { head, counts } = await importBody(body);
  expect(head).toEqual({
    format: "jsonl",
    kind: "day",
    period: null,
    listedOn: null,
    listedOnInferred: false,
  });
  expect(counts).toEqual({ listed: 4, new: 4, updated: 0, unchanged: 0, rejected: 0 });
  expect((await findEdition("2025-12-11")).sections).toMatchObject([
    {
      format: "jsonl",
      papers: [
        { id: "2512.00004" },
        { id: "2512.00001", authors: ["Ada", "Bo"], publishedOn: "2025-12-09", upvotes: 4 },
      ],
    },
  ]);
  expect(await findPaper("2512.00002")).toMatchObject({
    paper: { commentCount: 3, upvotes: null, tags: [{ source: "hub" }, { name: "cs.CL", source: "arxiv" }] },
  });
  expect(await findPaper("cs/0501001")).toMatchObject({ paper: { abstract: null, listedOn: null } });
  expect((await importBody(gzipSync(body))).counts).toMatchObject({ new: 0, unchanged: 4 });
  expect(await db().entry.count()).toBe(4);
});

test("the first line may be longer than the part that detects the format", async () => {
  const { head, counts } = await importBody(lines([paper(1, { more: "x".repeat(600_000) }), paper(2)]));
  expect([head.format, counts.new]).toEqual(["jsonl", 2]);
  const one = await importBody(lines([paper(3, { more: "x".repeat(600_000) })]));
  expect([one.head.format, one.counts.new]).toEqual(["jsonl", 1]);
});

test("a line nested too deeply is rejected with that reason, even if it is the first", async () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  const reasons: string[] = [];
  const { counts } = await importBody(
    `{"title":"T","more":${deep}}\n${lines([paper(1)])}`,
    ({ rejections }) => {
      reasons.push(...rejections.map(({ entry, reason }) => `${entry}: ${reason}`));
    },
  );
  expect(counts).toMatchObject({ listed: 2, new: 1, rejected: 1 });
  expect(reasons).toEqual(["1: expected JSON of at most 500 levels, got more"]);
});

test("an invalid line is rejected with its number, and the others are saved", async () => {
  const body = `${lines([paper(1)])}\n\n{"id": \n${lines([["no", "paper"], { id: "2512.00009" }, paper(2, { title: " " }), paper(3)])}`;
  const reasons: string[] = [];
  const { counts } = await importBody(body, ({ rejections }) => {
    reasons.push(...rejections.map(({ entry, reason }) => `${entry}: ${reason}`));
  });
  expect(counts).toMatchObject({ listed: 6, new: 2, rejected: 4 });
  expect(reasons).toEqual([
    "3: expected JSON, got other text",
    '4: expected an object, got ["no","paper"]',
    "5: expected text at title, got nothing",
    '6: expected a title that is not empty at title, got " "',
  ]);
});

test("an interrupted import resumes where it stopped, and together the two import every line once", async () => {
  const values = Array.from({ length: 1050 }, (_, index) => paper(index + 1, { feedDate: "2025-12-11" }));
  values.push(paper(7, { authors: ["Found later"] })); // the same paper again, in the last batch
  let batches = 0;
  const interruption = new Error("cut");
  await expect(
    importBody(lines(values), () => {
      batches++;
      if (batches === 2) throw interruption;
    }),
  ).rejects.toBe(interruption);
  const saved = await db().paper.count();
  expect(saved).toBeGreaterThanOrEqual(100); // two batches of the smallest size
  expect(saved).toBeLessThan(1050);
  const { counts } = await importBody(lines(values));
  expect(counts).toEqual({ listed: 1051, new: 1050 - saved, updated: 1, unchanged: saved, rejected: 0 });
  expect(await db().entry.count()).toBe(1050);
  expect(await db().listing.findMany({ select: { format: true, importedTo: true } })).toEqual([
    { format: "jsonl", importedTo: 1051 },
  ]);
  expect(await findPaper("2512.00007")).toMatchObject({ paper: { authors: ["Found later"] } });
  expect((await importBody(lines(values))).counts).toEqual({
    listed: 1051,
    new: 0,
    updated: 0,
    unchanged: 1051,
    rejected: 0,
  });
});

test("lines before the damage in a gzip file are saved, and the damage is reported", async () => {
  const values = Array.from({ length: 900 }, (_, index) =>
    paper(index + 1, { abstract: `${Math.sin(index)}`.repeat(9) }),
  );
  const { counts, broken } = await importBody(gzipSync(lines(values)).subarray(0, -2000));
  expect(broken).toMatch(/^expected a whole gzip file, got a damaged one/);
  expect(counts.new).toBeGreaterThan(100);
  expect(await db().paper.count()).toBe(counts.new);
});

test("a paper exported as JSON Lines is read back unchanged", async () => {
  await scrapeBody(
    db(),
    hubAnswer([{ id: "2512.00001", day: "2025-12-11", keywords: ["tea"], authors: ["Ada"] }]),
  );
  const found = await findPaper("2512.00001");
  if (!found || "movedTo" in found) throw new Error("expected the paper");
  const { id: _, highlights: __, figure: ___, ...record } = found.paper;
  let again: unknown;
  const file = path.join(folder, "export.jsonl");
  writeFileSync(file, JSON.stringify({ ...record, kind: "day", format: "hf-api" }));
  await importSource(await openFile(file), contextOf(), null, (_, batch) => {
    again = batch.entries[0]?.paper;
  });
  expect(again).toEqual(record);
});

test("a line that is not UTF-8 is rejected with the position of the invalid bytes, and the lines around it are saved", async () => {
  const bad = Buffer.from(JSON.stringify(paper(3, { title: "Caf? au lait" })));
  bad[bad.indexOf("?")] = 0xe9;
  const body = Buffer.concat([
    Buffer.from(`${lines([paper(1), paper(2)])}\n`),
    bad,
    Buffer.from(`\n${lines([paper(4)])}\n`),
  ]);
  const rejected: Batch["rejections"] = [];
  const { counts, broken } = await importBody(body, ({ rejections }) => rejected.push(...rejections));
  expect(broken).toBeNull();
  expect(counts).toMatchObject({ listed: 4, new: 3, rejected: 1 });
  expect(rejected).toEqual([
    {
      entry: 3,
      reason: "expected text in UTF-8, got other bytes (e9206175206c6169 at byte 32)",
      excerpt: expect.stringContaining("Caf\ufffd au lait"),
    },
  ]);
});

test.each([
  ["UTF-16 little-endian", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ["UTF-16 big-endian", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
  ["UTF-8 with a byte order mark", (text: string) => Buffer.from(`\ufeff${text}`)],
])("a file that Windows saved as %s is read, plain or gzipped", async (_, save) => {
  const text = lines([paper(1, { title: "Café, 日本, 𝒳" })]);
  expect((await importBody(save(text))).counts).toMatchObject({ new: 1, rejected: 0 });
  expect(await findPaper("2512.00001")).toMatchObject({ paper: { title: "Café, 日本, 𝒳" } });
  expect((await importBody(gzipSync(save(text)))).counts).toMatchObject({ unchanged: 1, rejected: 0 });
  const list = hubAnswer([{ id: "2512.00002", day: "2025-12-11", title: "Über alles" }]);
  expect((await importBody(save(list))).counts).toMatchObject({ new: 1, rejected: 0 });
  expect(await findPaper("2512.00002")).toMatchObject({ paper: { title: "Über alles" } });
});

test("a UTF-16 file that breaks off within a character is refused", async () => {
  const body = Buffer.from(`\ufeff${hubAnswer([{ id: "2512.00002" }])}`, "utf16le").subarray(0, -1);
  await expect(importBody(body)).rejects.toThrow("expected text in utf-16le, got other bytes");
});

const readOne = (value: object) => {
  const parsed = parseJsonLine(JSON.stringify({ title: "Lamps", ...value }), 1);
  if (!("paper" in parsed)) throw new Error(parsed.reason);
  return { ...parsed.paper, notes: parsed.notes?.map(({ field, expected }) => `${field}: ${expected}`) };
};

test.each([
  [{ summary: "Lamps shine." }, { abstract: "Lamps shine.", summary: null }],
  [
    { abstract: "Lamps shine.", summary: "Lamps shine." },
    { abstract: "Lamps shine.", summary: null },
  ],
  [
    { tags: ["lamps"], keywords: "light; dark, dusk" },
    { tags: ["lamps", "light", "dark", "dusk"].map((name) => ({ name, source: "hub" })) },
  ],
  [
    { tags: `['lamps', "ann's light", 'it\\'s, dark']`, keywords: '["dusk"]', categories: " [ 'cs.CL' ] " },
    {
      tags: [
        ...["lamps", "ann's light", "it's, dark"].map((name) => ({ name, source: "hub" })),
        { name: "cs.CL", source: "arxiv" },
        { name: "dusk", source: "hub" },
      ],
    },
  ],
  [{ tags: "[]" }, { tags: [] }],
  [{ tags: "[lamps], light" }, { tags: ["[lamps]", "light"].map((name) => ({ name, source: "hub" })) }],
  [{ authors: "['Ada Lowe', 'Bo Kay']" }, { authors: ["Ada Lowe", "Bo Kay"] }],
  [
    { categories: "cs.CL math.AG" },
    { tags: ["cs.CL", "math.AG"].map((name) => ({ name, source: "arxiv" })) },
  ],
  [
    { code: "https://github.com/acme/lamps" },
    { code: { url: "https://github.com/acme/lamps", stars: null } },
  ],
  [{ id: "arXiv:2503.00014v2" }, { arxivId: "2503.00014" }],
  [{ id: "https://arxiv.org/abs/cs/0601001v3" }, { arxivId: "cs/0601001" }],
  [{ id: 2503.02134 }, { arxivId: "2503.02134" }],
  [
    { authors: "Ada Lowe, Bo Kay (MIT, Cambridge) and Cy Poe" },
    { authors: ["Ada Lowe", "Bo Kay", "Cy Poe"], authorCount: 3 },
  ],
  [{ authors: [{ name: "Ada Lowe" }, "Bo Kay"] }, { authors: ["Ada Lowe", "Bo Kay"] }],
  [
    {
      authors: "A. Lowe and others",
      authors_parsed: [
        ["Lowe", "Ada", ""],
        ["Kay", "Bo", "Jr."],
      ],
    },
    { authors: ["Ada Lowe", "Bo Kay Jr."] },
  ],
  [{ versions: [{ version: "v1", created: "Mon, 2 Apr 2007 19:18:42 GMT" }] }, { publishedOn: "2007-04-02" }],
  [
    { upvotes: "1,204", comments: "3", authorCount: "2" },
    { upvotes: 1204, commentCount: 3, authorCount: 2 },
  ],
  [{ title: "Kites? (arXiv:2301.05291v2 [cs.AI] UPDATED)" }, { title: "Kites?" }],
  [{ authors: "Lowe, Ada; Kay, Bo" }, { authors: ["Ada Lowe", "Bo Kay"] }],
  [{ authors: "Ada Lowe; Bo Kay" }, { authors: ["Ada Lowe", "Bo Kay"] }],
  [
    { abstract: "None", upvotes: "nan" },
    { abstract: null, upvotes: null },
  ],
  [{ organization: "Acme Lab" }, { organization: { name: "Acme Lab", fullName: null } }],
])("%j is read without a note", (value, expected) => {
  expect(readOne(value)).toMatchObject({ ...expected, notes: undefined });
});

test.each([
  [{ comments: "12 pages, 3 figures" }, { commentCount: null }, "comments: a count"],
  [{ upvotes: -1 }, { upvotes: null }, "upvotes: a count"],
  [{ id: "2503.0213" }, { arxivId: null }, "id: an arXiv id"],
  [{ id: 2503.0213 }, { arxivId: null }, "id: an arXiv id"],
  [{ id: "2513.12345" }, { arxivId: null }, "id: an arXiv id"],
  [{ publishedAt: "2025" }, { publishedOn: null }, "publishedAt: a date"],
  [{ code: "github" }, { code: null }, "code: an address without a token"],
  [{ projectPage: "javascript:alert(1)" }, { projectPage: null }, "projectPage: an address without a token"],
  [{ authors: "Ada Lowe (MIT, Bo Kay" }, { authors: [], authorCount: null }, "authors: names"],
  [
    { abstract: "Lamps shine.", summary: "It shines." },
    { abstract: "Lamps shine.", summary: null },
    "summary: a text and its source beside an abstract",
  ],
])("%j loses that field, with a note, but never the paper", (value, expected, note) => {
  expect(readOne(value)).toMatchObject({ title: "Lamps", ...expected, notes: [note] });
});

test("a line with an invalid arXiv id is identified by its text", async () => {
  const kite = { title: "Kites whose id lost a zero", abstract: "It went through a float." };
  await importBody(
    lines([
      { ...kite, id: "2503.0213" },
      { ...kite, id: "2503.02130" },
    ]),
  );
  expect(await db().paper.findMany({ select: { id: true } })).toEqual([{ id: "2503.02130" }]);
});

test("a line with too long an abstract, title or name is rejected with that reason, and the others are saved", async () => {
  const reasons: string[] = [];
  // No two characters in a row are the same, because PostgreSQL compresses.
  const longest = Array.from({ length: 800 }, (_, at) => String.fromCodePoint(0x4e00 + at * 23)).join("");
  const body = lines([
    paper(1, { abstract: "a".repeat(100_001) }),
    paper(2, { title: "t".repeat(2001) }),
    paper(3, { abstract: "a".repeat(100_000) }),
    paper(4, { authors: ["Ada", longest] }),
    paper(5, { authors: ["Ada", `${longest}神`] }),
  ]);
  const { counts } = await importBody(body, ({ rejections }) => {
    reasons.push(...rejections.map(({ entry, reason }) => `${entry}: ${reason}`));
  });
  expect(counts).toMatchObject({ listed: 5, new: 2, rejected: 3 });
  expect(reasons).toEqual([
    "1: expected an abstract of at most 100,000 characters, got 100,001",
    "2: expected a title of at most 2,000 characters, got 2,001",
    "5: expected names of at most 800 characters, got 801",
  ]);
});
