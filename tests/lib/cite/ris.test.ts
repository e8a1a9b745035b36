import { plugins } from "@citation-js/core";
import "@citation-js/plugin-ris";
import fc from "fast-check";
import { expect, test } from "vitest";
import { toRis } from "@/lib/cite/ris";
import { items, toItem } from "./items";

const lines = (ris: string) => ris.split("\r\n");

test("Citation.js reads back what was written", () => {
  const read = plugins.input.chain(items.map(toRis).join(""), { generateGraph: false });
  expect(read).toHaveLength(3);
  expect(read[0]).toMatchObject({
    id: "smith2025kettlenet",
    title: items[0]?.paper.title,
    DOI: "10.48550/arXiv.2508.99001",
    URL: "https://arxiv.org/abs/2508.99001",
    issued: { "date-parts": [[2025, 8, 6]] },
    author: [
      { family: "Smith", given: "Jane" },
      { family: "van der Berg", given: "Jan" },
      { family: "Van Kettle", given: "Luc" },
      { family: "Cup", given: "Sam", suffix: "Jr." },
      { literal: "OpenKettle Team" },
      { family: "李", given: "小茶" },
    ],
  });
  expect(read[1]).not.toHaveProperty("author");
});

test("a record begins with its type and ends with ER, and each line is one tag", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (title, abstract) => {
      const item = toItem({
        title: `x${title}`,
        abstract: `x${abstract}\nER  - \r\nTY  - JOUR`,
        authors: [`x${title}`],
      });
      const [first, ...rest] = lines(toRis(item));
      expect([first, rest.splice(-3)]).toEqual(["TY  - UNPB", ["ER  - ", "", ""]]);
      expect(rest.filter((line) => !/^(?:ID|AU|TI|AB) {2}- \P{Cc}+$/u.test(line))).toEqual([]);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test("a collective's name loses its commas, which would divide it", () => {
  expect(lines(toRis(toItem({ title: "Tea", authors: ["Kettle, Spout and Lid"] })))).toContain(
    "AU  - Kettle Spout and Lid",
  );
});
