import { load } from "cheerio/slim";
import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { expect, test } from "vitest";
import { writeJsonLines } from "@/lib/cite/jsonl";
import { escapeMarkdown } from "@/lib/cite/markdown-text";
import { toNetscape } from "@/lib/cite/netscape";
import { parseJsonLine } from "@/lib/listings/formats/jsonl";
import { bookmark, items, stream, toItem } from "./items";

const options = { siteUrl: "http://localhost:3000", exportedAt: new Date("2026-11-30T12:00:00Z") };
const text = fc
  .string({ unit: fc.constantFrom(..."\\`*_{}[]()<>#+-.!|~$&^=;: \n19aé茶\"'".split("")), maxLength: 30 })
  .map((one) => one.replace(/\s+/g, " ").trim())
  .filter((one) => one !== "");

test("Markdown shows an escaped text as it is", () => {
  fc.assert(
    fc.property(text, (one) => {
      const { children } = fromMarkdown(escapeMarkdown(one));
      expect(children).toMatchObject([{ type: "paragraph", children: [{ type: "text", value: one }] }]);
      expect(children).toHaveLength(1);
    }),
    { seed: 4, numRuns: 1000 },
  );
});

test("an HTML parser reads a bookmark's title, tags and note as they are", () => {
  fc.assert(
    fc.property(text, text, (title, note) => {
      const tag = title.replace(/[,;]/g, "").trim() || "tea";
      const item = toItem({ title }, { bookmark: { ...bookmark, note, tags: [tag] } });
      const page = load(toNetscape(item, options), { xml: false });
      const link = page("a");
      expect([link.text(), link.attr("tags"), page("dd").text().trimEnd()]).toEqual([
        title,
        tag.replace(/\s+/g, " "),
        note,
      ]);
      expect(page("*").length).toBe(page("html, head, body, dt, a, dd").length);
    }),
    { seed: 6, numRuns: 300 },
  );
});

test("JSON Lines keep each paper whole, and a listing reads each line without notes", async () => {
  let body = "";
  for await (const part of writeJsonLines(stream(items), options)) body += part;
  const [head = "", ...lines] = body.trimEnd().split("\n");
  expect(JSON.parse(head)).toEqual({
    format: "broadsheet-library",
    version: 1,
    exportedAt: "2026-11-30T12:00:00.000Z",
  });
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    items.map(({ paper, ...others }) => ({ ...others, ...paper })),
  );
  const entries = lines.map((line, at) => parseJsonLine(line, at));
  expect(entries).toMatchObject(items.map(({ paper }) => ({ paper })));
  expect(entries.filter((entry) => "notes" in entry)).toEqual([]);
});
