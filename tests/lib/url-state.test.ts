import { expect, test } from "vitest";
import { filterState } from "@/lib/papers/filter";

test("values are read, and missing ones get their defaults", () => {
  const { state, problems } = filterState.parse(new URLSearchParams("q=+moe+&page=2&from=2025-12-01&utm=x"));
  expect(state).toEqual({ ...filterState.defaults, q: "moe", from: "2025-12-01", page: 2 });
  expect(filterState.defaults).toMatchObject({ tag: [], day: null, bookmarked: false, page: 1, limit: 20 });
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
  const { state, problems } = filterState.parse({ [field]: value });
  expect(state).toEqual(filterState.defaults);
  expect(problems).toEqual([{ field, got: value, expected: expect.stringMatching(/^\w/) }]);
});

test("repeated, unknown or malicious parameters do no harm", () => {
  expect(filterState.parse({ q: ["first", "second"], "q[]": "1", __proto__: "x" }).state.q).toBe("first");
});

test("there may be several tags, duplicates count once, and tags after the tenth are reported", () => {
  const { state, problems } = filterState.parse(
    new URLSearchParams([..."aabcdefghijk"].map((tag) => ["tag", tag])),
  );
  expect(state.tag).toEqual([..."abcdefghij"]);
  expect(problems).toEqual([{ field: "tag", got: "k", expected: "at most 10" }]);
  expect(filterState.href("/papers", { tag: ["a b", "c"] })).toBe("/papers?tag=a+b&tag=c");
});

test("defaults are not written to an address", () => {
  expect(filterState.href("/papers", { q: "C++ & more", page: 1, sort: null })).toBe(
    "/papers?q=C%2B%2B+%26+more",
  );
  expect(filterState.href("/papers", filterState.defaults)).toBe("/papers");
});
