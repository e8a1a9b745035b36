import { beforeEach, expect, test } from "vitest";
import { search } from "@/lib/search/engine";
import { toTerms } from "@/lib/search/terms";
import type { Tree } from "@/lib/search/tree";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

const lamp: Tree = { word: "lamp" };
const rung: Tree = { word: "rung" };
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
  const terms = toTerms({ title: "Unlisted", abstract: null, authors: [], tags: [] });
  await search.write(db(), [{ orderKey: 999_999, terms }]);
});

async function find(tree: Tree): Promise<string> {
  const found = await db().$queryRaw<{ id: string }[]>`
    SELECT p.id AS id FROM ${search.find(db(), tree)} AS m JOIN "Paper" AS p ON p."orderKey" = m."orderKey" ORDER BY p.id`;
  return found.map(({ id }) => id.slice(-1)).join("");
}

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
  ["a tag", { field: "tags", of: lamp }, "3"],
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
  expect(await find(tree)).toBe(expected);
  expect(await search.count(db(), [tree, tree], 100)).toEqual([expected.length, expected.length]);
});

test("counts stop at the limit and come in the order of the trees", async () => {
  const trees = [lamp, rung, { word: "nothing" }, { not: rung }];
  expect(await search.count(db(), trees, 2)).toEqual([2, 2, 0, 2]);
  expect(await search.count(db(), [], 2)).toEqual([]);
});

test("papers with everything in their title come first", async () => {
  const found = await db().$queryRaw<{ id: string }[]>`
    SELECT p.id AS id FROM ${search.find(db(), lamp)} AS m JOIN "Paper" AS p ON p."orderKey" = m."orderKey" ORDER BY m.score`;
  expect(found[0]?.id).toBe("2512.00001");
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
