import { expect, test } from "vitest";
import { shorten } from "@/lib/shorten";

test("an abstract of real length is whole, one of an absurd length ends at a word", () => {
  const real = "word ".repeat(799).trim();
  expect(shorten(real)).toBe(real);
  expect(shorten("word ".repeat(20_000))).toBe(`${"word ".repeat(799)}word …`);
  expect(shorten("x".repeat(100_000))).toBe(`${"x".repeat(4000)} …`);
});
