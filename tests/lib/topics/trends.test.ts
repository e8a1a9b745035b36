import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { importSource } from "@/lib/imports/import";
import { openFile } from "@/lib/listings/open-source";
import { listPath, readFilter } from "@/lib/papers/filter";
import { listPapers } from "@/lib/papers/list";
import type { Found } from "@/lib/topics/day-counts";
import { distance } from "@/lib/topics/tag-trends";
import { findTrends } from "@/lib/topics/trends";
import { contextOf, openTestLibrary } from "@/tests/library";
import { today, trendsBody } from "@/tests/topics-library";

const { db, file } = openTestLibrary();

async function importLines(lines: string): Promise<void> {
  writeFileSync(`${file()}.jsonl`, lines);
  await importSource(await openFile(`${file()}.jsonl`), contextOf(), db(), () => {});
}

const linesOf = (days: (string | null)[]) =>
  days
    .map((feedDate, at) =>
      JSON.stringify({ id: `2501.${10000 + at}`, title: `Paper ${at}`, abstract: `On ${at}.`, feedDate }),
    )
    .join("\n");

/** Every count in the trends that has a link. */
function foundIn(value: unknown): Found[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap(foundIn);
  return Object.hasOwn(value, "find") ? [value as Found, ...inside] : inside; // an object with `find` also has `papers`
}

test("a library without papers, or without days, has no trends", async () => {
  expect(await findTrends()).toBeNull();
  await importLines(linesOf([null, null]));
  expect(await findTrends()).toBeNull();
});

test("years consist of whole ISO weeks, up to the latest day of the library", async () => {
  await importLines(
    linesOf([
      "2019-06-01",
      "2024-12-30", // the first Monday of 2025's weeks
      "2024-12-30",
      "2025-01-05",
      "2025-12-31",
      "2026-01-02",
      "2026-01-04",
      "2026-01-08",
      null,
    ]),
  );
  const trends = await findTrends();
  expect(trends?.today).toBe("2026-01-08");
  expect(trends?.earlier).toBe("2021-01-03");
  expect(trends?.years.map(({ weeks, ...year }) => [year, weeks.length, weeks[0]?.papers])).toEqual([
    [
      {
        year: 2025,
        papers: 3,
        unlisted: 0,
        days: 2,
        listings: 3,
        length: 52,
        from: "2024-12-30",
        to: "2025-12-28",
      },
      52,
      3,
    ],
    [
      {
        year: 2026,
        papers: 4,
        unlisted: 0,
        days: 4,
        listings: 4,
        length: 53,
        from: "2025-12-29",
        to: "2027-01-03",
      },
      2,
      3,
    ],
  ]);
  expect(trends?.tags).toMatchObject({ enough: false, rising: [], falling: [] });
  expect(trends?.words).toMatchObject({ since: null, words: [] });
  await expectAllFound(trends);
});

async function expectAllFound(trends: unknown): Promise<void> {
  const found = foundIn(trends);
  expect(found.length).toBeGreaterThan(5);
  for (const { papers, find } of found) {
    // Through its address, as in a link.
    const { filter } = readFilter(new URLSearchParams(listPath(find, "")));
    expect({ find, papers: (await listPapers(filter)).total }).toEqual({ find, papers });
  }
}

test("tags that rise or fall by more than chance are listed, and each count is the number of papers its link finds", async () => {
  await importLines(trendsBody());
  const trends = await findTrends();
  expect(trends?.today).toBe(today);
  const { now, before, spans, rising, falling } = trends?.tags ?? {};
  expect(now).toMatchObject({ from: "2026-01-10", to: "2026-02-06", papers: 60 });
  expect(before).toMatchObject({ from: "2025-02-08", to: "2026-01-09", papers: 240 });
  expect(spans?.map(({ papers }) => papers)).toEqual([...Array.from({ length: 12 }, () => 20), 60]);
  // Not `green teapot`, which a third of the papers with keywords had before and have now, nor `rare thimble`, which two have.
  expect(rising).toEqual([
    {
      name: "brass kettle",
      now: { papers: 12, find: { tag: ["brass kettle"], from: "2026-01-10", to: "2026-02-06" } },
      before: { papers: 2, find: { tag: ["brass kettle"], from: "2025-02-08", to: "2026-01-09" } },
      series: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12],
    },
  ]);
  expect(falling?.map(({ name, now, before }) => [name, now.papers, before.papers])).toEqual([
    ["paper boat", 3, 30],
  ]);
  await expectAllFound(trends);
});

test("a word is new if several papers of the week have it and hardly any from before the last half year", async () => {
  await importLines(trendsBody());
  const { week, since, known, minPapers, maxKnown, words } = (await findTrends())?.words ?? {};
  expect(week).toMatchObject({ from: "2026-01-31", to: "2026-02-06", papers: 15 });
  expect(since).toMatchObject({ from: "2025-08-09", to: "2026-02-06" });
  expect([known, minPapers, maxKnown]).toEqual([1140, 3, 0]);
  // Neither `gnarl`, which a paper of 2024 has, nor `twicely`, which two of the week have.
  expect(
    words?.map(({ word, week, since, before }) => [word, week.papers, since.papers, before.papers]),
  ).toEqual([["Zorbital", 3, 4, 0]]);
  expect(words?.[0]?.series).toEqual([...Array.from({ length: 18 }, () => 0), 1, 0, 0, 0, 0, 0, 0, 3]);
});

test("the distance of a count from the expected one is in standard deviations, and cautious for small counts", () => {
  const one = (now: number, before: number, nowOf: number, beforeOf: number) =>
    distance([{ now, before, nowOf, beforeOf }]);
  expect(one(12, 12, 60, 240)).toBeCloseTo(3.06, 2); // 4.8 were expected
  expect(one(3, 60, 60, 240)).toBeCloseTo(-3.28, 2); // 12.6 were expected
  expect(one(6, 24, 60, 240)).toBe(0);
  expect(one(1, 0, 60, 240)).toBeLessThan(1);
  expect(one(2, 0, 60, 240)).toBeLessThan(2);
  expect(distance([])).toBe(0);
  // Half of the papers in one group have the tag, now and before. None in the other do, and that group was larger before.
  expect(
    distance([
      { now: 20, before: 20, nowOf: 40, beforeOf: 40 },
      { now: 0, before: 0, nowOf: 20, beforeOf: 200 },
    ]),
  ).toBe(0);
});
