import { expect, test } from "vitest";
import { closingTimeOf, moveDay, toHubDay } from "@/lib/days";

test.each([
  ["2025-12-11", "2025-12-12T02:30:00.000Z"],
  ["2025-07-11", "2025-07-12T01:30:00.000Z"],
  ["2025-03-08", "2025-03-09T02:30:00.000Z"], // the clocks change that night
  ["2025-03-09", "2025-03-10T01:30:00.000Z"],
  ["2025-11-02", "2025-11-03T02:30:00.000Z"],
  ["2024-02-29", "2024-03-01T02:30:00.000Z"],
])("the list of %s closes at %s, when the Hugging Face day ends", (day, instant) => {
  const close = closingTimeOf(day);
  expect(close.toISOString()).toBe(instant);
  expect(toHubDay(new Date(close.getTime() - 1))).toBe(day);
  expect(toHubDay(close)).toBe(moveDay(day, 1));
});
