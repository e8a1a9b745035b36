import { expect, test } from "vitest";
import { filterState } from "@/lib/papers/filter";

test("values are read, defaults stand for what is absent", () => {
  const { state, problems } = filterState.parse(new URLSearchParams("q=+moe+&page=2&from=2025-12-01&utm=x"));
  expect(state).toEqual({
    q: "moe",
    day: null,
    from: "2025-12-01",
    to: null,
    sort: null,
    page: 2,
    limit: 20,
  });
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
])("%s=%s reads as the default and is named", (field, value) => {
  const { state, problems } = filterState.parse({ [field]: value });
  expect(state).toEqual(filterState.defaults);
  expect(problems).toEqual([{ field, got: value, expected: expect.stringMatching(/^\w/) }]);
});

test("parameters that are repeated, foreign or named like a trap do no harm", () => {
  expect(filterState.parse({ q: ["first", "second"], "q[]": "1", __proto__: "x" }).state.q).toBe("first");
});

test("a default is never written to an address, and what is written is read again", () => {
  expect(filterState.href("/papers", { q: "C++ & more", page: 1, sort: null })).toBe(
    "/papers?q=C%2B%2B+%26+more",
  );
  expect(filterState.href("/papers", filterState.defaults)).toBe("/papers");
});
