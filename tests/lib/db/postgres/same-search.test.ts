import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDatabase, type Database, database } from "@/lib/db/client";
import { readFilter } from "@/lib/papers/filter";
import { findPapers } from "@/lib/papers/list";
import { search } from "@/lib/search/engine";
import { parseQuery } from "@/lib/search/language";
import { scrapeBody } from "@/tests/library";
import { openTestDatabase, type TestDatabase } from "@/tests/postgres-library";

// The same papers in two libraries, one on each engine.
let folder = "";
let server: TestDatabase;
const urls = { sqlite: "", postgres: "" };
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
  copyFileSync(inject("baseLibrary"), path.join(folder, "library.db"));
  server = await openTestDatabase(inject("postgres"));
  urls.sqlite = `file:${path.join(folder, "library.db")}`;
  urls.postgres = server.url;
  for (const url of Object.values(urls)) await use(url, importAll);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.remove();
});

/** Runs something with a library as the one of this process. */
async function use<Result>(url: string, run: (db: Database) => Promise<Result>): Promise<Result> {
  process.env.DATABASE_URL = url;
  try {
    return await run(database());
  } finally {
    await closeDatabase();
  }
}

async function importAll(db: Database): Promise<void> {
  for (const name of ["text", "arxiv", "hf-page", "jsonl", "e2e"]) {
    for (const file of readdirSync(`tests/fixtures/${name}`)) {
      const source = `tests/fixtures/${name}/${file}`;
      // Some of the fixtures are not listings.
      await scrapeBody(db, readFileSync(source, "utf8"), { source, pageDate: "2025-12-11" }).catch(
        ifNoListing,
      );
    }
  }
  await scrapeBody(db, odd.map((paper) => JSON.stringify(paper)).join("\n"), { source: "odd.jsonl" });
}

function ifNoListing(error: Error): void {
  if (!/no format recognizes this|expected /.test(error.message)) throw error;
}

const manyAuthors = Array.from({ length: 3302 }, (_, at) => `M. Zhang${at} Li`);
const odd = [
  { title: "C++ templates, C# and F#", abstract: "Compared with C." },
  { title: "GPT-4o speaks", abstract: "Not GPT-4, nor GPT 4 o." },
  { title: "k-NN in 2.5D", abstract: "A kNN graph; k nn; nearest neighbors." },
  { title: "Café Müller", abstract: "Über naïve Façades; Erdős and Gödel." },
  { title: "Cafe Muller", abstract: "Uber naive facades; Erdos and Godel." },
  { title: "ปัญญาประดิษฐ์", abstract: "การเรียนรู้ของเครื่อง" },
  { title: "神经网络", abstract: "深度学习 and 神经 alone" },
  { title: "ニューラルネット", abstract: "カタカナ ひらがな 한국어" },
  { title: "Full-width ＧＰＴ－４ｏ", abstract: "Ｑｗｅｎ２．５" },
  { title: "Qwen2.5 and Llama3", abstract: "YOLOv8 with d'Alembert and L'Hôpital." },
  { title: "State-of-the-art models", abstract: "The state of the art; a stateoftheart." },
  { title: "The lock's key", abstract: "Don't lock it; locks' keys, O'Neill's." },
  { title: "A title of abstracts", abstract: "Weight sharing in one shot." },
  { title: "Weight", abstract: "Sharing." },
  { title: "Sharing weight", abstract: "Of weights that share." },
  { title: "Many authors", abstract: "A detector.", authors: manyAuthors },
  {
    title: "Long",
    abstract: `${"tick tock ".repeat(600)} then a bell rings`,
    authors: ["Ada Bell", "Rings Ada"],
  },
  {
    title: "Names",
    abstract: "Of two.",
    authors: ["Ada Lovelace", "Grace Hopper"],
    keywords: ["Tea", "green tea"],
  },
  { title: "α-β pruning of λ", abstract: "$\\alpha$-$\\beta$ and the Γ function" },
  { title: "DROP TABLE Paper", abstract: '\'; SELECT * FROM "Paper" --' },
].map((paper, at) => ({
  ...paper,
  id: `2601.${String(at + 1).padStart(5, "0")}`,
  feedDate: `2026-01-${String(1 + (at % 9)).padStart(2, "0")}`,
  upvotes: (at * 7) % 5,
}));

const texts = [
  ...[
    "model",
    "models",
    "MODEL",
    "language model",
    "the",
    "a",
    "of the",
    "learning",
    "2025",
    "zzzz",
    "weight sharing",
  ],
  ...[
    `"weight sharing"`,
    `"sharing weight"`,
    `"weight sharing in one shot"`,
    `"weights that share"`,
    `"weight"`,
  ],
  ...[
    `weight -sharing`,
    `weight -"weight sharing"`,
    "-model",
    `-"weight sharing"`,
    `-model -weight`,
    "model -model",
  ],
  ...["café", "cafe", "CAFÉ müller", "über", "Erdős", "erdos godel", "façade", "naïve"],
  ...[
    "C++",
    "c#",
    "C",
    "F#",
    "GPT-4o",
    "gpt4o",
    "GPT 4o",
    "GPT-4",
    "gpt",
    "ＧＰＴ－４ｏ",
    "k-NN",
    "knn",
    `"k nn"`,
    "2.5D",
  ],
  ...[
    "qwen",
    "Qwen2.5",
    "llama3",
    "yolo",
    "alembert",
    "d'Alembert",
    "hopital",
    "O'Neill",
    "neill",
    "don't",
    "lock",
  ],
  ...[
    "state-of-the-art",
    `"state of the art"`,
    "stateoftheart",
    "ปัญญา",
    "การเรียนรู้",
    "神经",
    `"神经网络"`,
    "网络",
    "学习 神经",
  ],
  ...["カタカナ", "한국어", "α", "alpha", "λ", "Γ"],
  ...[
    `"`,
    `"weight`,
    `weight"`,
    `""`,
    `" "`,
    "'",
    "gpt OR cafe",
    "(gpt OR cafe) -speaks",
    "-(gpt OR cafe) model",
    "title:model",
    'abstract:"nearest neighbors"',
    "author:zhang",
    "author:(ada OR zhang)",
    "#reasoning",
    "kettle OR cafe -title:muller",
    "model date:2025-12",
    "after:2025-12-10 before:2025-12-12",
    "-date:2025-12-11 model",
    "date:2024 date:2025-12-11",
    "(((",
    "title:(",
    "OR OR",
    "'; DROP TABLE",
    "SELECT * FROM",
    "a & b",
    "a | b",
    "!a",
    "a <-> b",
    "a:*",
  ],
  ...[
    "(weight)",
    "weight:A",
    "\\",
    "%",
    "_",
    "*",
    "~",
    "'~'",
    "weight OR sharing",
    "weight AND NOT sharing",
    "NEAR(a b)",
  ],
  ...[
    "ada",
    `"ada lovelace"`,
    `"lovelace grace"`,
    `"grace hopper"`,
    `"green tea"`,
    `"tea green"`,
    "tea",
    `"names of"`,
  ],
  ...[
    "zhang7",
    `"m zhang7"`,
    `"m zhang3000"`,
    `"zhang3000 li"`,
    `"li m"`,
    "m li",
    `"tick tock"`,
    `"tock tick"`,
  ],
  ...[
    `"a bell rings"`,
    `"tock then"`,
    `"bell rings"`,
    "bell",
    `"title weight"`,
    "authors -zhang7",
    "tick".repeat(100),
  ],
];

const filters: Record<string, string>[] = [
  ...texts.map((q) => ({ q })),
  { q: "model", from: "2025-12-09" },
  { q: "model", to: "2025-12-09" },
  { q: "weight", from: "2026-01-02", to: "2026-01-05" },
  { q: "-weight", from: "2026-01-02" },
  { q: "model", page: "3" },
  { q: "model", page: "1000000" },
  { q: "weight", tag: "tea" },
  { q: "model", month: "2025-12" },
  { q: "ada", minAuthors: "2" },
  {},
];

async function find(asked: Record<string, string>) {
  const { total, unlisted, papers } = await findPapers(readFilter({ limit: "100", ...asked }).filter);
  return { total, unlisted, ids: papers.map(({ id }) => id) };
}

async function findAll(db: Database) {
  const answers: Record<string, unknown> = {};
  for (const filter of filters) {
    answers[`newest ${JSON.stringify(filter)}`] = await find({ ...filter, sort: "newest" });
    answers[`upvotes ${JSON.stringify(filter)}`] = await find({ ...filter, sort: "upvotes" });
    const { ids, ...counts } = await find({ ...filter, sort: "relevance" });
    answers[`relevance ${JSON.stringify(filter)}`] = { ...counts, ids: ids.sort() };
  }
  const trees = texts.map(parseQuery);
  return { answers, counts: await search.count(db, trees, 50), total: await db.paper.count() };
}

test("every search finds the same papers on both engines, newest first and by upvotes in the same order", async () => {
  const [onSqlite, onPostgres] = [await use(urls.sqlite, findAll), await use(urls.postgres, findAll)];
  expect(texts.length).toBeGreaterThan(60);
  expect(onSqlite.total).toBeGreaterThan(60);
  expect(onSqlite.counts.filter((count) => count > 0).length).toBeGreaterThan(60);
  expect(onPostgres).toEqual(onSqlite);
});
