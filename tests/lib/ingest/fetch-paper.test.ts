import { expect, test } from "vitest";
import { openNetwork } from "@/lib/ingest/fetch";
import { fetchPaper, findFailure } from "@/lib/ingest/fetch-paper";
import { openPlayedHub } from "@/tests/hub";
import { openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();
const hub = openPlayedHub();

test.each([
  [
    "each its own time",
    { timeoutMs: 200 },
    "the Hub: expected an answer within 0.2 s, got none; arXiv has no such paper",
  ],
  [
    "one time for both",
    { signal: AbortSignal.timeout(0) },
    "the Hub: expected an answer in time, got none; arXiv: expected an answer in time, got none",
  ],
])("where the Hub hangs it is said in words, and by name; with %s", async (_, options, words) => {
  hub.plays((url, response) => {
    if (url.pathname.startsWith("/api")) response.writeHead(404).end();
  });
  const network = openNetwork(options);
  const bodies = { folder: "nowhere", mostBytes: 0 };
  await fetchPaper(db(), { network, hub: hub.url(), arxivApi: hub.url(), bodies }, "2512.00001");
  expect((await findFailure(db(), "2512.00001"))?.error).toBe(words);
  await network.close();
});
