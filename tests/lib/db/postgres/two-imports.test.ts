import { readFileSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { hubAnswer } from "@/tests/hub-answer";
import { scrapeBody } from "@/tests/library";
import { openTestDatabase } from "@/tests/postgres-library";

const lines = Array.from({ length: 1200 }, (_, at) =>
  JSON.stringify({
    id: `2512.${String(at + 1).padStart(5, "0")}`,
    title: `Paper ${at % 1000} of tea`,
    abstract: `What ${at} says about kettle ${at % 7}.`,
    authors: [`Ann ${at % 31}`, "Bo Li"],
    feedDate: "2025-12-11",
    upvotes: at % 50,
  }),
).join("\n");
const bodies: [source: string, body: string][] = [
  ["day.txt", readFileSync("tests/fixtures/text/day.txt", "utf8")],
  [
    "hub.json",
    hubAnswer([
      { id: "2512.00001", day: "2025-12-11" },
      { id: "2512.01201", day: "2025-12-11" },
    ]),
  ],
  ["lines.jsonl", lines],
  ["later.json", hubAnswer([{ id: "2512.00001", day: "2025-12-10", upvotes: 70, keywords: ["Kettles"] }])],
];

/** Everything in a library, without what depends on the time or on the order in which processes took their turns. */
async function dump(db: Database) {
  const papers = await db.paper.findMany({
    omit: { key: true, createdAt: true, updatedAt: true },
    include: {
      authors: { select: { place: true, name: true } },
      tags: { select: { place: true, name: true, source: true } },
      votes: { select: { day: true, upvotes: true, commentCount: true } },
      entries: { select: { place: true, listedOn: true, listing: { select: { fingerprint: true } } } },
    },
    orderBy: { id: "asc" },
  });
  return {
    papers,
    words: await db.word.findMany({ orderBy: { word: "asc" } }),
    names: await db.nameWord.findMany({ orderBy: [{ kind: "asc" }, { word: "asc" }, { name: "asc" }] }),
    listings: await db.listing.count(),
    terms: await db.$queryRaw`
      SELECT p.id, i.terms::text AS terms FROM "PaperIndex" i FULL JOIN "Paper" p ON p."orderKey" = i."orderKey" ORDER BY p.id`,
  };
}

async function importBy(processes: number) {
  const library = await openTestDatabase(inject("postgres"));
  const clients = Array.from({ length: processes }, () => openDatabase(library.url, 60_000));
  const counts = await Promise.all(
    clients.map(async (db) => {
      let added = 0;
      for (const [source, body] of bodies) added += (await scrapeBody(db, body, { source })).new;
      return added;
    }),
  );
  const [db] = clients as [Database];
  const result = { ...(await dump(db)), added: counts.reduce((a, b) => a + b) };
  for (const client of clients) await client.$disconnect();
  await library.remove();
  return result;
}

test("two imports of the same listings at once give the library that one gives", async () => {
  const [one, two] = [await importBy(1), await importBy(2)];
  expect(one.added).toBeGreaterThan(1200);
  expect(two).toEqual(one);
});
