import { expect, test } from "vitest";
import { findLatestPeriod, findPeriod } from "@/lib/papers/periods";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

type Listed = Parameters<typeof hubAnswer>[0][number];
const list = (day: string, papers: Omit<Listed, "day">[], pageDate = day) =>
  scrapeBody(db(), hubAnswer(papers.map((paper) => ({ ...paper, day }))), { pageDate });

test("a week has its days, each of its papers once by upvotes, and the nearest weeks with papers", async () => {
  await list("2025-11-20", [{ id: "2511.00001", upvotes: 1 }]);
  await list("2025-12-08", [
    { id: "2512.00001", upvotes: 3 },
    { id: "2512.00002", upvotes: 9 },
  ]);
  await list("2025-12-14", [{ id: "2512.00001", upvotes: 4 }]);
  await list("2026-01-01", [{ id: "2601.00001", upvotes: 1 }]);
  const week = await findPeriod("2025-W50", 1);
  expect(week).toMatchObject({ kind: "week", from: "2025-12-08", to: "2025-12-14" });
  expect([week.previous, week.next]).toEqual(["2025-W47", "2026-W01"]);
  expect(week.days.map(({ papers }) => papers)).toEqual([2, 0, 0, 0, 0, 0, 1]);
  expect(week.results.papers.map(({ id }) => id)).toEqual(["2512.00002", "2512.00001"]);
  expect(await findLatestPeriod("week")).toBe("2026-W01");
  expect(await findLatestPeriod("month")).toBe("2026-01");
});

test("a month has all of its days, even February and days without papers", async () => {
  await list("2024-02-29", [{ id: "2402.00001" }]);
  const month = await findPeriod("2024-02", 1);
  expect([month.from, month.to, month.days.length]).toEqual(["2024-02-01", "2024-02-29", 29]);
  expect([month.previous, month.next, month.results.total]).toEqual([null, null, 1]);
  expect(await findPeriod("2023-12", 1)).toMatchObject({
    to: "2023-12-31",
    previous: null,
    next: "2024-02",
    results: { total: 0 },
  });
});
