import { expect, test } from "vitest";
import { findEdition } from "@/lib/papers/editions";
import { countFacets } from "@/lib/papers/facets";
import { type Asked, filterOf } from "@/lib/papers/filter";
import { findPapers } from "@/lib/papers/list";
import { findPeriod } from "@/lib/papers/periods";
import { findTrends } from "@/lib/topics/trends";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

const list = (day: string, ids: string[]) =>
  scrapeBody(db(), hubAnswer(ids.map((id) => ({ id, day }))), { pageDate: day });
const search = (asked: Asked) => findPapers(filterOf(asked));

/** A paper listed in two weeks, papers at both edges of a week, and three that were only published. */
async function fillLibrary(): Promise<void> {
  await list("2025-12-07", ["2512.00001"]); // the Sunday before week 50
  await list("2025-12-08", ["2512.00002", "2512.00003"]);
  await list("2025-12-14", ["2512.00004", "2512.00002"]); // once more, on the last day of the week
  await list("2025-12-15", ["2512.00005", "2512.00003"]); // once more, a week later
  const published = ["2025-12-08", "2025-12-14", "2026-01-01"].map((publishedOn, at) =>
    JSON.stringify({ id: `2512.1000${at}`, title: `Published only ${at}`, publishedOn }),
  );
  await scrapeBody(db(), published.join("\n"));
}

test("a day, a week, a month, their calendars, their searches and Topics count the same papers", async () => {
  await fillLibrary();
  const trends = await findTrends();
  const weeks = trends?.years.flatMap((year) => year.weeks) ?? [];
  const perWeek: unknown[] = [];
  for (const name of ["2025-W49", "2025-W50", "2025-W51", "2026-W01"]) {
    const { results, days, unlisted, from, to } = await findPeriod(name, 1);
    const inTopics = weeks.find(({ find }) => find.week === name);
    const found = await search({ week: name });
    expect({ name, papers: found.total, unlisted: found.unlisted }).toEqual({
      name,
      papers: results.total,
      unlisted: 0,
    });
    expect(inTopics).toMatchObject({ from, to, papers: results.total, unlisted });
    const inRange = await search({ from, to });
    // By its first day, a paper that was listed before is not in the range.
    expect(inRange.unlisted).toBe(unlisted);
    for (const { day, papers } of days) {
      const edition = await findEdition(day);
      const ofDay = edition.sections.reduce((sum, section) => sum + section.papers.length, 0);
      expect({ day, papers: ofDay }).toEqual({ day, papers });
      expect({ day, papers: (await search({ day })).total }).toEqual({ day, papers });
    }
    perWeek.push([name, results.total, days.reduce((sum, day) => sum + day.papers, 0), unlisted]);
  }
  expect(perWeek).toEqual([
    ["2025-W49", 1, 1, 0],
    ["2025-W50", 3, 4, 2], // one paper on two of its days
    ["2025-W51", 2, 2, 0],
    ["2026-W01", 0, 0, 1],
  ]);
  const month = await findPeriod("2025-12", 1);
  expect([month.results.total, (await search({ month: "2025-12" })).total, month.unlisted]).toEqual([
    5, 5, 2,
  ]);
  expect((await countFacets(filterOf({}), ["month"], 8)).values.month).toEqual([
    { value: "2026-01", condition: "date:2026-01", count: 1 },
    { value: "2025-12", condition: "date:2025-12", count: 7 },
  ]);
  expect(
    trends?.years.map(({ year, papers, unlisted, days, listings }) => [
      year,
      papers,
      unlisted,
      days,
      listings,
    ]),
  ).toEqual([
    [2025, 5, 2, 4, 7],
    [2026, 0, 1, 0, 0],
  ]);
  expect((await search({ from: "2025-12-08" })).unlisted).toBe(3);
  expect((await search({ q: "published", from: "2025-12-08", to: "2025-12-31" })).unlisted).toBe(2);
});
