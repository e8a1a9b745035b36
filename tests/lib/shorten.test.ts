import { expect, test } from "vitest";
import { shorten } from "@/lib/shorten";

test("an abstract of normal length stays whole, and an absurdly long one is cut after a word", () => {
  const real = "word ".repeat(799).trim();
  expect(shorten(real)).toBe(real);
  expect(shorten("word ".repeat(20_000))).toBe(`${"word ".repeat(799)}word …`);
  expect(shorten("x".repeat(100_000))).toBe(`${"x".repeat(4000)} …`);
});
