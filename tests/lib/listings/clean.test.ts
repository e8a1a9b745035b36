import { expect, test } from "vitest";
import { toTextId } from "@/lib/catalog/text-id";
import { cleanLine, cleanText, cleanWords, readCount } from "@/lib/listings/clean";

test.each([
  ["the &#945;-decay of &Auml; &amp; B &lt; C", "the α-decay of Ä & B < C"],
  ["once only: &amp;lt;", "once only: &lt;"],
  ["AT&T, a & b, &nothing; stay", "AT&T, a & b, &nothing; stay"],
  ["<think> and <br> are words here", "<think> and <br> are words here"],
  ["Teichm\u007fuller\u0000 \u0081&#1;", "Teichmuller"],
  ["a\u00a0b\u2009c\u200bd\ufeff", "a b cd"],
  ["Poincare\u0301", "Poincaré"],
  ["one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"],
  ["Two  blanks stay two. ", "Two  blanks stay two."],
  ["👩\u200d🔬", "👩\u200d🔬"],
])("%j is cleaned to %j", (text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

test("cleanLine removes line breaks, and cleanWords also collapses spaces", () => {
  expect(cleanLine(" Kettles\n  at \n\n Sea  now")).toBe("Kettles at Sea  now");
  expect(cleanWords(" Kettles\n  at\t Sea")).toBe("Kettles at Sea");
  expect(cleanLine(`a${" ".repeat(200_000)}b`)).toHaveLength(200_002);
});

test.each([
  ["3.29k", 3290],
  ["11.3k", 11_300],
  ["50.8K", 50_800],
  ["1.2M", 1_200_000],
  ["476", 476],
  ["1,204", 1204],
  ["1.5", null],
  ["-", null],
  ["", null],
  ["k", null],
])("%j is read as the count %s", (text, count) => {
  expect(readCount(text)).toBe(count);
});

test("cleaning a title does not change its text id", () => {
  for (const title of ["Tea\u00a0and \u200btoast", "Poincare\u0301", "A\r\nB"])
    expect(toTextId(cleanLine(title), null)).toBe(toTextId(title, null));
});
