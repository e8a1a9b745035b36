import { once } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { moveDay, toHubDay } from "@/lib/days";
import { forgetListing } from "@/lib/imports/forget-listing";
import { refresh } from "@/lib/imports/refresh";
import { endRefresh, findRefresh } from "@/lib/imports/refresh-state";
import { spawnRefresh } from "@/lib/imports/spawn-refresh";
import { type Network, openNetwork } from "@/lib/net/fetch";
import { openFakeHub } from "@/tests/hub";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();
const hub = openFakeHub();
const now = new Date("2025-12-11T18:00:00Z");
const today = toHubDay(now);
let network: Network;
beforeEach(() => {
  network = openNetwork({ spacingMs: 0, tries: 1, trusted: [hub.url()] });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await network.close();
});

const events: string[] = [];
const run = (at = now, day: string | null = null) => {
  events.length = 0;
  const onDay = {
    imported: ({ head, counts }: { head: { period: string | null }; counts: { listed: number } }) =>
      void events.push(`${head.period} ${counts.listed}`),
    failed: (day: string, why: string) => void events.push(`${day} ${why}`),
  };
  return refresh(db(), { network, hub: hub.url() }, onDay, day, at);
};

/** Serves two papers for each weekday and none for weekends. */
function serveDays(upvotes = 1): void {
  hub.answers((url, response) => {
    const day = url.searchParams.get("date") ?? "";
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const id = (at: number) => `${day.slice(2, 4)}${day.slice(5, 7)}.${day.slice(8)}${at}00`;
    const items = weekday % 6 === 0 ? [] : [0, 1].map((at) => ({ id: id(at), day, upvotes }));
    response.setHeader("ETag", `"${day}-${upvotes}"`);
    response.end(hubAnswer(items));
  });
}

test("a refresh of one day fetches that day alone", async () => {
  serveDays();
  expect(await run(now, "2025-12-02")).toMatchObject({ failed: false, message: "2 new papers, 0 updated" });
  expect(hub.requests.map(({ path }) => path)).toEqual([expect.stringContaining("date=2025-12-02")]);
  expect(events).toEqual(["2025-12-02 2"]);
});

test("a refresh requests the last two weeks, newest first, and the next refresh skips the empty weekend days", async () => {
  serveDays();
  expect(await run()).toMatchObject({
    running: false,
    failed: false,
    message: "22 new papers, 0 updated",
  });
  expect(hub.requests).toHaveLength(15);
  expect(hub.requests[0]?.path).toContain(today);
  expect(hub.requests[14]?.path).toContain(moveDay(today, -14));
  hub.requests.length = 0;
  serveDays(5);
  expect(await run()).toMatchObject({ message: "0 new papers, 22 updated" });
  expect(hub.requests).toHaveLength(11);
});

test("the day of a removed listing is requested in full again", async () => {
  serveDays();
  await run();
  const { id } = await db().listing.findFirstOrThrow({ where: { period: "2025-12-10" } });
  expect(await forgetListing(db(), id)).toMatchObject({ removed: 2 });
  hub.answers((url, response) => {
    const day = url.searchParams.get("date") ?? "";
    expect(hub.requests.at(-1)?.headers["if-none-match"]).toBe(
      day === "2025-12-10" ? undefined : `"${day}-1"`,
    );
    response.end(hubAnswer([{ id: `2512.${day.slice(8)}000`, day }]));
  });
  await run();
  expect(await db().listing.count({ where: { period: "2025-12-10" } })).toBe(1);
});

test("an empty weekday is requested again until two late answers confirm it", async () => {
  hub.answers((_, response) => response.end("[]"));
  await run();
  hub.requests.length = 0;
  await run(new Date("2025-12-14T12:00:00Z"));
  const [holiday, weekend] = ["2025-12-09", "2025-12-07"];
  const askedFor = (day: string) => hub.requests.some(({ path }) => path.includes(day));
  expect([askedFor(holiday), askedFor(weekend)]).toEqual([true, false]);
  for (const at of ["2025-12-13T12:00:00Z", "2025-12-14T12:00:00Z"])
    await db().import.create({
      data: { at: new Date(at), source: "x", url: "x", kind: "day", period: holiday },
    });
  hub.requests.length = 0;
  await run(new Date("2025-12-14T12:00:00Z"));
  expect(askedFor(holiday)).toBe(false);
});

test("a refresh catches up on the days missed since the last import", async () => {
  serveDays();
  await db().import.create({
    data: { at: now, source: "x", url: "x", kind: "day", period: moveDay(today, -30), listed: 3 },
  });
  await run();
  expect(hub.requests).toHaveLength(31);
});

test("only one refresh runs at a time, and one that stops responding is replaced", async () => {
  serveDays();
  await db().refresh.update({ where: { id: 1 }, data: { startedAt: now, beatAt: now } });
  expect(await run()).toBeNull();
  expect(hub.requests).toHaveLength(0);
  const before = new Date(now.getTime() - 61_000);
  await db().refresh.update({ where: { id: 1 }, data: { startedAt: before, beatAt: before } });
  expect(await findRefresh(db(), now)).toMatchObject({ running: false, failed: true });
  expect(await run()).toMatchObject({ failed: false });
});

test("a refresh whose process is killed is replaced at once", async () => {
  hub.answers(() => {}); // it hangs
  vi.stubEnv("HUB_URL", hub.url());
  const child = spawnRefresh();
  const exit = once(child, "exit");
  const until = (running: boolean) =>
    vi.waitFor(async () => expect(await findRefresh(db())).toMatchObject({ running }), {
      timeout: 100_000,
      interval: 100,
    });
  await until(true);
  child.kill("SIGKILL");
  await exit;
  await until(false);
  expect(await findRefresh(db())).toMatchObject({ failed: true, message: "Stopped before finishing." });
  serveDays();
  expect(await run()).toMatchObject({ failed: false });
});

test("ending a refresh does not end one that another process started", async () => {
  await db().refresh.update({ where: { id: 1 }, data: { startedAt: now, beatAt: now } });
  await endRefresh(db(), new Date(now.getTime() + 1));
  expect(await findRefresh(db(), now)).toMatchObject({ running: true });
});

test("a refresh stops after three failures in a row and says why", async () => {
  hub.answers((_, response) => response.writeHead(503).end());
  expect(await run()).toMatchObject({
    failed: true,
    message: expect.stringContaining("3 days failed, 12 skipped: expected a listing, got 503"),
  });
  expect(events).toHaveLength(3);
  expect(await db().import.count({ where: { error: { not: null } } })).toBe(3);
});

test("if every day gets the same list, nothing is imported and the message says which list came", async () => {
  hub.answers((_, response) => response.end(hubAnswer([{ id: "2606.00001", day: "2026-06-30" }])));
  expect(await run()).toMatchObject({
    failed: true,
    message: `0 new papers, 0 updated; 3 days failed, 12 skipped: expected the list of ${moveDay(today, -2)}, got that of 2026-06-30`,
  });
  expect(await db().paper.count()).toBe(0);
});

test("a list with a missing page stores no validator, and its import says what is missing", async () => {
  hub.answers((url, response) => {
    if (url.searchParams.get("date") !== today) return response.end("[]");
    if (url.searchParams.has("p")) return response.writeHead(500).end();
    const ids = Array.from({ length: 100 }, (_, at) => `2512.${10_000 + at}`);
    response.setHeader("ETag", '"whole"').end(hubAnswer(ids.map((id) => ({ id, day: today }))));
  });
  await run();
  expect(await db().paper.count()).toBe(100);
  const read = await db().import.findFirstOrThrow({ where: { period: today } });
  expect(read.error).toContain("only the first 100 entries were read");
  expect(await db().validator.count()).toBe(0);
});
