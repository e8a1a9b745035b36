import { afterEach, expect, test, vi } from "vitest";
import { importLatestDays } from "@/lib/imports/first-import";
import { openFakeClock, openFakeHub } from "@/tests/hub";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();
const hub = openFakeHub();
const requestedDay = (url: URL) => url.searchParams.get("date") ?? "2025-12-15"; // a Monday
const papersOf = (day: string) => hubAnswer([{ id: `2512.${day.slice(5, 7)}0${day.slice(8)}`, day }]);
afterEach(() => void vi.restoreAllMocks());
const isWeekend = (day: string) => [0, 6].includes(new Date(day).getUTCDay());

test("the first import gets the seven latest days with papers, newest first", async () => {
  hub.answers((url, response) =>
    response.end(isWeekend(requestedDay(url)) ? "[]" : papersOf(requestedDay(url))),
  );
  const progress: string[] = [];
  const onProgress = (days: number, of: number, what: string) => progress.push(`${days}/${of} ${what}`);
  const result = await importLatestDays(db(), hub.url(), 60_000, onProgress, openFakeClock());
  expect(result).toEqual({ days: 7, papers: 7, why: null });
  const listed = await db().listing.findMany({ where: { entries: { some: {} } }, orderBy: { id: "asc" } });
  expect(listed.map((listing) => listing.listedOn?.slice(8))).toEqual([
    "15",
    "12",
    "11",
    "10",
    "09",
    "08",
    "05",
  ]);
  expect(progress[0]).toBe("0/7 2025-12-15");
});

test("if Hugging Face becomes slow, the days that came in time are imported", async () => {
  // Time runs out when the day that is never sent is requested, however long the test takes to get there.
  const time = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(time.signal);
  hub.answers((url, response) => {
    if (requestedDay(url) > "2025-12-11")
      response.end(isWeekend(requestedDay(url)) ? "[]" : papersOf(requestedDay(url)));
    else time.abort();
  });
  expect(await importLatestDays(db(), hub.url(), 2000, () => {}, openFakeClock())).toEqual({
    days: 2,
    papers: 2,
    why: "nothing more arrived within 2 s",
  });
  expect(await db().paper.count()).toBe(2);
});

test("if Hugging Face refuses or sends something else, nothing is imported and the result says why", async () => {
  hub.answers((_, response) => response.end("<html>"));
  expect(await importLatestDays(db(), hub.url(), 60_000, () => {}, openFakeClock())).toMatchObject({
    days: 0,
    why: expect.stringContaining("expected entries that name their day"),
  });
  hub.answers((_, response) => response.writeHead(403).end());
  expect(await importLatestDays(db(), hub.url(), 60_000, () => {}, openFakeClock())).toMatchObject({
    papers: 0,
    why: "expected a listing, got 403 Forbidden",
  });
});
