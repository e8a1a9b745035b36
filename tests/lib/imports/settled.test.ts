import { expect, test } from "vitest";
import { closingTimeOf, moveDay } from "@/lib/days";
import { isSettled, markIncomplete } from "@/lib/imports/settled";
import { openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();
const now = new Date("2026-01-15T12:00:00Z");
const day = "2025-12-11";
const after = (ms: number) => new Date(closingTimeOf(day).getTime() + ms);

type Fields = { period?: string; kind?: string; error?: string | null; listed?: number };
const addImport = (at: Date, { period = day, kind = "day", error = null, listed = 2 }: Fields = {}) =>
  db().import.create({
    data: { at, source: "hub", url: "https://hub.example", kind, period, error, listed },
  });

test("a weekday is settled as empty only by two empty answers on different days, long after its close", async () => {
  const hours = (count: number) => after(count * 3_600_000);
  for (const at of [hours(1), hours(30), hours(72), hours(73)]) {
    await addImport(at, { listed: 0 });
    expect(await isSettled(db(), day, now)).toBe(false);
  }
  await addImport(hours(100), { listed: 0 });
  expect(await isSettled(db(), day, now)).toBe(true);
  await addImport(hours(101), { period: "2025-12-10", listed: 2 });
  await addImport(hours(102), { period: "2025-12-10", listed: 0 }); // an empty answer after one with papers is not trusted at once
  expect(await isSettled(db(), "2025-12-10", now)).toBe(false);
});

test("a weekend day is settled by one empty answer after its close", async () => {
  await addImport(new Date(closingTimeOf("2025-12-13").getTime() - 1), { period: "2025-12-13", listed: 0 });
  expect(await isSettled(db(), "2025-12-13", now)).toBe(false);
  await addImport(closingTimeOf("2025-12-13"), { period: "2025-12-13", listed: 0 });
  expect(await isSettled(db(), "2025-12-13", now)).toBe(true);
});

test("a day is settled by an import after its close", async () => {
  expect(await isSettled(db(), day, now)).toBe(false);
  await addImport(after(-1));
  expect(await isSettled(db(), day, now)).toBe(false);
  await addImport(after(0));
  expect(await isSettled(db(), day, now)).toBe(true);
  expect(await isSettled(db(), "2025-12-10", now)).toBe(false);
});

test("a failed import, one of another list and one of a saved file settle nothing", async () => {
  await db().import.create({ data: { at: after(1), source: "saved.json", kind: "day", period: day } });
  await addImport(after(1), { error: "lost the connection to huggingface.co" });
  await addImport(after(2), { kind: "search" });
  await addImport(after(3), { period: "2025-W50" });
  expect(await isSettled(db(), day, now)).toBe(false);
});

test("the last fourteen days are never settled, since votes change", async () => {
  const days = Array.from({ length: 16 }, (_, back) => moveDay("2026-01-15", -back));
  for (const period of days) await addImport(now, { period });
  const settled: string[] = [];
  for (const one of days) if (await isSettled(db(), one, now)) settled.push(one);
  expect(settled).toEqual(["2026-01-01", "2025-12-31"]);
});

test("markIncomplete marks only imports since the given time", async () => {
  await addImport(after(1));
  await markIncomplete(db(), day, after(2), "page 2 did not come");
  expect(await isSettled(db(), day, now)).toBe(true);
  await addImport(after(3));
  await markIncomplete(db(), day, after(2), "page 2 did not come");
  expect((await db().import.findMany({ orderBy: { at: "asc" } })).map(({ error }) => error)).toEqual([
    null,
    "page 2 did not come",
  ]);
});
