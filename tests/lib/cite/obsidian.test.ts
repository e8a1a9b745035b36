import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { FileNames } from "@/lib/cite/file-names";
import { toObsidian, toObsidianTags } from "@/lib/cite/obsidian";
import { bookmark, items, toItem } from "./items";

const options = { siteUrl: "http://localhost:3000", exportedAt: new Date("2026-11-30T12:00:00Z") };
const frontMatter = (note: string) => /^---\n([\s\S]*?)\n---\n/.exec(note)?.[1] ?? "";

test("the properties are what Obsidian expects, read as YAML 1.2 or 1.1", () => {
  const yaml = frontMatter(toObsidian(items[0] ?? toItem({}), options));
  const expected = {
    title: "KettleNet: Weight-Sharing for $O(n^2)$ Tea & 100% of {Scones}",
    aliases: ["smith2025kettlenet"],
    arxiv: "2508.99001",
    tags: ["my-kettle", "weight-sharing", "cs/LG", "stat/ML"],
    lists: ["To cite", "Kettles"],
    status: "reading",
  };
  expect(parse(yaml)).toMatchObject({ ...expected, published: "2025-08-06", list_date: "2025-08-07" });
  expect(parse(yaml, { version: "1.1" })).toMatchObject({ ...expected, published: new Date("2025-08-06") });
});

test.each([
  "yes",
  "2025-08-06",
  "12:30",
  "012",
  "1e3",
  "~",
  "null",
  "- a",
  "a: b",
  "#a",
  "[a]",
  '"',
  "'a",
  "<<",
  "!a",
  "&a",
  "%a",
  "---",
])("the title %s stays a text for parsers of either version", (title) => {
  const yaml = frontMatter(toObsidian(toItem({ title, authors: [title] }), options));
  for (const version of ["1.1", "1.2"] as const)
    expect(parse(yaml, { version })).toMatchObject({ title, authors: [title] });
});

test("any title, author and list is the same after YAML", () => {
  const text = fc
    .string({ unit: "grapheme", maxLength: 30 })
    .map((one) => `x${one}`.replace(/\s+/g, " ").trim());
  fc.assert(
    fc.property(text, text, (title, name) => {
      const item = toItem({ title, authors: [name] }, { bookmark: { ...bookmark, lists: [name] } });
      expect(parse(frontMatter(toObsidian(item, options)))).toMatchObject({
        title,
        authors: [name],
        lists: [name],
      });
    }),
    { seed: 9, numRuns: 200 },
  );
});

test("tags have no spaces, do not begin with a digit, and are not repeated", () => {
  expect(
    toObsidianTags(["weight sharing", "3D vision", "2025", "C++", "C", "cs.LG", "a/b", "茶", "!"]),
  ).toEqual([...["weight-sharing", "_3D-vision", "_2025", "C", "cs/LG", "a/b", "茶"]]);
});

describe("file names", () => {
  test.each([
    ['Tea: a/b \\ c* ? "d" <e> | #f ^g [h]', "Tea a b c d e f g h.md"],
    ["...hidden", "hidden.md"],
    ["Ends with a dot...", "Ends with a dot.md"],
    ["CON", "_CON.md"],
    ["aux.tea", "_aux.tea.md"],
    ["???", "Untitled.md"],
    ["line\nbreak\u0000", "line break.md"],
  ])("%j is %s", (title, name) => expect(new FileNames("md").nameOf(title, "1")).toBe(name));

  test("of papers with the same title have the id, also if they differ only in case or in how letters are composed", () => {
    const names = new FileNames("md");
    const all = ["Café", "CAFÉ", "Cafe\u0301", "Café"].map((title, at) =>
      names.nameOf(title, ["1", "cs/0601001", "3", "3"][at] ?? ""),
    );
    expect(all).toEqual(["Café.md", "CAFÉ (cs-0601001).md", "Café (3).md", "Café (3) 2.md"]);
  });

  test("are safe, unique and at most 120 bytes long, whatever the titles are", () => {
    const unit = fc.constantFrom(...("aA.é茶🫖 /:\\\n\u0000x".match(/./gsu) ?? []));
    fc.assert(
      fc.property(fc.array(fc.string({ unit, maxLength: 90 }), { maxLength: 8 }), (titles) => {
        const names = new FileNames("md");
        const all = titles.map((title) => names.nameOf(title, "2508.99001"));
        expect(new Set(all.map((name) => name.normalize("NFKC").toLowerCase())).size).toBe(all.length);
        for (const name of all) {
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120);
          expect(name).toMatch(/^[^.\s\\/:*?"<>|#^[\]\p{Cc}][^\\/:*?"<>|#^[\]\p{Cc}]*\.md$/u);
          expect(name.isWellFormed()).toBe(true);
        }
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});
