import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Format } from "@/lib/formats";
import { isJsonLines, parseJsonLine } from "@/lib/listings/formats/jsonl";
import type { Context, ListingEntry } from "@/lib/listings/listing";
import { parseListing, rereadEntry } from "@/lib/listings/parse";
import { contextOf } from "@/tests/library";
import { fixtures } from "@/tests/listings";

/** What comes back from the table: the source went there as JSON. */
const reread = (format: Format, { source, paper }: ListingEntry) =>
  rereadEntry(format, JSON.parse(JSON.stringify(source)), paper.listedOn);

const contexts: Partial<Context>[] = [{}, { pageDate: "2024-03-05" }, { kind: "search" }, { kind: "week" }];

test.each(fixtures().flatMap(({ name, body }) => contexts.map((given) => ({ name, body, given }))))(
  "what an entry of $name kept is its paper again, read with $given",
  ({ name, body, given }) => {
    const lines = body.split("\n");
    if (isJsonLines(lines)) {
      for (const [at, line] of lines.entries()) {
        const entry = parseJsonLine(line, at + 1);
        if ("paper" in entry) expect(reread("jsonl", entry)).toEqual(entry.paper);
      }
      return;
    }
    const { format, entries } = parseListing(body, contextOf({ source: name, ...given }));
    for (const entry of entries) expect(reread(format, entry)).toEqual(entry.paper);
  },
);

test("a line's day is its own, an entry of the sample has the edition's", () => {
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
])("a row of text that was kept without its day, %s listed on %s: %s", (date, listedOn, publishedOn) => {
  const kept = { title: "Tea", abstract: "All about it.", date, publishedOnInferred: false };
  expect(rereadEntry("text", kept, listedOn)).toMatchObject({ publishedOn, listedOn });
});

test("what was never kept is refused in one line", () => {
  expect(() => rereadEntry("hf-api", { paper: {} }, null)).toThrow(
    "expected text at paper.id, got nothing in what an entry kept",
  );
  expect(() => rereadEntry("text", "Tea", null)).toThrow(/^expected an object, got "Tea"/);
});
