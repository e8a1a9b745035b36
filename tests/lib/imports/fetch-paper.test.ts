import { expect, test } from "vitest";
import { databaseProblem } from "@/lib/db/problem";
import { retryWhileLocked } from "@/lib/db/retry-while-locked";
import { fetchPaper, findLastFailure } from "@/lib/imports/fetch-paper";
import { forgetListing } from "@/lib/imports/forget-listing";
import { openNetwork } from "@/lib/net/fetch";
import { setMark } from "@/lib/readers/marks";
import { openFakeHub } from "@/tests/hub";
import { hubAnswer } from "@/tests/hub-answer";
import { lockLibrary, openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();
const hub = openFakeHub();

test.each([
  [
    "one timeout per source",
    { timeoutMs: 2000 },
    "Hugging Face: expected an answer within 2 s, got none; arXiv does not have this paper",
  ],
  ["one timeout for both", { signal: AbortSignal.timeout(0) }, "Hugging Face: timed out; arXiv: timed out"],
])("if Hugging Face hangs, the recorded error names each source: %s", async (_, options, message) => {
  hub.answers((url, response) => {
    if (url.pathname.startsWith("/api")) response.writeHead(404).end();
  });
  const network = openNetwork({ ...options, trusted: [hub.url()] });
  await fetchPaper(db(), { network, hub: hub.url(), arxivApi: hub.url() }, "2512.00001");
  expect((await findLastFailure(db(), "2512.00001"))?.error).toBe(message);
  await network.close();
});

const atomOf = (id: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id><entry><id>http://arxiv.org/abs/${id}v1</id><title>Lamps</title><summary>They shine.</summary></entry></feed>`;

test("fetching a paper, bookmarking and removing a listing wait while another program writes, and then succeed", async () => {
  for (const [id, day] of [
    ["2512.00002", "2025-12-10"],
    ["2512.00003", "2025-12-11"],
  ] as const)
    await scrapeBody(db(), hubAnswer([{ id, day }]));
  const { id: listing } = await db().listing.findFirstOrThrow({ where: { listedOn: "2025-12-11" } });
  hub.answers((url, response) => {
    if (url.pathname.startsWith("/api")) response.end(atomOf("2512.00001"));
    else response.writeHead(404).end();
  });
  const network = openNetwork({ trusted: [hub.url()] });
  const unlock = await lockLibrary();
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 5);
  const written = Promise.all([
    fetchPaper(db(), { network, hub: hub.url(), arxivApi: hub.url() }, "2512.00001"),
    setMark("local", "Bookmark", ["2512.00002"], true),
    retryWhileLocked(() => forgetListing(db(), listing)),
  ]);
  // Both sources have answered, and the event loop keeps running: nothing blocks inside SQLite.
  await expect.poll(() => hub.requests.length).toBe(2);
  const before = ticks;
  await expect.poll(() => ticks).toBeGreaterThan(before + 10);
  expect(await db().paper.count()).toBe(2);
  await unlock();
  await written;
  clearInterval(ticking);
  await network.close();
  expect(await db().bookmark.count()).toBe(1);
  expect(await db().paper.findMany({ select: { id: true }, orderBy: { id: "asc" } })).toEqual([
    { id: "2512.00001" },
    { id: "2512.00002" },
  ]);
});

test("a fetch reports a library that stays locked, not a failure of the source", async () => {
  hub.answers((_, response) => response.end(atomOf("2512.00001")));
  const network = openNetwork({ trusted: [hub.url()] });
  const unlock = await lockLibrary();
  const failed = await fetchPaper(db(), { network, hub: hub.url(), arxivApi: hub.url() }, "2512.00001").catch(
    (error: unknown) => databaseProblem(error),
  );
  await unlock();
  await network.close();
  expect(failed).toContain("another program is writing to it");
  expect(await findLastFailure(db(), "2512.00001")).toBeNull();
});
