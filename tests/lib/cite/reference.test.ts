import { plugins } from "@citation-js/core";
import "@citation-js/plugin-csl";
import CSL from "citeproc";
import { describe, expect, test } from "vitest";
import { toCsl } from "@/lib/cite/csl-json";
import { formatReference } from "@/lib/cite/reference";
import { items, toItem } from "./items";

const paper = {
  arxivId: "2508.99001",
  title: "Tea for Two",
  authors: ["Jane Ann Smith", "Jan van der Berg"],
  publishedOn: "2025-08-06",
};
const team = [
  "OpenKettle Team",
  "Sam Cup Jr.",
  ...Array.from({ length: 22 }, (_, at) => `A. B. Cup${"abcdefghijklmnopqrstuv"[at]}`),
];

describe("a reference in each style", () => {
  test.each([
    [
      "apa",
      "Smith, J. A., & van der Berg, J. (2025). Tea for Two (arXiv:2508.99001). arXiv. https://doi.org/10.48550/arXiv.2508.99001",
    ],
    [
      "ieee",
      "J. A. Smith and J. van der Berg, “Tea for Two,” Aug. 2025, arXiv:2508.99001, doi: 10.48550/arXiv.2508.99001.",
    ],
    [
      "mla",
      "Smith, Jane Ann, and Jan van der Berg. “Tea for Two.” arXiv, arXiv:2508.99001, 6 Aug. 2025, https://doi.org/10.48550/arXiv.2508.99001.",
    ],
  ] as const)("%s", async (style, expected) => {
    expect((await formatReference(toItem(paper), style)).text).toBe(expected);
  });

  test.each([
    ["apa", "Tea. (n.d.)."],
    ["ieee", "“Tea.”"],
    ["mla", "“Tea.”"],
  ] as const)("%s of a paper known only by its title", async (style, expected) => {
    expect((await formatReference(toItem({ title: "Tea" }), style)).text).toBe(expected);
  });

  test.each([
    ["apa", /^OpenKettle Team, Cup, S\., Jr\., Cupa, A\. B\., .*, … Cupv, A\. B\. \(2025\)/],
    ["ieee", /^OpenKettle Team et al\., “/],
    ["mla", /^OpenKettle Team, et al\. “/],
  ] as const)("%s of 24 authors", async (style, expected) => {
    expect((await formatReference(toItem({ ...paper, authors: team }), style)).text).toMatch(expected);
  });
});

test("nothing in a title becomes markup, and its text is unchanged", async () => {
  const title = `It's <i>x</i> & "<script>" $a<b$`;
  const { text, html } = await formatReference(toItem({ ...paper, title }), "apa");
  expect(text).toContain(`${title} (arXiv`);
  expect(html).toContain(
    "<i>It&#39;s &lt;i&gt;x&lt;/i&gt; &amp; &quot;&lt;script&gt;&quot; $a&lt;b$</i> (arXiv",
  );
  expect(html.replace(/<\/?i>/g, "")).not.toMatch(/[<>"]/);
});

test("APA is as in the published style, which would also say that it is a preprint", async () => {
  const { styles, locales } = plugins.config.get("@csl");
  const many = [
    ...items,
    toItem(paper),
    toItem({ ...paper, authors: team }),
    toItem({ ...paper, authors: team.slice(0, 20) }),
  ];
  for (const item of many) {
    const { genre: _, note: __, ...csl } = toCsl(item);
    const system = { retrieveLocale: () => locales.get("en-US"), retrieveItem: () => csl };
    const engine = new CSL.Engine(system, styles.get("apa"), "en-US", true);
    engine.setOutputFormat("text");
    engine.updateItems([csl.id]);
    const [, [published]] = engine.makeBibliography() || [{}, []];
    expect((await formatReference(item, "apa")).text).toBe(published?.trim());
  }
});
