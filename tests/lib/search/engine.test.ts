import { beforeEach, expect, test } from "vitest";
import { Prisma } from "@/lib/db/prisma";
import { search } from "@/lib/search/engine";
import { toLabel } from "@/lib/search/labels";
import { type Order, orders } from "@/lib/search/language";
import { toTerms } from "@/lib/search/terms";
import type { Bounds, Tree } from "@/lib/search/tree";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

const lamp: Tree = { word: "lamp" };
const rung: Tree = { word: "rung" };
const authors = (bounds: Bounds): Tree => ({ row: { number: "authors", bounds } });
const from = (day: string): Tree => ({ range: { from: day, to: null } });

beforeEach(async () => {
  const papers = [
    { id: "2512.00001", title: "Lamps", summary: "One rung.", authors: ["Ada Rung"], day: "2025-12-09" },
    { id: "2512.00002", title: "Ladders", summary: "One rung, one lamp.", day: "2025-12-10" },
    { id: "2512.00003", title: "Ropes", summary: "No light at all.", keywords: ["lamps"], day: "2025-12-11" },
  ];
  for (const paper of papers) await scrapeBody(db(), hubAnswer([paper]));
  await db().paper.create({
    data: {
      ...{ id: "t-000000000004", textId: "t-000000000004", title: "Unlisted", orderKey: 999_999n },
      ...{ createdAt: new Date(), updatedAt: new Date() },
    },
  });
  const terms = toTerms({
    ...{ title: "Unlisted", abstract: null, authors: [], tags: [] },
    ...{ organization: [], submitter: [], has: [] },
  });
  await search.write(db(), [{ orderKey: 999_999, terms }]);
});

async function find(tree: Tree, order: Order = "newest"): Promise<string> {
  const [total = 0] = await search.count(db(), [tree], 100);
  const keys = await search.page(db(), tree, { order, total, offset: 0, limit: 100 });
  const papers = await db().paper.findMany({ where: { orderKey: { in: keys.map(BigInt) } } });
  const ids = new Map(papers.map(({ orderKey, id }) => [Number(orderKey), id.slice(-1)]));
  return keys.map((key) => ids.get(key)).join("");
}
const sorted = (ids: string) => [...ids].sort().join("");

test.each<[string, Tree, string]>([
  ["a word", lamp, "123"],
  ["a phrase", { phrase: ["one", "rung"] }, "12"],
  ["and", { and: [lamp, rung] }, "12"],
  ["and of nothing", { and: [] }, "1234"],
  ["or", { or: [{ word: "rope" }, { word: "ladder" }] }, "23"],
  ["or of nothing", { or: [] }, ""],
  ["not", { not: rung }, "34"],
  ["and with not", { and: [lamp, { not: rung }] }, "3"],
  ["a field", { field: "title", of: lamp }, "1"],
  ["a field of several", { field: "abstract", of: { and: [lamp, rung] } }, "2"],
  [
    "two fields",
    {
      and: [
        { field: "authors", of: rung },
        { field: "title", of: lamp },
      ],
    },
    "1",
  ],
  ["a word of a tag", { field: "tags", of: lamp }, "3"],
  ["a tag", { label: toLabel("tag", "Lamp") }, "3"],
  ["another tag", { label: toLabel("tag", "lamp shade") }, ""],
  ["not a tag", { not: { label: toLabel("tag", "lamp") } }, "124"],
  ["a word without a tag", { and: [lamp, { not: { label: toLabel("tag", "lamp") } }] }, "12"],
  ["a number", authors({ from: 1, to: null }), "1"],
  ["a number up to", authors({ from: null, to: 1 }), "1"],
  ["a word and a number", { and: [lamp, authors({ from: 1, to: 1 })] }, "1"],
  ["not a number", { and: [lamp, { not: authors({ from: 1, to: 1 }) }] }, "23"],
  ["a word or a number", { or: [{ word: "rope" }, authors({ from: 1, to: 1 })] }, "13"],
  ["editions", { row: { listed: { from: "2025-12-10", to: "2025-12-11" } } }, "23"],
  ["editions and a word", { and: [rung, { row: { listed: { from: "2025-12-10", to: null } } }] }, "2"],
  ["a sample", { every: 999_999 }, "4"],
  ["a sample of a word", { and: [lamp, { every: 999_999 }] }, ""],
  ["an id", { row: { id: "2512.00002" } }, "2"],
  ["papers by key", { and: [lamp, { row: { papers: Prisma.sql`SELECT key FROM "Paper"` } }] }, "123"],
  ["words in a title but not elsewhere", { and: [{ field: "title", of: lamp }, { not: rung }] }, ""],
  ["a field with not", { field: "title", of: { not: lamp } }, "234"],
  ["a word not in a field", { and: [rung, { not: { field: "authors", of: rung } }] }, "2"],
  ["a range", from("2025-12-10"), "23"],
  ["a range to a day", { range: { from: null, to: "2025-12-10" } }, "12"],
  ["a word within a range", { and: [lamp, from("2025-12-10")] }, "23"],
  ["two ranges", { and: [lamp, from("2025-12-10"), { range: { from: null, to: "2025-12-10" } }] }, "2"],
  ["or with a range", { or: [from("2025-12-11"), { and: [rung, { not: { word: "ladder" } }] }] }, "13"],
  ["not of a range", { not: from("2025-12-10") }, "14"],
  ["and within and", { and: [{ and: [lamp, from("2025-12-10")] }, { not: { and: [rung, lamp] } }] }, "3"],
])("the engine finds the papers for %s and counts them", async (_, tree, expected) => {
  for (const order of orders) expect(sorted(await find(tree, order)), order).toBe(expected);
  expect(await search.count(db(), [tree, tree], 100)).toEqual([expected.length, expected.length]);
});

test("counts stop at the limit and come in the order of the trees", async () => {
  const trees = [lamp, rung, { word: "nothing" }, { not: rung }];
  expect(await search.count(db(), trees, 2)).toEqual([2, 2, 0, 2]);
  expect(await search.count(db(), [], 2)).toEqual([]);
});

test("papers with everything in their title come first", async () => {
  expect((await find(lamp, "relevance"))[0]).toBe("1");
});

test("newest and upvotes have their orders, and pages follow each other", async () => {
  await db().paper.updateMany({ where: { id: "2512.00002" }, data: { upvotes: 5 } });
  await db().paper.updateMany({ where: { id: "2512.00001" }, data: { upvotes: 2 } });
  expect(await find(lamp, "newest")).toBe("321");
  expect(await find(lamp, "upvotes")).toBe("213");
  expect(await find({ and: [] }, "upvotes")).toBe("2134");
  for (const order of orders) {
    const pages: number[] = [];
    for (const offset of [0, 1, 2, 3])
      pages.push(...(await search.page(db(), lamp, { order, total: 3, offset, limit: 1 })));
    expect(pages, order).toEqual(await search.page(db(), lamp, { order, total: 3, offset: 0, limit: 9 }));
  }
});

test("papers near some terms are those that have any, with the sum of the weights", async () => {
  const near = async (maxEach: number, maxAll: number) => {
    const terms = ["ladder", "rung", "lamp", "nothing"].map((term, at) => ({ term, weight: 10 ** at }));
    const found = await db().$queryRaw<{ id: string; score: unknown }[]>`
      SELECT p.id AS id, m.score AS score FROM ${search.near(db(), terms, { maxEach, maxAll })} AS m
      JOIN "Paper" AS p ON p."orderKey" = m."orderKey" ORDER BY p.id`;
    return found.map(({ id, score }) => [id.slice(-1), Number(score)]);
  };
  expect(await near(3, 6)).toEqual([
    ["1", -110],
    ["2", -111],
    ["3", -100],
  ]);
  expect(await near(2, 6)).toEqual([
    ["1", -10],
    ["2", -11],
  ]);
  expect(await near(3, 3)).toEqual([
    ["1", -10],
    ["2", -11],
  ]);
  expect(await near(3, 2)).toEqual([["2", -1]]);
});

test("the pages of many matches together have each paper once, though only some are ranked", async () => {
  const many = Array.from({ length: 120 }, (_, at) => ({
    id: `2511.${String(at + 1).padStart(5, "0")}`,
    title: at % 3 === 0 ? `A lamp ${"of brass ".repeat(at % 12)}` : `Something else ${at}`,
    summary: "With a lamp.",
    day: `2025-11-${String(1 + (at % 28)).padStart(2, "0")}`,
  }));
  await scrapeBody(db(), hubAnswer(many));
  for (const order of orders) {
    const [total = 0] = await search.count(db(), [lamp], 1000);
    // As many matches as are not all ranked, by their number.
    for (const told of [total, 100_000]) {
      const keys: number[] = [];
      for (let offset = 0; offset < total; offset += 7)
        keys.push(...(await search.page(db(), lamp, { order, total: told, offset, limit: 7 })));
      expect([order, keys.length, new Set(keys).size]).toEqual([order, total, total]);
    }
  }
});
