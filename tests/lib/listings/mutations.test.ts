import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Format } from "@/lib/formats";
import { parseArxivAtom } from "@/lib/listings/formats/arxiv-atom";
import { parseArxivHtml } from "@/lib/listings/formats/arxiv-html";
import { parseArxivRss } from "@/lib/listings/formats/arxiv-rss";
import { parseBibtex } from "@/lib/listings/formats/bibtex";
import { parseCslJson } from "@/lib/listings/formats/csl-json";
import { parseHfApi } from "@/lib/listings/formats/hf-api";
import { parseHfPage } from "@/lib/listings/formats/hf-page";
import { parseIds } from "@/lib/listings/formats/ids";
import { isJsonLines, parseJsonLine } from "@/lib/listings/formats/jsonl";
import { parseNetscape } from "@/lib/listings/formats/netscape";
import { parseRis } from "@/lib/listings/formats/ris";
import { parseText } from "@/lib/listings/formats/text";
import { listFiles } from "@/lib/listings/list-files";
import type { Batch } from "@/lib/listings/listing";
import { rereadEntry } from "@/lib/listings/parse";
import { paperSchema } from "@/lib/paper";
import { contextOf } from "@/tests/library";
import { fixtures } from "@/tests/listings";

const libraryParsers = [parseNetscape, parseBibtex, parseRis, parseCslJson, parseIds];
const parsers = [
  ...[parseHfPage, parseHfApi, parseArxivAtom, parseArxivRss, parseArxivHtml, parseText],
  ...libraryParsers,
];

// Fixed, so that every run is the same. Another SEED gives other mutations.
const seed = Number(process.env.SEED ?? 1);

/** Reads a body with every parser. Each must return a listing of valid papers or null, or throw an Error of one line. */
function readAll(body: string, by = parsers): void {
  for (const parse of by) {
    try {
      const listing = parse(body, contextOf());
      if (listing) checkBatch(listing.format, listing);
    } catch (error) {
      if (!(error instanceof Error) || error.constructor !== Error) throw error;
      expect(error.message).toMatch(/^[\w-]+: expected .{1,400}$/u);
    }
  }
  const lines = body.split("\n");
  if (!isJsonLines(lines.slice(0, 20))) return;
  for (const [at, line] of lines.entries()) {
    const entry = parseJsonLine(line, at + 1);
    checkBatch(
      "jsonl",
      "paper" in entry ? { entries: [entry], rejections: [] } : { entries: [], rejections: [entry] },
    );
  }
}

function checkBatch(format: Format, { entries, rejections }: Batch): void {
  for (const { paper, source } of entries) {
    if (paper.title.trim() === "" || !paperSchema.safeParse(paper).success)
      expect(paperSchema.parse(paper).title.trim()).not.toBe("");
    const again = rereadEntry(format, JSON.parse(JSON.stringify(source)), paper.listedOn);
    if (JSON.stringify(again) !== JSON.stringify(paper)) expect(again).toEqual(paper);
  }
  for (const { reason, excerpt } of rejections)
    expect(`${reason} ${excerpt}`).toMatch(/^expected .{1,600}$/u);
}

const snippets = [
  ..."<>&;\"'[](){}#*-·•\n\t\u0000\u0007\ufeff",
  ...["\n\n", "]]>", "<![CDATA[", "<!--", "</", "<entry>", "</item>", "<article>", "data-props='", "&#0;"],
  ...["](", "][1]", "### ", "https://huggingface.co/papers/2512.00001", "\ud800", "🦊", "·\nOct 4, 2023\n"],
  ...[
    "@misc{a,",
    "title = {",
    " and others",
    '{\\"u}',
    "\nER  - \n",
    "TY  - JOUR\n",
    "</A>",
    "<DD>",
    "</DL>",
  ],
  ...["null", "-1", "1e999", "0", '"paper":', "2025-02-30", "Feb 30", "999999999999 authors"],
];

type Mutation = { at: number; length: number; insert: string; duplicate: boolean };
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat(8), fc.nat(2000), fc.nat(1_000_000)),
  insert: fc.oneof(fc.constantFrom(...snippets), fc.string({ maxLength: 20 }), fc.constant("")),
  /** Repeats the range instead of removing it. */
  duplicate: fc.boolean(),
});

function mutate(body: string, mutations: Mutation[]): string {
  return mutations.reduce((text, { at, length, insert, duplicate }) => {
    const from = Math.floor(at * text.length);
    const to = duplicate ? from + Math.min(length, 5000) : from + length;
    return `${text.slice(0, duplicate ? to : from)}${insert}${text.slice(duplicate ? from : to)}`;
  }, body);
}

const anyDamage = fc.array(mutation, { minLength: 1, maxLength: 6 });

test.each(fixtures())("every parser handles $name, damaged in a hundred ways", ({ body }) => {
  readAll(body);
  fc.assert(
    fc.property(anyDamage, (mutations) => readAll(mutate(body, mutations))),
    { seed, numRuns: 100 },
  );
});

test("every parser handles random text", () => {
  const words = fc.array(
    fc.oneof(fc.constantFrom(...snippets), fc.string({ unit: "binary", maxLength: 30 })),
    {
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(words, (parts) => readAll(parts.join(""))),
    { seed, numRuns: 200 },
  );
});

// A regular expression that backtracks would take hours for these. Parsing must take time proportional to their length.
const heads = ["", "Daily Papers\n\n", "### huggingface.co/papers\n", "<feed>arxiv.org", "<rss>arxiv.org"];
const units = [
  ...snippets,
  "a",
  "a ",
  "[a](",
  "![](https://",
  "[[a] ",
  "·\n",
  "5 authors\n",
  "arXiv:a",
  "<a ",
  "&a",
];
test.each(heads)(
  "every parser handles long repetitions after %j",
  (head) => {
    for (const unit of units) readAll(head + unit.repeat(Math.ceil(20_000 / unit.length)));
  },
  120_000,
);

const libraryHeads = [
  ...[
    "@misc{a, title = {",
    "@misc{a, author = {",
    "@misc{a, keywords = {",
    "TY  - GEN\nTI  - ",
    "2508.04444\n",
  ],
  ...['[{"type":"article","title":"', "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><A HREF='"],
  "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><A HREF='https://arxiv.org/abs/2508.04444'>a</A><DD>",
];
const libraryUnits = [
  ...units,
  ...["@a{", "@a{b,\n", "\n@a{b,c={d}}", "\\", '\\"', "\\c{", "$", "\\(", " and ", "{a and ", "#", "=a#"],
  ...["\nTY  - A", "\nAU  - ", "2508.04444 ", "<DL>", "<DT><A HREF=x>", "<DT><H3>", "</A>", '"type":"book",'],
];
test.each(libraryHeads)("the parsers of libraries handle long repetitions after %j", (head) => {
  for (const unit of libraryUnits)
    readAll(head + unit.repeat(Math.ceil(20_000 / unit.length)), libraryParsers);
});

test.each([
  (deep: string) => `[{"paper":{"id":"2512.00001","title":"Tea","more":${deep}}}]`,
  (deep: string) => `[{"paper":{"id":"2512.00001"}},${deep}]`,
  (deep: string) => `{"title":"Tea","more":${deep}}`,
  (deep: string) =>
    `<div data-target="PaperContent" data-props='{"paper":{"id":"2512.00001","more":${deep}}}'>`,
])("every parser handles deeply nested JSON: %#", (around) => {
  readAll(around("[".repeat(200_000) + "]".repeat(200_000)));
  readAll(around('{"a":'.repeat(50_000) + 0 + "}".repeat(50_000)));
});

const samples = process.env.SAMPLES ?? "";
test.skipIf(!samples)(
  "every parser handles real bodies, each damaged in a few ways",
  async () => {
    // Fewer runs for longer bodies: the text parser needs a quarter of a second for a long one.
    for (const file of await listFiles(path.join(samples, "listings"))) {
      const body = readFileSync(file, "utf8");
      fc.assert(
        fc.property(anyDamage, (mutations) => readAll(mutate(body, mutations))),
        { seed, numRuns: Math.max(1, Math.min(8, Math.floor(100_000 / body.length))) },
      );
    }
  },
  300_000,
);
