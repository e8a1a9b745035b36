import { expect, test } from "vitest";
import { canFetch, findDayState, nextStateAt } from "@/lib/papers/day-state";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

const now = new Date("2025-12-12T15:00Z");
const stateOf = async (day: string, papers = 0) => (await findDayState(day, papers, now)).is;

test("a day that was never fetched is to come, not imported, or before Hugging Face began", async () => {
  expect(await stateOf("2025-12-13")).toBe("to come");
  expect(await stateOf("2025-12-11")).toBe("not imported");
  expect(await stateOf("2023-05-04")).toBe("not imported");
  expect(await stateOf("2023-05-03")).toBe("too early");
});

test("a day whose papers come from a saved file is not known to be complete", async () => {
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]));
  expect(await stateOf("2025-12-11", 1)).toBe("saved");
});

test("a fetched day is closed if it was fetched after it closed, or else open or cut off", async () => {
  const importedAt = (day: string, at: string, listed: number) =>
    db().import.create({
      data: {
        ...{ source: "hub", url: "https://huggingface.co", kind: "day", period: day, at: new Date(at) },
        ...{ listed, new: listed, updated: 0, unchanged: 0, rejected: 0 },
      },
    });
  await importedAt("2025-12-10", "2025-12-11T04:00Z", 3); // 11 pm in New York
  await importedAt("2025-12-11", "2025-12-11T20:00Z", 3); // 3 pm
  await importedAt("2025-12-12", "2025-12-12T14:00Z", 3);
  await importedAt("2025-12-09", "2025-12-11T04:00Z", 0);
  expect(await stateOf("2025-12-10", 3)).toBe("closed");
  expect(await stateOf("2025-12-11", 3)).toBe("cut");
  expect(await stateOf("2025-12-12", 3)).toBe("open");
  expect(await stateOf("2025-12-09")).toBe("empty");
});

test("a day changes its state when it begins and when it closes, and can be fetched from then on", () => {
  const at = (day: string) => nextStateAt(day, now)?.toISOString() ?? null;
  expect([at("2025-12-11"), at("2025-12-12"), at("2025-12-13")]).toEqual([
    null,
    "2025-12-13T02:30:00.000Z",
    "2025-12-13T02:30:00.000Z",
  ]);
  const days = ["2023-05-03", "2023-05-04", "2025-12-12", "2025-12-13"];
  expect(days.map((day) => canFetch(day, now))).toEqual([false, true, true, false]);
});
