import { expect, test } from "vitest";
import { conditionState, filterOf, filterState, readFilter, toText } from "@/lib/papers/filter";

test("values are read, and missing ones get their defaults", () => {
  const { filter, problems } = readFilter(new URLSearchParams("q=+moe+&page=2&from=2025-12-01&utm=x"));
  expect(filter).toEqual({ ...filterState.defaults, q: "moe date:2025-12-01..", page: 2 });
  expect(filterState.defaults).toEqual({ q: "", sort: null, exact: false, page: 1, limit: 20 });
  expect(problems).toEqual([]);
});

test.each([
  ["page", "-1"],
  ["page", "1e3"],
  ["page", " 1"],
  ["limit", "101"],
  ["limit", "0"],
  ["from", "yesterday"],
  ["to", "2025-02-30"],
  ["sort", "random"],
  ["q", "x".repeat(501)],
  ["tag", "x".repeat(101)],
  ["week", "2025-W53"],
  ["month", "2025-13"],
  ["minAuthors", "many"],
  ["bookmarked", "yes"],
])("%s=%s is replaced by the default and reported", (field, value) => {
  const { filter, problems } = readFilter({ [field]: value });
  expect(filter).toEqual(filterState.defaults);
  expect(problems).toEqual([{ field, got: value, expected: expect.stringMatching(/^\w/) }]);
});

test("repeated, unknown or malicious parameters do no harm", () => {
  expect(filterState.parse({ q: ["first", "second"], "q[]": "1", __proto__: "x" }).state.q).toBe("first");
});

test("there may be several tags, duplicates count once, and tags after the tenth are reported", () => {
  const { state, problems } = conditionState.parse(
    new URLSearchParams([..."aabcdefghijk"].map((tag) => ["tag", tag])),
  );
  expect(state.tag).toEqual([..."abcdefghij"]);
  expect(problems).toEqual([{ field: "tag", got: "k", expected: "at most 10" }]);
  expect(conditionState.href("/papers", { tag: ["a b", "c"] })).toBe("/papers?tag=a+b&tag=c");
});

test("defaults are not written to an address", () => {
  expect(filterState.href("/papers", { q: "C++ & more", page: 1, sort: null })).toBe(
    "/papers?q=C%2B%2B+%26+more",
  );
  expect(filterState.href("/papers", filterState.defaults)).toBe("/papers");
});

test.each<[Parameters<typeof toText>[0], string]>([
  [{ tag: ["LLM", "world model"] }, 'tag:LLM tag:"world model"'],
  [
    { author: 'Ada "Countess" Lovelace', organization: "Acme" },
    'author:"Ada  Countess  Lovelace" org:"Acme"',
  ],
  [
    { day: "2025-12-11", week: "2025-W50", month: "2025-12" },
    "listed:2025-12-11 listed:2025-W50 listed:2025-12",
  ],
  [{ from: "2025-12-01", to: "2025-12-31" }, "date:2025-12-01..2025-12-31"],
  [{ from: "2025-12-01", to: "2025-12-01" }, "date:2025-12-01"],
  [{ to: "2025-12-31" }, "date:..2025-12-31"],
  [{ minAuthors: 0, maxAuthors: 3 }, "authors:0..3"],
  [{ minAuthors: 5 }, "authors:5.."],
  [{ bookmarked: true }, "is:bookmarked"],
])("the conditions %j are the text %s", (conditions, text) => {
  expect(toText(conditions)).toBe(text);
});

test("a condition narrows a text, whatever the text is", () => {
  const narrow = (q: string) => filterOf({ q, tag: ["LLM"] }).q;
  expect(narrow("lamp kettle")).toBe("lamp kettle tag:LLM");
  expect(narrow("lamp OR kettle")).toBe("(lamp OR kettle) tag:LLM");
  expect(narrow('lamp "kettle')).toBe('tag:LLM lamp "kettle');
  expect(narrow("lamp sort:newest")).toBe("lamp tag:LLM");
  expect(filterOf({ q: "lamp sort:newest" })).toMatchObject({ q: "lamp", sort: "newest" });
});
