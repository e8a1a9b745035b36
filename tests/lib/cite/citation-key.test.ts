import fc from "fast-check";
import { expect, test } from "vitest";
import { nextKey, toKeyBase } from "@/lib/cite/citation-key";
import { toPaper } from "./items";

const base = (title: string, authors: string[] = [], publishedOn: string | null = null) =>
  toKeyBase(toPaper({ title, authors, publishedOn }));

test.each([
  ["smith2025weight", "Weight-Sharing for Tea", ["Jane Smith", "Jan Berg"], "2025-08-06"],
  ["smith2025kettle", "On the Kettle", ["Jane Smith"], "2025-08-06"],
  ["vanderberg2025tea", "Towards Tea", ["Jan van der Berg"], "2025-01-01"],
  ["nunez-celik2025cafe", "Café", ["María Núñez-Çelik"], "2025-01-01"],
  ["openkettle2025tea", "Tea", ["The OpenKettle Team"], "2025-01-01"],
  ["2025tea", "Tea", [], "2025-01-01"],
  ["smithtea", "Tea", ["Jane Smith"], null],
  ["tea2025tea", "Tea", ["茶 Tea"], "2025-01-01"],
  ["2025k", "$k$-NN", [], "2025-01-01"],
  ["erdos2025strasse", "Straße", ["Pál Erdős"], "2025-01-01"],
  ["smith2025the", "The The", ["Jane Smith"], "2025-01-01"],
  ["smith2025", "茶", ["Jane Smith"], "2025-01-01"],
  ["paper2025", "茶", ["李小茶"], "2025-01-01"],
  ["paper", "茶", [], null],
])("%s: %s by %j of %s", (key, title, authors, day) => expect(base(title, authors, day)).toBe(key));

test("if the day is unknown, the year is that of the arXiv id", () => {
  expect(toKeyBase(toPaper({ arxivId: "cs/0601001", title: "Cups", authors: ["Gopal"] }))).toBe(
    "gopal2006cups",
  );
});

test("a key of any paper has only a-z, 0-9 and hyphens, and is never empty", () => {
  const text = fc.string({ unit: "binary", maxLength: 40 });
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 2 }), (title, authors) => {
      expect(base(title, authors, "2025-01-01")).toMatch(/^[a-z0-9-]+$/);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("a taken key gets the next free suffix: a … z, aa, ab …", () => {
  const keys = new Set<string>();
  for (let count = 0; count < 60; count++) keys.add(nextKey("tea", (key) => keys.has(key)));
  const all = [...keys];
  expect(all).toHaveLength(60);
  expect(all.slice(0, 3)).toEqual(["tea", "teaa", "teab"]);
  expect(all.slice(26, 29)).toEqual(["teaz", "teaaa", "teaab"]);
  expect(all.slice(52, 54)).toEqual(["teaaz", "teaba"]);
});
