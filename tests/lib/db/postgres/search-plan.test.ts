import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { Prisma } from "@/lib/db/prisma";
import { type Page, search } from "@/lib/search/engine";
import { parseQuery } from "@/lib/search/language";
import { openTestDatabase, type TestDatabase } from "@/tests/postgres-library";

const papers = 20_000;
let server: TestDatabase;
let db: Database;

// Every second paper has "lamp", every fourth in its title; a few have "zebra", none of them among the newest.
beforeAll(async () => {
  server = await openTestDatabase(inject("postgres"));
  db = openDatabase(server.url);
  const filler = Array.from({ length: 300 }, (_, at) => `'filler${at}':${at + 20}`).join(" ");
  await db.$executeRawUnsafe(
    `
    INSERT INTO "PaperIndex" ("orderKey", title, terms)
    SELECT key, CAST(CASE WHEN key % 4 = 0 THEN '''lamp'':2A' ELSE '' END AS tsvector),
      CAST(concat(CASE WHEN key % 4 = 0 THEN '''lamp'':2A ' WHEN key % 4 = 2 THEN '''lamp'':9D ' END,
        CASE WHEN key < 1000 AND key % 97 = 0 THEN '''zebra'':10D ' END, $1::text) AS tsvector)
    FROM generate_series(1, ${papers}) AS key`,
    filler,
  );
  await db.$executeRaw`VACUUM ANALYZE "PaperIndex"`;
});
afterAll(async () => {
  await db.$disconnect();
  await server.remove();
});

const firstPage = { offset: 0, limit: 20 };
const countOf = async (q: string) => (await search.count(db, [parseQuery(q)], papers))[0] ?? 0;

type Node = { "Node Type": string; "Index Name"?: string; "Actual Rows": number; Plans?: Node[] };

/** The steps in which PostgreSQL finds a page, the last one first, and how many rows each of them has. */
async function explain(q: string, order: Page["order"]): Promise<{ step: string; rows: number }[]> {
  const statements: Prisma.Sql[] = [];
  const recording: Database = Object.create(db, {
    $queryRaw: {
      value: (strings: TemplateStringsArray, ...values: unknown[]) => {
        statements.push(Prisma.sql(strings, ...values));
        return db.$queryRaw(strings, ...values);
      },
    },
  });
  await search.page(recording, parseQuery(q), { order, total: await countOf(q), ...firstPage });
  const [answer] = await db.$queryRaw<{ "QUERY PLAN": { Plan: Node }[] }[]>`EXPLAIN (ANALYZE, FORMAT JSON)
    ${statements[0] ?? Prisma.empty}`;
  const nodes: Node[] = [];
  const visit = (node: Node) => {
    nodes.push(node);
    node.Plans?.forEach(visit);
  };
  for (const { Plan } of answer?.["QUERY PLAN"] ?? []) visit(Plan);
  return nodes.map((node) => ({
    step: `${node["Node Type"]} ${node["Index Name"] ?? ""}`.trim(),
    rows: node["Actual Rows"],
  }));
}

test("the newest papers with a common word are found in order, without reading the others", async () => {
  expect(await explain("lamp", "newest")).toEqual([
    { step: "Limit", rows: 20 },
    { step: "Index Scan PaperIndex_pkey", rows: 20 },
  ]);
});

test("the newest papers with a rare word are found by the index of words, not by looking at all papers", async () => {
  const steps = await explain("zebra", "newest");
  expect(steps).toContainEqual({ step: "Bitmap Index Scan PaperIndex_terms_idx", rows: 10 });
});

test("of a common word, only some papers are ranked", async () => {
  expect(await countOf("lamp")).toBe(10_000);
  const steps = await explain("lamp", "relevance");
  const sort = steps.findIndex(({ step }) => step === "Sort");
  const ranked = steps[sort + 1]?.rows;
  expect(ranked).toBeGreaterThan(2000);
  expect(ranked).toBeLessThanOrEqual(3000);
});

test.each(["newest", "relevance"] as const)(
  "all pages of a common word together, %s, have each paper once",
  async (order) => {
    const total = await countOf("lamp");
    const keys: number[] = [];
    for (let offset = 0; offset < total; offset += 500) {
      keys.push(...(await search.page(db, parseQuery("lamp"), { order, total, offset, limit: 500 })));
    }
    expect(keys).toHaveLength(total);
    expect(new Set(keys).size).toBe(total);
    if (order === "newest") expect(keys).toEqual(keys.toSorted((a, b) => b - a));
    else for (const key of keys.slice(0, 1000)) expect(key % 4).toBe(0); // in the title
  },
);
