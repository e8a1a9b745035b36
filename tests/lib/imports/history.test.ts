import { expect, test } from "vitest";
import { recordFailure } from "@/lib/imports/history";
import { findLastImportAt } from "@/lib/papers/editions";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

test("an import that failed does not move the time of the last import", async () => {
  expect(await findLastImportAt()).toBeNull();
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]));
  const before = await findLastImportAt();
  expect(before).toBeInstanceOf(Date);
  await recordFailure(db(), "https://huggingface.co", { kind: "day", period: "2025-12-12" }, "no answer");
  expect(await findLastImportAt()).toEqual(before);
  expect(await db().import.count()).toBe(2);
});
