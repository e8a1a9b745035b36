import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { newFrontCounts } from "@/lib/http/front-counts";
import { routes } from "@/lib/http/routes";
import { openTestLibrary } from "@/tests/library";
import { answersMetrics, metricsServer } from "../../scripts/metrics/answer-metrics";
import { openLibraryMetrics } from "../../scripts/metrics/library-metrics";
import { openRequestMetrics } from "../../scripts/metrics/request-metrics";

const { db } = openTestLibrary();

let server: Server | undefined;
afterEach(() => server?.close());

async function listen(opened: Server): Promise<string> {
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(opened.address() as AddressInfo).port}`; // it listens on a port
}

const seriesOf = (text: string) => text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

test("requests are counted by the pattern of their address, however many addresses clients make up", async () => {
  const metrics = await openRequestMetrics(newFrontCounts());
  metrics.observe("/papers/date/2025-12-11", 200, 0.4);
  metrics.observe("/papers/date/2025-12-10?tag=llm", 200, 20);
  metrics.observe("/papers/date/2025-02-30", 404, 3);
  metrics.observe("/%E0%A4%A", 400, 1);
  for (let at = 0; at < 5000; at++) metrics.observe(`/made/up/${at}?q=${at}`, 404, 1);
  const text = await metrics.text();
  const count = (route: string, status: number) =>
    Number(
      new RegExp(
        `^broadsheet_http_request_duration_seconds_count\\{route="${route.replace(/[[\].]/g, "\\$&")}",status="${status}"\\} (\\d+)$`,
        "m",
      ).exec(text)?.[1],
    );
  expect(count("/papers/date/[day]", 200)).toBe(2);
  expect(count("/papers/date/[day]", 404)).toBe(1);
  expect(count("malformed", 400)).toBe(1);
  expect(count("/[...path]", 404)).toBe(5000);
  expect(text).toContain(
    'broadsheet_http_request_duration_seconds_bucket{le="0.0005",route="/papers/date/[day]",status="200"} 1\n',
  );
  const labels = [...text.matchAll(/route="([^"]+)"/g)].map(([, route]) => route ?? "");
  expect(labels.filter((route) => route !== "malformed" && !(route in routes))).toEqual([]);
});

test("what the front counted is shown", async () => {
  const counts = newFrontCounts();
  const { text } = await openRequestMetrics(counts);
  Object.assign(counts, { hits: 7, outdated: 1, misses: 2, rendering: 3 });
  for (const _ of [1, 2])
    expect(seriesOf(await text())).toEqual(
      expect.arrayContaining([
        'broadsheet_cache_requests_total{result="hit"} 7',
        'broadsheet_cache_requests_total{result="outdated"} 1',
        'broadsheet_cache_requests_total{result="miss"} 2',
        "broadsheet_pages_rendering 3",
      ]),
    );
});

test("the library's papers and imports are shown, and only that it is down while it is", async () => {
  const text = await openLibraryMetrics();
  await expect // the first statement loads the driver
    .poll(async () => seriesOf(await text()))
    .toEqual(expect.arrayContaining(["broadsheet_library_up 1", "broadsheet_papers 0"]));
  await db().import.createMany({
    data: [
      { at: new Date(), source: "a", format: "jsonl", new: 3, rejected: 1 },
      { at: new Date(), source: "b", format: "jsonl", new: 2, updated: 1 },
      { at: new Date(), source: "c", error: "no such file" },
    ],
  });
  await db().revision.update({ where: { id: 1 }, data: { importedAt: new Date("2026-02-03T04:05:06Z") } });
  for (const _ of [1, 2])
    expect(seriesOf(await text())).toEqual(
      expect.arrayContaining([
        'broadsheet_imports_total{format="jsonl",result="ok"} 2',
        'broadsheet_imports_total{format="unknown",result="failed"} 1',
        'broadsheet_import_entries_total{result="new"} 5',
        'broadsheet_import_entries_total{result="rejected"} 1',
        `broadsheet_last_import_timestamp_seconds ${Date.parse("2026-02-03T04:05:06Z") / 1000}`,
        expect.stringMatching(/^process_resident_memory_bytes \d+$/),
      ]),
    );
  process.env.DATABASE_URL = "postgresql://ada:secret@127.0.0.1:1/papers";
  await closeDatabase();
  const down = seriesOf(await text());
  expect(down).toContain("broadsheet_library_up 0");
  expect(down.filter((line) => /_papers|_import/.test(line))).toEqual([]);
});

test("the port for metrics has them at /metrics and nothing else", async () => {
  const base = await listen(metricsServer(async () => "up 1\n"));
  const answer = await fetch(`${base}/metrics`);
  expect([answer.status, await answer.text()]).toEqual([200, "up 1\n"]);
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect((await fetch(`${base}/`)).status).toBe(404);
  expect((await fetch(`${base}/metrics`, { method: "POST" })).status).toBe(405);
});

test("on the site's port, metrics need the token", async () => {
  const token = "0123456789abcdef";
  const base = await listen(
    createServer((incoming, response) => {
      if (!answersMetrics(incoming, response, token, async () => "up 1\n")) response.end("a page");
    }),
  );
  const ask = (authorization?: string) =>
    new Promise<[number | undefined, string]>((resolve, reject) => {
      request(`${base}/metrics?x`, { headers: authorization ? { authorization } : {} }, async (answer) =>
        resolve([answer.statusCode, Buffer.concat(await answer.toArray()).toString()]),
      )
        .on("error", reject)
        .end();
    });
  expect(await ask(`Bearer ${token}`)).toEqual([200, "up 1\n"]);
  const refused = [401, "Broadsheet: expected the token of METRICS_TOKEN.\n"];
  for (const wrong of [undefined, "Bearer", `Bearer ${token}x`, `Basic ${token}`, token])
    expect(await ask(wrong)).toEqual(refused);
  expect(await (await fetch(`${base}/papers`)).text()).toBe("a page");
});
