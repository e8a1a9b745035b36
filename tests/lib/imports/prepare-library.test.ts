import { expect, test } from "vitest";
import { prepareLibrary } from "@/lib/imports/prepare-library";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

test("a library made under other rules gets its text ids, tags and index anew, once; addresses and days stay", async () => {
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
    index: await db().$queryRaw`SELECT rowid FROM "PaperIndex" WHERE "PaperIndex" MATCH 'diffus'`,
  });
  const right = await state();
  expect(right.tags.map(({ name, source }) => `${name} ${source}`)).toEqual([
    "diffusion models derived",
    "tea hub",
  ]);

  await db().paper.updateMany({ data: { textId: "t-000000000000" } });
  await db().tag.deleteMany({ where: { source: "derived" } });
  await db().tag.updateMany({ where: { source: "hub" }, data: { name: "Teas" } });
  await db().word.deleteMany();
  await db().revision.update({ where: { id: 1 }, data: { termsVersion: 1 } });
  const shown: number[][] = [];
  expect(await prepareLibrary((...far) => shown.push(far))).toEqual({ migrated: [], derivedAnew: true });
  expect(shown).toEqual([[0, 2]]);
  expect(await state()).toEqual(right);
  expect(await prepareLibrary()).toEqual({ migrated: [], derivedAnew: false });
});
