import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { closingTimeOf } from "@/lib/days";
import { findDayState } from "@/lib/papers/day-state";
import { rateOf } from "@/scripts/progress";
import { main } from "@/scripts/scrape/scrape";
import { openFakeClock, openFakeHub } from "../hub";
import { hubAnswer } from "../hub-answer";
import { openTestLibrary } from "../library";

const hub = openFakeHub();
const { db } = openTestLibrary();
let clock = openFakeClock();
beforeEach(() => {
  clock = openFakeClock(Date.UTC(2026, 0, 15, 12));
  hub.useClock(clock);
  vi.stubEnv("HUB_URL", hub.url());
  vi.stubEnv("ARXIV_URL", hub.url());
});
afterEach(() => vi.unstubAllEnvs());

/** Runs the scraper in this process with the fake clock. Leaves out progress lines, which only slow machines print. */
async function scrape(args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  vi.spyOn(console, "log").mockImplementation((line) => void out.push(line));
  vi.spyOn(console, "error").mockImplementation((line) => void err.push(line));
  const code = await main(args, clock);
  return { code, out, err: err.filter((line) => !/^scrape: \S+, \d+ of \d+ days/.test(line)) };
}

const requestedDay = (url: URL) => url.searchParams.get("date") ?? "";
const papersOf = (day: string) =>
  hubAnswer([1, 2].map((at) => ({ id: `${day.slice(2, 4)}${day.slice(5, 7)}.${day.slice(8)}00${at}`, day })));
const listed = (day: string) => `${day} hf-api: 2 listed, 2 new, 0 updated, 0 unchanged, 0 rejected`;
const requestedDays = () => hub.requests.map(({ path }) => /date=([\d-]+)/.exec(path)?.[1]);

test("one day that fails does not stop the other days from being saved", async () => {
  hub.answers((url, response) => {
    const day = requestedDay(url);
    if (day === "2025-12-10") response.writeHead(500).end();
    else if (day === "2025-12-12") response.end("<p>We will be back");
    else if (day === "2025-12-13") response.end("[]");
    else response.end(papersOf(day));
  });
  const { code, out, err } = await scrape(["--since", "2025-12-09", "--until", "2025-12-13"]);
  expect([code, out]).toEqual([
    1,
    [
      listed("2025-12-09"),
      listed("2025-12-11"),
      "2025-12-13 hf-api: 0 listed, 0 new, 0 updated, 0 unchanged, 0 rejected",
    ],
  ]);
  expect(err).toEqual([
    "2025-12-10: not read: expected a listing, got 500 Internal Server Error",
    "2025-12-12: not read: expected JSON, got HTML",
  ]);
  expect(requestedDays().filter((day) => day === "2025-12-10")).toHaveLength(3);
  expect(Math.min(...hub.gaps())).toBeGreaterThanOrEqual(1000);
});

test("a scrape stops when Hugging Face asks for a long wait, and says from which day to continue", async () => {
  hub.answers((url, response) => {
    if (requestedDay(url) > "2025-12-09") response.writeHead(429, { "Retry-After": "3600" }).end();
    else response.end(papersOf(requestedDay(url)));
  });
  const { code, out, err } = await scrape(["--since", "2025-12-09", "--until", "2025-12-31"]);
  expect([code, out]).toEqual([1, [listed("2025-12-09")]]);
  expect(err).toEqual([
    "2025-12-10: not read: expected a listing, got 429, too many requests; it asks to wait 3600 s",
    "scrape: stopped at 2025-12-10; to continue, run with --since 2025-12-10",
  ]);
  expect(hub.requests).toHaveLength(2);
});

test("a scrape stops after Hugging Face fails on three days in a row", async () => {
  hub.answers((_, response) => response.writeHead(403).end());
  const { code, err } = await scrape(["--since", "2025-12-09", "--until", "2025-12-31"]);
  expect([code, err.at(-1)]).toEqual([
    1,
    "scrape: stopped at 2025-12-11; to continue, run with --since 2025-12-09",
  ]);
  expect(hub.requests).toHaveLength(3);
});

test("a scrape stops when Hugging Face sends the same list for every day, and saves nothing", async () => {
  hub.answers((_, response) => response.end(papersOf("2026-06-30")));
  const { code, out, err } = await scrape(["--since", "2025-12-09", "--until", "2025-12-31"]);
  expect([code, out, hub.requests.length]).toEqual([1, [], 3]);
  expect([err[0], err.at(-1)]).toEqual([
    "2025-12-09: not read: expected the list of 2025-12-09, got that of 2026-06-30",
    "scrape: stopped at 2025-12-11; to continue, run with --since 2025-12-09",
  ]);
  expect(await db().paper.count()).toBe(0);
  expect(await findDayState("2025-12-10", 0)).toMatchObject({
    is: "failed",
    error: "expected the list of 2025-12-10, got that of 2026-06-30",
  });
});

test.each(["<html>We will be back", '{"error":"maintenance"}'])(
  "a scrape stops after Hugging Face sends %s for three days in a row, and says to continue from the first",
  async (body) => {
    hub.answers((_, response) => response.end(body));
    // One day in between was imported after it closed, and is skipped.
    const at = new Date(closingTimeOf("2025-12-10").getTime() + 1);
    await db().import.create({
      data: { at, source: "hub", url: hub.url(), kind: "day", period: "2025-12-10", listed: 2 },
    });
    const { err } = await scrape(["--since", "2025-12-09", "--until", "2025-12-31"]);
    expect([hub.requests.length, err.at(-1)]).toEqual([
      3,
      "scrape: stopped at 2025-12-12; to continue, run with --since 2025-12-09",
    ]);
  },
);

test("a scrape waits when the rate limit is used up, and gets every day", async () => {
  let remaining = 2;
  let windowStart = clock.now();
  hub.answers((url, response) => {
    if (clock.now() >= windowStart + 60_000) [windowStart, remaining] = [clock.now(), 2];
    const reset = Math.ceil((windowStart + 60_000 - clock.now()) / 1000);
    remaining--;
    response
      .writeHead(remaining < 0 ? 429 : 200, { RateLimit: `"api";r=${Math.max(0, remaining)};t=${reset}` })
      .end(papersOf(requestedDay(url)));
  });
  const { code, out } = await scrape(["--since", "2025-12-01", "--until", "2025-12-05"]);
  expect([code, out.length, hub.requests.length]).toEqual([0, 5, 5]);
});

test("days imported after they closed are skipped, except those of the last two weeks", async () => {
  hub.answers((url, response) => response.end(papersOf(requestedDay(url))));
  for (const period of ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"]) {
    const at = new Date(closingTimeOf(period).getTime() + (period === "2025-12-31" ? -1 : 1));
    await db().import.create({
      data: { at, source: "hub", url: hub.url(), kind: "day", period, listed: 2 },
    });
  }
  const { code, err } = await scrape(["--since", "2025-12-29", "--until", "2026-01-03"]);
  expect([code, err]).toEqual([0, ["scrape: skipped 2 of 6 days, imported after they closed"]]);
  expect(requestedDays()).toEqual(["2025-12-29", "2025-12-31", "2026-01-02", "2026-01-03"]);
});

test("a replay reads every listing again except those that were removed", async () => {
  hub.answers((url, response) => response.end(papersOf(requestedDay(url))));
  await scrape(["--since", "2026-01-14"]);
  expect(await scrape(["--forget", "2"])).toMatchObject({ code: 0, err: [] });
  expect(await scrape(["--replay"])).toMatchObject({
    code: 0,
    out: ["2026-01-14 hf-api: 2 listed, 0 new, 0 updated, 2 unchanged, 0 rejected"],
  });
});

test("without --until, a scrape ends with the current day on Hugging Face", async () => {
  hub.answers((url, response) => response.end(papersOf(requestedDay(url))));
  await scrape(["--since", "2026-01-14"]);
  expect(requestedDays()).toEqual(["2026-01-14", "2026-01-15"]);
});

test("--arxiv fetches a category's feed with one request", async () => {
  hub.answers((_, response) => response.end(papersOf("2025-12-11")));
  expect(await scrape(["--arxiv", "cs.CL"])).toMatchObject({ code: 0, err: [], out: [expect.anything()] });
  expect(hub.requests.map(({ path }) => path)).toEqual(["/atom/cs.CL"]);
});

test.each(["cs.CL", "math", "hep-th", "astro-ph.GA", "cond-mat.mes-hall", "physics.optics", "q-bio.QM"])(
  "--arxiv accepts the category %s",
  async (category) => {
    hub.answers((_, response) => response.writeHead(404).end());
    expect(await scrape(["--arxiv", category])).toMatchObject({
      code: 1,
      err: [expect.stringContaining(`/atom/${category}: not read: expected a listing, got 404`)],
    });
  },
);

test.each(["", "CS.cl", "cs.", "../etc", "cs.CL/new", "cs.CL?x", "2508.04444", "cs CL"])(
  '--arxiv rejects "%s" as a category',
  async (category) => {
    const { code, err } = await scrape(["--arxiv", category]);
    expect([code, hub.requests.length]).toEqual([2, 0]);
    expect(err[0]).toContain(
      `scrape: --arxiv: expected an arXiv category like cs.CL or hep-th, got "${category}"`,
    );
  },
);

test("--arxiv cannot be combined with a SOURCE or with --trending", async () => {
  expect((await scrape(["--arxiv", "cs.CL", "file"])).err[0]).toContain(
    '--arxiv takes no SOURCE, got "file"',
  );
  expect((await scrape(["--arxiv", "cs.CL", "--trending"])).err[0]).toContain("got both");
});

test.each([
  [0, 100, 5000, ""],
  [30, 100, 30_000, "60 per minute, 70 s left"],
  [5, 1000, 60_000, "5.0 per minute, 3 h 19 min left"],
  [100, 1290, 100_000, "60 per minute, 20 min left"],
  [100, 100, 100_000, "60 per minute, 0 s left"],
])('the progress of %i of %i in %i ms is "%s"', (done, total, ms, text) => {
  expect(rateOf(done, total, ms)).toBe(text);
});
