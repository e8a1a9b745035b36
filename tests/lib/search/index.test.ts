import { readFileSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { rederive } from "@/lib/catalog/rederive";
import { loadSample } from "@/lib/imports/sample";
import { filterOf, readFilter } from "@/lib/papers/filter";
import { listPapers } from "@/lib/papers/list";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody, testEngine } from "@/tests/library";

const { db, file } = openTestLibrary();

/** Every term of the index with its paper, column and place, and the word counts. */
async function dump() {
  const words = await db().word.findMany({ orderBy: { word: "asc" } });
  if (testEngine() === "postgres")
    return {
      words,
      terms: await db().$queryRaw<unknown[]>`
        SELECT "orderKey", lexeme, positions::text, weights::text FROM "PaperIndex", unnest(terms) ORDER BY 1, 2`,
    };
  const sqlite = new Sqlite(file(), { readonly: false });
  sqlite.exec(`CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'PaperIndex', 'instance')`);
  const terms = sqlite.prepare(`SELECT term, doc, col, "offset" FROM temp.terms ORDER BY 2, 3, 4`).all();
  sqlite.close();
  return { terms, words };
}

test("an index rebuilt from the records equals the one that imports wrote", async () => {
  await loadSample(db());
  await scrapeBody(db(), readFileSync(path.resolve("tests/fixtures/text/day.txt"), "utf8"));
  await scrapeBody(
    db(),
    hubAnswer([{ id: "2512.00001", day: "2025-12-11", authors: ["Jean-Baptiste Roux"], keywords: ["k-NN"] }]),
  );
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-10" }])); // re-keyed
  await scrapeBody(
    db(),
    hubAnswer([
      { id: "2402.00009", title: "Ladders", summary: "One rung at a time.", authors: ["New Name"] },
    ]),
  );
  const written = await dump();
  expect(written.terms.length).toBeGreaterThan(50);
  await rederive(db());
  expect(await dump()).toEqual(written);
});

async function find(q: string) {
  const results = await listPapers(filterOf({ q }));
  return results.papers.map((paper) => paper.id).sort();
}

test("a query finds the same papers, however its words are spelled", async () => {
  await scrapeBody(
    db(),
    hubAnswer([
      {
        id: "2512.00001",
        title: "Weight-sharing supernets",
        summary: "With k-NN and GPT-4o.",
        authors: ["Jean-Baptiste Roux"],
      },
      {
        id: "2512.00002",
        title: "Sharing a weight",
        summary: "kNN in C++ with GPT-4.",
        keywords: ["tool use"],
      },
      {
        id: "2512.00003",
        title: "Nothing of it",
        summary: "The C language, by a Müller.",
        authors: ["Mia Tool", "Una Use"],
      },
    ]),
  );
  expect(await find("weight sharing")).toEqual(["2512.00001", "2512.00002"]);
  expect(await find('"weight sharing"')).toEqual(["2512.00001"]);
  expect(await find("weightsharing")).toEqual(["2512.00001"]);
  expect(await find("kNN")).toEqual(["2512.00001", "2512.00002"]);
  expect(await find("k-nn")).toEqual(["2512.00001", "2512.00002"]);
  expect(await find("C++")).toEqual(["2512.00002"]);
  expect(await find("GPT-4o")).toEqual(["2512.00001"]);
  expect(await find("gpt4")).toEqual(["2512.00002"]);
  expect(await find("muller")).toEqual(["2512.00003"]);
  expect(await find("jean-baptiste")).toEqual(["2512.00001"]);
  expect(await find('"tool use"')).toEqual(["2512.00002"]);
  expect(await find('"tool una"')).toEqual([]);
  expect(await find("the")).toEqual(["2512.00003"]);
  expect(await find("weight -supernets")).toEqual(["2512.00002"]);
  expect(await find("-weight")).toEqual(["2512.00003"]);
  for (const odd of [
    '"',
    "'; DROP TABLE Paper; --",
    "🚀",
    "نص عربي",
    "zebra* OR (yak",
    "title:x",
    "NEAR(a b)",
    "\ud800",
  ]) {
    expect(await find(odd), odd).toEqual([]);
  }
});

test("model families, wide characters, words after apostrophes and arXiv ids are found", async () => {
  await scrapeBody(
    db(),
    hubAnswer(
      [
        "Qwen2.5-Omni by lamplight",
        "GPT-4 by lamplight",
        "GPT-4o by lamplight",
        "GPT-3 on lamps, 4 of them",
        "ＧＰＴ－４ in wide letters",
        "d’Alembert by lamplight",
        "L'Hôpital and O'Neill",
        "การเรียนรู้ของเครื่องสำหรับภาษาไทย",
        "YOLOv8 and ResNet50",
      ].map((title, at) => ({ id: `2512.0001${at}`, title, summary: "Plain." })),
    ),
  );
  const found = async (q: string) => (await find(q)).map((id) => id.slice(-1)).join("");
  expect(await found("Qwen")).toBe("0");
  expect(await found("GPT")).toBe("1234");
  for (const q of ["GPT-4", "ＧＰＴ－４", "gpt4", "GPT‑4"]) expect(await found(q), q).toBe("14");
  expect(await found("GPT-4o")).toBe("2");
  expect(await found("Alembert")).toBe("5");
  expect(await found("d'Alembert")).toBe("5");
  expect(await found("hopital neill")).toBe("6");
  expect(await found("ภาษาไทย")).toBe("7");
  expect(await found("yolo resnet")).toBe("8");
  for (const q of ["arXiv:2512.00015v2", "https://arxiv.org/pdf/2512.00015", "2512.00015"])
    expect(await found(q), q).toBe("5");
  expect(await found("2512.99999")).toBe("");
});

test("papers are filtered by day and range, sorted, and divided into pages", async () => {
  await scrapeBody(
    db(),
    hubAnswer([
      { id: "2512.00001", day: "2025-12-10", upvotes: 5 },
      { id: "2512.00002", day: "2025-12-10", upvotes: 9 },
    ]),
  );
  await scrapeBody(
    db(),
    hubAnswer([
      { id: "2512.00003", day: "2025-12-11", upvotes: 1 },
      { id: "2512.00001", day: "2025-12-11", upvotes: 5 },
    ]),
  );
  const ids = async (params: Record<string, string>) => {
    const { papers, total } = await listPapers(readFilter(params).filter);
    return [total, ...papers.map((paper) => paper.id.slice(-1))].join(" ");
  };
  expect(await ids({})).toBe("3 3 1 2");
  expect(await ids({ sort: "upvotes" })).toBe("3 2 1 3");
  expect(await ids({ day: "2025-12-11" })).toBe("2 3 1");
  expect(await ids({ from: "2025-12-11" })).toBe("1 3");
  expect(await ids({ to: "2025-12-10" })).toBe("2 1 2");
  expect(await ids({ limit: "2", page: "2" })).toBe("3 2");
  expect(await ids({ page: "99" })).toBe("3");
  expect(await ids({ q: "all", sort: "newest" })).toBe("3 3 1 2");
  expect(await ids({ q: "all", limit: "2", page: "2" })).toMatch(/^3 \d$/);
});
