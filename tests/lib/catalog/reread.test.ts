import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Format } from "@/lib/formats";
import { isJsonLines, parseJsonLine } from "@/lib/listings/formats/jsonl";
import type { Context, ListingEntry } from "@/lib/listings/listing";
import { parseListing, rereadEntry } from "@/lib/listings/parse";
import { contextOf } from "@/tests/library";
import { fixtures } from "@/tests/listings";

/** Rereads an entry whose source was stored as JSON, as in the database. */
const reread = (format: Format, { source, paper }: ListingEntry) =>
  rereadEntry(format, JSON.parse(JSON.stringify(source)), paper.listedOn);

const contexts: Partial<Context>[] = [{}, { pageDate: "2024-03-05" }, { kind: "search" }, { kind: "week" }];

test.each(fixtures().flatMap(({ name, body }) => contexts.map((context) => ({ name, body, context }))))(
  "rereading a stored entry of $name gives the same paper, with context $context",
  ({ name, body, context }) => {
    const lines = body.split("\n");
    if (isJsonLines(lines)) {
      for (const [at, line] of lines.entries()) {
        const entry = parseJsonLine(line, at + 1);
        if ("paper" in entry) expect(reread("jsonl", entry)).toEqual(entry.paper);
      }
      return;
    }
    const { format, entries } = parseListing(body, contextOf({ source: name, ...context }));
    for (const entry of entries) expect(reread(format, entry)).toEqual(entry.paper);
  },
);

test("a JSON line has its own day, and an entry of the sample has the edition's day", () => {
  const line = { title: "Tea", listedOn: "2025-01-02" };
  expect(rereadEntry("jsonl", line, "2026-01-01").listedOn).toBe("2025-01-02");
  const { listedOn, papers } = JSON.parse(readFileSync(path.resolve("prisma/sample-edition.json"), "utf8"));
  expect(rereadEntry("sample", papers[0], listedOn)).toMatchObject({ title: papers[0].title, listedOn });
});

test.each([
  ["Nov 20 4", "2025-12-11", "2025-11-20"],
  ["Dec 30", "2025-12-11", "2024-12-30"],
  ["Oct 4, 2023", null, "2023-10-04"],
  ["Nov 20", null, null],
  [undefined, "2025-12-11", null],
])(
  "the publication date of a text row stored as %s and listed on %s is %s",
  (date, listedOn, publishedOn) => {
    const stored = { title: "Tea", abstract: "All about it.", date, publishedOnInferred: false };
    expect(rereadEntry("text", stored, listedOn)).toMatchObject({ publishedOn, listedOn });
  },
);

test("a stored entry of the wrong shape is refused with a one-line error", () => {
  expect(() => rereadEntry("hf-api", { paper: {} }, null)).toThrow(
    "expected text at paper.id, got nothing in a stored entry",
  );
  expect(() => rereadEntry("text", "Tea", null)).toThrow(/^expected an object, got "Tea"/);
});
