import { expect, test } from "vitest";
import { findTypedDays } from "@/lib/typed-days";

const pathOf = (text: string, today = "2026-05-20") => findTypedDays(text, today)[0]?.path ?? null; // a Wednesday

test("a day in words or digits leads to its edition, without a year to the latest one", () => {
  const days = {
    today: "2026-05-20",
    Yesterday: "2026-05-19",
    "day before yesterday": "2026-05-18",
    "the day before yesterday": "2026-05-18",
    "1 day ago": "2026-05-19",
    "30 days ago": "2026-04-20",
    "12.5.": "2026-05-12",
    "21. 5.": "2025-05-21",
    "12.5.2024": "2024-05-12",
    "12 may": "2026-05-12",
    "may 12": "2026-05-12",
    "May 12, 2025": "2025-05-12",
    "12 may 2026": "2026-05-12",
    " 12  December ": "2025-12-12",
    "dec 12": "2025-12-12",
    "21 may": "2025-05-21",
    "29 feb": "2024-02-29",
    monday: "2026-05-18",
    wed: "2026-05-20",
    thursday: "2026-05-14",
    "last wednesday": "2026-05-13",
    "2026-05-12": "2026-05-12",
    "31 dec 2030": "2030-12-31",
  };
  for (const [text, day] of Object.entries(days))
    expect([text, pathOf(text)]).toEqual([text, `/papers/date/${day}`]);
  expect(findTypedDays("12 may", "2026-05-20")).toEqual([
    { name: "Tuesday, 12 May 2026", path: "/papers/date/2026-05-12" },
  ]);
  expect(pathOf("monday", "2026-05-18")).toBe("/papers/date/2026-05-18");
  expect(pathOf("sunday", "2026-05-18")).toBe("/papers/date/2026-05-17");
});

test("a week or a month leads to its page", () => {
  expect(findTypedDays("week 20", "2026-05-20")).toEqual([
    { name: "Week 20, 2026", path: "/papers/week/2026-W20" },
  ]);
  const paths = {
    "this week": "/papers/week/2026-W21",
    "Last week": "/papers/week/2026-W20",
    "21 weeks ago": "/papers/week/2025-W52",
    "this month": "/papers/month/2026-05",
    "last month": "/papers/month/2026-04",
    "5 months ago": "/papers/month/2025-12",
    "Week 22": "/papers/week/2025-W22",
    w3: "/papers/week/2026-W03",
    "week 22 2026": "/papers/week/2026-W22",
    "2026-W53": "/papers/week/2026-W53",
    "may 2026": "/papers/month/2026-05",
    December: "/papers/month/2025-12",
    "2026-05": "/papers/month/2026-05",
  };
  for (const [text, path] of Object.entries(paths)) expect([text, pathOf(text)]).toEqual([text, path]);
});

test("anything else, and what does not exist, names no day", () => {
  const texts = [
    "",
    " ",
    "m",
    "12 m",
    "31.4.",
    "12.5",
    "12.13.2026",
    "99999 days ago",
    "next week",
    "12 ma",
    "a",
    "30 feb",
    "31 april 2026",
    "32 may",
    "0 may",
    "2026-02-30",
    "2026-13",
  ];
  const more = [
    "week 54 2026",
    "week 0",
    "2025-W53",
    "attention",
    "may be",
    "12 may 99999",
    "may 12 2026 x",
    "0000-01-01",
  ];
  const odd = [
    "12 may 0001",
    "monday 12",
    "٢ may",
    "yesterdays",
    `1${"0".repeat(400)} may`,
    "\u0000",
    "week",
    "2026",
  ];
  for (const text of [...texts, ...more, ...odd]) expect([text, pathOf(text)]).toEqual([text, null]);
});
