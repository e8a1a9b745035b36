import { beforeEach, expect, test } from "vitest";
import { findByAuthors } from "@/lib/papers/by-authors";
import { findRelated, orderRelated } from "@/lib/papers/related";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

type Listed = Parameters<typeof hubAnswer>[0][number];
const list = (papers: Omit<Listed, "day">[], day = "2025-12-10") =>
  scrapeBody(db(), hubAnswer(papers.map((paper) => ({ ...paper, day }))));
const keyOf = async (id: string) => (await db().paper.findUniqueOrThrow({ where: { id } })).key;
const related = async (id: string) => findRelated(db(), await keyOf(id));

const about = (id: string, title: string, summary: string) => ({ id: `2512.0000${id}`, title, summary });

beforeEach(async () => {
  await list([
    about("1", "Weight Sharing for Small Ladders", "We study weight sharing in the rungs of ladders."),
    about("2", "Ladders of the North", "On the weight sharing of\nladders and their rungs."),
    about("3", "The Rungs of Chance", "In the ladders of luck, no rungs hold the weight of fate."),
    about("4", "The Price of Lamps", "A market survey of the oil in lamps."),
    about("5", "The Color of Lamps", "A market survey of the light in lamps."),
    about("6", "The Sound of the Sea", "In the harbor, at night."),
    ...Array.from({ length: 9 }, (_, at) => about(`${10 + at}`, `The Case of ${at}`, "In the case of it.")),
  ]);
});

test("the nearest papers come first, with the terms that tie them as the paper spells them", async () => {
  const found = await related("2512.00001");
  expect(found.map(({ id, terms }) => [id, terms])).toEqual([
    ["2512.00002", ["weight sharing", "ladders", "rungs"]],
    ["2512.00003", expect.arrayContaining(["rungs", "ladders"])],
  ]);
  expect(found[0]).toMatchObject({ title: "Ladders of the North", listedOn: "2025-12-10", upvotes: 1 });
});

test("no paper is related to one that shares less than two telling terms with it", async () => {
  expect(await related("2512.00006")).toEqual([]);
  expect((await related("2512.00004")).map(({ id }) => id)).toEqual(["2512.00005"]);
  expect(await findRelated(db(), 999_999)).toEqual([]);
});

test("of papers that are as near, the newest come first", async () => {
  const twin = { title: "Kettle whistles", summary: "Kettle whistles." };
  await list([{ id: "2512.00101", ...twin }], "2025-12-12");
  await list([{ id: "2512.00102", ...twin }], "2025-12-14");
  await list([{ id: "2512.00103", ...twin }], "2025-12-13");
  expect((await related("2512.00101")).map(({ id }) => id)).toEqual(["2512.00102", "2512.00103"]);
});

test("keywords of Hugging Face and names do not relate papers", async () => {
  const shared = { keywords: ["copper kettle"], authors: ["Copper Kettle"] };
  await list([
    { id: "2512.00201", title: "Alpha", summary: "Copper kettle.", ...shared },
    { id: "2512.00202", title: "Beta", summary: "Nothing else.", ...shared },
    { id: "2512.00203", title: "Gamma", summary: "A copper kettle." },
  ]);
  expect((await related("2512.00201")).map(({ id }) => id)).toEqual(["2512.00203"]);
});

test("odd papers have related papers too, or none", async () => {
  const authors = Array.from({ length: 3000 }, (_, at) => `Author ${at}`);
  const long = `Kettles whistle. ${"the of and ".repeat(1500)}`;
  const long2 = Array.from({ length: 1500 }, (_, at) => `word${at} pot${at}`).join(" ");
  await list([
    { id: "2512.00301", title: "图像生成模型", summary: "图像生成模型" },
    { id: "2512.00302", title: "图像生成", summary: "生成模型" },
    { id: "2512.00303", title: "The of and", summary: "Of the and." },
    { id: "2512.00304", title: "A 4 5 6", summary: "— … —" },
    { id: "2512.00305", title: "Kettles whistle", summary: long, authors },
    { id: "2512.00306", title: "Kettles whistle", summary: "", authors },
    { id: "2512.00307", title: "Pots", summary: long2 },
    { id: "2512.00308", title: "Pots", summary: `${long2} again` },
  ]);
  const ids = async (id: string) => (await related(`2512.0030${id}`)).map((paper) => paper.id);
  expect(await ids("1")).toEqual(["2512.00302"]);
  expect(await ids("3")).toEqual([]);
  expect(await ids("4")).toEqual([]);
  expect(await ids("5")).toContain("2512.00306");
  expect(await ids("6")).toContain("2512.00305");
  expect(await ids("7")).toEqual(["2512.00308"]);
  expect(await findByAuthors(db(), await keyOf("2512.00305"))).toEqual([]);
});

test("related papers in another order keep those without a day or votes at the end", () => {
  const papers = [
    { id: "a", listedOn: null, upvotes: 3 },
    { id: "b", listedOn: "2025-12-10", upvotes: null },
    { id: "c", listedOn: "2025-12-11", upvotes: 0 },
    { id: "d", listedOn: "2025-12-11", upvotes: 9 },
  ];
  const ids = (order: Parameters<typeof orderRelated>[1]) =>
    orderRelated(papers, order)
      .map(({ id }) => id)
      .join("");
  expect([ids("nearest"), ids("newest"), ids("upvotes")]).toEqual(["abcd", "cdba", "dacb"]);
});

test("other papers by the same authors come newest first, with the first author they share", async () => {
  const crowd = Array.from({ length: 51 }, (_, at) => `Author ${at}`);
  await list([{ id: "2512.00401", authors: ["Ada", "Ben", "Ada"] }]);
  await list([{ id: "2512.00402", authors: ["Ben", "Ada"] }], "2025-12-12");
  await list([{ id: "2512.00403", authors: ["Cyn", "Ben"] }], "2025-12-13");
  await list([{ id: "2512.00404", authors: ["Dan"] }], "2025-12-14");
  await list([{ id: "2512.00405", authors: [...crowd, "Ada"] }], "2025-12-15");
  const found = await findByAuthors(db(), await keyOf("2512.00401"));
  expect(found.map(({ id, author }) => [id, author])).toEqual([
    ["2512.00403", "Ben"],
    ["2512.00402", "Ada"],
  ]);
  expect(await findByAuthors(db(), await keyOf("2512.00405"))).toEqual([]);
  await list(
    Array.from({ length: 9 }, (_, at) => ({ id: `2512.0051${at}`, authors: ["Dan"] })),
    "2025-12-16",
  );
  expect(await findByAuthors(db(), await keyOf("2512.00404"))).toHaveLength(6);
});
