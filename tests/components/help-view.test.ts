import { load } from "cheerio";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { HelpView } from "@/components/help-view";
import { filterState } from "@/lib/papers/filter";
import { keymap } from "@/lib/words/keymap";

const page = load(renderToStaticMarkup(createElement(HelpView)));
const terms = new Map(
  page("dt")
    .toArray()
    .map((term) => [page(term).text(), page(term).next("dd").text()] as const),
);
const keys = keymap.flatMap((group) => group.keys);

test.each(keys)("the help page lists the key $keys", ({ keys: pressed, does }) => {
  expect(terms.get(pressed)).toBe(does);
});

test.each(Object.keys(filterState.defaults))(
  "the help page explains the filter %s with an example that works",
  (name) => {
    const example = [...terms.keys()].find((term) => term.startsWith(`${name}=`)) ?? "";
    expect(terms.get(example)).toMatch(/\w.*\.$/);
    expect(filterState.parse(new URLSearchParams(example)).problems).toEqual([]);
  },
);

test("every link within the help page leads to one of its sections", () => {
  const links = page('a[href^="#"]').toArray();
  expect(links.length).toBeGreaterThan(5);
  for (const link of links) expect(page(page(link).attr("href")).length, page(link).text()).toBe(1);
});
