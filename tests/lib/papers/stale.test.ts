import { expect, test } from "vitest";
import { findStaleness } from "@/lib/papers/stale";
import { openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();

// In December, New York is five hours behind UTC: a day closes at 02:30 UTC of the next.
const at = (instant: string) => new Date(`${instant}Z`);
const fetched = (period: string, when: string, error: string | null = null) =>
  db().import.create({
    data: {
      source: "hub",
      url: error ? null : "https://huggingface.co",
      kind: "day",
      period,
      at: at(when),
      error,
    },
  });

test("a library goes stale when the first weekday after its newest papers has closed", async () => {
  const thursday = "2025-12-11";
  expect(await findStaleness(thursday, at("2025-12-13T02:29"))).toEqual({
    isStale: false,
    until: at("2025-12-13T02:30"),
  });
  expect(await findStaleness(thursday, at("2025-12-13T02:30"))).toEqual({ isStale: true, until: null });
  // After a Friday comes the weekend.
  expect((await findStaleness("2025-12-12", at("2025-12-16T02:29"))).isStale).toBe(false);
  expect((await findStaleness("2025-12-12", at("2025-12-16T02:30"))).isStale).toBe(true);
});

test("a fetch that found a day empty after it closed counts, one while it was open, a failed one, or one of an older day does not", async () => {
  const newest = "2025-12-23"; // the days after it are empty
  await fetched("2025-12-22", "2025-12-30T12:00");
  await fetched("2025-12-29", "2025-12-30T12:00", "no answer");
  expect((await findStaleness(newest, at("2025-12-25T02:30"))).isStale).toBe(true);
  await fetched("2025-12-24", "2025-12-24T12:00");
  expect((await findStaleness(newest, at("2025-12-25T02:30"))).isStale).toBe(true);
  await fetched("2025-12-24", "2025-12-25T03:00");
  expect(await findStaleness(newest, at("2025-12-25T04:00"))).toEqual({
    isStale: false,
    until: at("2025-12-26T02:30"),
  });
});
