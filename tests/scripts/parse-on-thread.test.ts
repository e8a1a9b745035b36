import { expect, test } from "vitest";
import { forgetListing } from "@/lib/imports/forget-listing";
import { importSource } from "@/lib/imports/import";
import type { LinesParser } from "@/lib/imports/lines";
import { openBody } from "@/lib/listings/open-source";
import { parseOnThread } from "@/scripts/parse-on-thread";
import { contextOf, openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();
const paper = (number: number, more = {}) =>
  JSON.stringify({
    id: `2512.${String(number).padStart(5, "0")}`,
    title: `Paper ${number}`,
    abstract: `What ${number} says.`,
    ...more,
  });

test("lines parsed on another thread give the same library, in the same order", async () => {
  const lines = Array.from({ length: 2001 }, (_, at) =>
    paper(at + 1, {
      feedDate: "2025-12-11",
      authors: [`Ann ${at % 7}`],
      upvotes: at,
      keywords: ["Tea"].slice(at % 2),
    }),
  );
  lines.splice(1200, 1, paper(7, { title: "Said twice", upvotes: 1 }));
  const body = Buffer.from(`${lines.join("\n")}\n{"title": 5}\n`);
  const read = (options: { parseMany?: LinesParser }) =>
    importSource(openBody("papers.jsonl", null, body), { ...contextOf(), ...options }, db(), () => {});
  const dump = async () => ({
    papers: await db().paper.findMany({
      omit: { key: true, createdAt: true, updatedAt: true },
      include: {
        authors: { select: { place: true, name: true } },
        tags: { select: { place: true, name: true, source: true } },
      },
      orderBy: { key: "asc" },
    }),
    entries: await db().entry.findMany({
      omit: { listingId: true, paperKey: true },
      include: { paper: { select: { id: true } } },
      orderBy: { place: "asc" },
    }),
    words: await db().word.findMany({ orderBy: { word: "asc" } }),
  });
  const { counts } = await read({});
  expect(counts).toEqual({ listed: 2002, new: 2000, updated: 1, unchanged: 0, rejected: 1 });
  const onOneThread = await dump();
  await forgetListing(db(), 1);
  expect(await db().paper.count()).toBe(0);
  let calls = 0;
  const parseMany: LinesParser = (all, priors) => {
    calls++;
    return parseOnThread(all, priors);
  };
  expect((await read({ parseMany })).counts).toEqual(counts);
  expect(calls).toBe(1);
  expect(await dump()).toEqual(onOneThread);
});
