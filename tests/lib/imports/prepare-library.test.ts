import { expect, test } from "vitest";
import { prepareLibrary } from "@/lib/imports/prepare-library";
import { search } from "@/lib/search/engine";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

test("a library written under older rules has its text ids, tags and index rebuilt once, and nothing else changes", async () => {
  await prepareLibrary();
  await scrapeBody(
    db(),
    hubAnswer([
      { id: "2512.00001", day: "2025-12-11", summary: "Diffusion models and diffusion models." },
      { id: "2512.00002", day: "2025-12-11", keywords: ["Tea"] },
    ]),
  );
  const state = async () => ({
    papers: await db().paper.findMany({ orderBy: { key: "asc" } }),
    tags: await db().tag.findMany({ orderBy: [{ paperKey: "asc" }, { place: "asc" }] }),
    words: await db().word.findMany({ orderBy: { word: "asc" } }),
    index: await search.page(db(), { word: "diffus" }, { order: "newest", total: 2, offset: 0, limit: 9 }),
  });
  const expected = await state();
  expect(expected.tags.map(({ name, source }) => `${name} ${source}`)).toEqual([
    "diffusion models derived",
    "tea hub",
  ]);

  await db().paper.updateMany({ data: { textId: "t-000000000000" } });
  await db().tag.deleteMany({ where: { source: "derived" } });
  await db().tag.updateMany({ where: { source: "hub" }, data: { name: "Teas" } });
  await db().word.deleteMany();
  await db().revision.update({ where: { id: 1 }, data: { termsVersion: 1 } });
  const progress: number[][] = [];
  expect(await prepareLibrary((...counts) => progress.push(counts))).toEqual({
    migrated: [],
    rederived: true,
  });
  expect(progress).toEqual([[0, 2]]);
  expect(await state()).toEqual(expected);
  expect(await prepareLibrary()).toEqual({ migrated: [], rederived: false });
});
