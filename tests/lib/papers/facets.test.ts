import { beforeEach, expect, test } from "vitest";
import { countFacets, facetNames } from "@/lib/papers/facets";
import { filterOf, withCondition } from "@/lib/papers/filter";
import { findPapers } from "@/lib/papers/list";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

const tags = ["lamp", "tide table", "kettle", "C++"];
const organizations = [
  { name: "acme", fullName: "Acme Works" },
  { name: "works", fullName: "Works" },
];

beforeEach(async () => {
  const lines = Array.from({ length: 40 }, (_, at) =>
    JSON.stringify({
      arxivId: `2512.${String(at + 1).padStart(5, "0")}`,
      title: `Lamp number ${at}`,
      authors: Array.from({ length: at % 13 }, (_, place) => `Ada ${place}`),
      authorCount: at % 13,
      tags: tags.filter((_, place) => at % (place + 2) === 0).map((name) => ({ name, source: "hub" })),
      ...(at % 5 === 0 ? { organization: organizations[at % 2] } : {}),
      ...(at % 4 === 0 ? { code: { url: "https://example.org/code", stars: null } } : {}),
      ...(at === 7 ? { tags: [{ name: "only here", source: "hub" }] } : {}),
      ...(at < 38 ? { listedOn: `202${3 + (at % 3)}-0${1 + (at % 9)}-11` } : {}),
    }),
  );
  await scrapeBody(db(), lines.join("\n"));
});

test.each(["", "lamp", "lamp -#kettle", "#lamp", "authors:>3 OR has:code", "date:2024", "lamp nothing"])(
  "each count beside the papers of “%s” is the number that choosing it leaves",
  async (q) => {
    const { total } = await findPapers(filterOf({ q }));
    const { values, isExact } = await countFacets(filterOf({ q }), facetNames, total);
    expect(isExact).toBe(true);
    const offered = Object.values(values).flat();
    expect(offered.length > 5 || total < 10).toBe(true);
    for (const { condition, count } of offered) {
      const narrowed = await findPapers(filterOf({ q: withCondition(q, condition) }));
      expect([condition, narrowed.total]).toEqual([condition, count]);
    }
    expect(values.tag?.map(({ value }) => value)).not.toContain("only here");
  },
);
