import { beforeEach, expect, test } from "vitest";
import { recordFailure } from "@/lib/imports/history";
import { areVotesOld, findLastVotesDay, findRising, findTrending, votesOldFrom } from "@/lib/papers/trending";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

type Listed = Parameters<typeof hubAnswer>[0][number];
const list = (day: string, papers: Omit<Listed, "day">[], pageDate = day) =>
  scrapeBody(db(), hubAnswer(papers.map((paper) => ({ ...paper, day }))), { pageDate });
const ranked = async () =>
  (await findTrending())?.papers.map(({ paper, gained, since }) => [paper.id, gained, since]);

beforeEach(async () => {
  await list("2025-11-03", [{ id: "2511.00001", upvotes: 100 }]);
  await list("2025-12-08", [{ id: "2512.00001", upvotes: 5 }]);
});

test("a paper's gain counts from a day of the week: when it was listed, or when its votes were first known", async () => {
  await list("2025-12-08", [{ id: "2512.00001", upvotes: 25 }], "2025-12-10");
  await list("2025-11-03", [{ id: "2511.00001", upvotes: 140 }], "2025-12-10"); // 40 more since November
  await list("2025-10-01", [{ id: "2510.00001", upvotes: 300 }], "2025-12-10"); // never imported before
  expect((await findTrending())?.day).toBe("2025-12-10");
  expect(await ranked()).toEqual([["2512.00001", 25, "2025-12-08"]]);
  await list("2025-11-03", [{ id: "2511.00001", upvotes: 170 }], "2025-12-17");
  expect(await ranked()).toEqual([["2511.00001", 30, "2025-12-10"]]);
  await list("2025-11-03", [{ id: "2511.00001", upvotes: 165 }], "2025-12-18"); // from before the week: the 10th
  expect(await ranked()).toEqual([["2511.00001", 30, "2025-12-10"]]);
});

test("an import of a paper's day that found no change also tells from when a gain counts", async () => {
  await list("2025-11-03", [{ id: "2511.00001", upvotes: 140 }], "2025-12-10");
  expect(await ranked()).toEqual([["2512.00001", 5, "2025-12-08"]]);
  const at = (day: string) => new Date(`${day}T12:00:00Z`);
  await db().import.updateMany({ where: { period: "2025-11-03" }, data: { at: at("2025-12-01") } });
  await recordFailure(db(), "hub", { kind: "day", period: "2025-11-03" }, "no answer");
  expect(await ranked()).toEqual([["2512.00001", 5, "2025-12-08"]]);
  await db().import.updateMany({
    where: { period: "2025-11-03", error: null },
    data: { at: at("2025-12-05") },
  });
  expect(await ranked()).toEqual([
    ["2511.00001", 40, "2025-12-05"],
    ["2512.00001", 5, "2025-12-08"],
  ]);
});

test("what rose this week is nothing once votes are over a week old", async () => {
  expect((await findRising(5, new Date("2025-12-15T23:59:59Z"))).papers).toEqual([
    { id: "2512.00001", title: expect.any(String), gained: 5 },
  ]);
  expect(await findRising(5, new Date("2025-12-16T00:00:00Z"))).toEqual({ papers: [], until: null });
  expect(await findLastVotesDay()).toBe("2025-12-08");
  const old = votesOldFrom("2025-12-08");
  expect([areVotesOld("2025-12-08", new Date(old.getTime() - 1)), areVotesOld("2025-12-08", old)]).toEqual([
    false,
    true,
  ]);
});

test("without votes, or without two of one paper, nothing is trending", async () => {
  await db().votePoint.deleteMany();
  expect([await findTrending(), await findLastVotesDay(), (await findRising()).papers]).toEqual([
    null,
    null,
    [],
  ]);
  await list("2025-10-01", [{ id: "2510.00001", upvotes: 300 }], "2025-12-10");
  expect(await findTrending()).toBeNull();
});
