import { expect, test } from "vitest";
import { findDueSeries } from "@/lib/digest/due";
import { changeSubscription } from "@/lib/digest/subscriptions";
import { isTimeZone, lastHour } from "@/lib/digest/time-zone";
import { addEdition, day, later, noonAfter, run, subscribe } from "@/tests/digest-library";
import { openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();
// 21:30 in New York.
const closes = new Date("2025-12-12T02:30:00Z");
const dueAt = async (now: Date) => (await findDueSeries(db(), now)).map((one) => one.day);

async function fetchedAt(at: Date): Promise<void> {
  const place = { kind: "day", period: day, listedOn: day, format: "hf-api" };
  await db().import.create({ data: { ...place, at, source: day, url: "https://hub.example" } });
}

test("a daily digest is due once the edition was fetched after it closed, or six hours later at the latest", async () => {
  await addEdition(db(), ["Tea"]);
  await subscribe(db(), "ada@example.org", { at: new Date("2025-12-01T00:00:00Z") });
  expect(await dueAt(later(closes, -1))).toEqual(["2025-12-10"]);
  expect(await dueAt(later(closes, 5))).toEqual([]);
  await fetchedAt(later(closes, -60));
  expect(await dueAt(later(closes, 5))).toEqual([]);
  expect(await dueAt(later(closes, 360))).toEqual([day]);
  await fetchedAt(later(closes, 3));
  expect(await dueAt(later(closes, 5))).toEqual([day]);
  await run(db(), later(closes, 5));
  expect(await dueAt(later(closes, 6))).toEqual([]);
});

test("a weekly digest is due six hours after the Sunday of its week closed", async () => {
  await subscribe(db(), "ada@example.org", { rhythm: "weekly", at: new Date("2025-12-01T00:00:00Z") });
  const sunday = new Date("2025-12-15T02:30:00Z");
  expect(await dueAt(later(sunday, -1))).toEqual(["2025-12-07"]);
  expect(await dueAt(later(sunday, 359))).toEqual([]);
  expect(await dueAt(later(sunday, 360))).toEqual(["2025-12-14"]);
});

test("whoever chose an hour gets the edition that is open then, from the first such hour on", async () => {
  const token = await subscribe(db(), "ada@example.org", { at: noonAfter });
  await changeSubscription(token, { rhythm: "daily", hour: 8, zone: "Europe/Berlin" }, noonAfter);
  expect(await dueAt(later(noonAfter, 60))).toEqual([]); // confirmed after today's hour
  const next = new Date("2025-12-13T07:00:00Z");
  expect(await dueAt(later(next, -1))).toEqual([]);
  expect(await dueAt(next)).toEqual(["2025-12-13"]);
  await changeSubscription(token, { rhythm: "weekly", hour: 8, zone: "Europe/Berlin" }, noonAfter);
  expect(await dueAt(new Date("2025-12-15T07:00:00Z"))).toEqual(["2025-12-14"]);
});

test("an hour is that of the time zone, also on the days on which clocks change", () => {
  const at = (hour: number, zone: string, now: string) => lastHour(hour, zone, new Date(now)).toISOString();
  expect(at(8, "Europe/Berlin", "2025-12-12T06:59:59Z")).toBe("2025-12-11T07:00:00.000Z");
  expect(at(8, "Europe/Berlin", "2025-12-12T07:00:00Z")).toBe("2025-12-12T07:00:00.000Z");
  expect(at(8, "Europe/Berlin", "2025-07-12T07:00:00Z")).toBe("2025-07-12T06:00:00.000Z");
  expect(at(23, "Pacific/Kiritimati", "2025-12-12T12:00:00Z")).toBe("2025-12-12T09:00:00.000Z");
  expect(at(0, "Asia/Kolkata", "2025-12-12T18:30:00Z")).toBe("2025-12-12T18:30:00.000Z");
  expect(at(8, "America/New_York", "2025-03-09T13:00:00Z")).toBe("2025-03-09T12:00:00.000Z");
  // 2 o'clock does not exist on this day.
  expect(at(2, "America/New_York", "2025-03-09T12:00:00Z")).toMatch(/^2025-03-09T0[67]:00/);
  expect(["Europe/Berlin", "UTC", "Mars/Base", "", "../etc"].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test.each(["Europe/Berlin", "Asia/Kolkata", "Europe/Kyiv", "america/new_york", "Etc/UTC", "GMT"])(
  "%s is a time zone",
  (name) => expect(isTimeZone(name)).toBe(true),
);
test.each(["", "Berlin", "+02:00", "Mars/Olympus", "8"])("%s is no time zone", (name) =>
  expect(isTimeZone(name)).toBe(false),
);
