import { execFileSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { toHubDay } from "@/lib/days";
import { hubAnswer } from "../hub-answer";
import { openOwnServer } from "./own-server";

const { base, env, setHub, start } = openOwnServer(3900);
const today = toHubDay(new Date());

let hub: Server;
let papersToday = 1;
/** The server that stands in for Hugging Face waits for this before it answers. */
let mayAnswer: Promise<void> = Promise.resolve();

test.beforeEach(async () => {
  papersToday = 1;
  hub = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", base);
    await mayAnswer;
    if (pathname === "/papers/2512.77777") return response.writeHead(404).end();
    if (pathname === "/api/query") return response.end(arxivAnswer(searchParams.get("id_list") ?? ""));
    const day = searchParams.get("date") ?? today;
    const ids = day === today ? Array.from({ length: papersToday }, (_, at) => `2512.6000${at}`) : [];
    response.end(hubAnswer(ids.map((id) => ({ id, day, title: `Today’s ${id}` }))));
  });
  await new Promise<void>((resolve) => hub.listen(0, "127.0.0.1", resolve));
  setHub(`http://127.0.0.1:${(hub.address() as AddressInfo).port}`);
  execFileSync(process.execPath, ["scripts/scrape.mjs", "tests/fixtures/e2e/2025-12-10.json"], {
    env: env(),
  });
});
test.afterEach(() => {
  hub.closeAllConnections();
  hub.close();
});

function arxivAnswer(id: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">
    <id>http://arxiv.org/api/x</id><title>arXiv Query: search_query=&amp;id_list=${id}</title><entry>
    <id>http://arxiv.org/abs/${id}v2</id><published>2025-12-03T10:00:00Z</published><updated>2025-12-05T10:00:00Z</updated>
    <title>Fetched Alone</title><summary>A paper that was asked for by its id.</summary>
    <author><name>Ada Lark</name></author><category term="cs.CL"/></entry></feed>`;
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("Refresh now shows its progress and then how many papers are new", async ({ page }) => {
      let release = () => {};
      mayAnswer = new Promise((resolve) => {
        release = resolve;
      });
      await start();
      await page.goto(`${base}/sources`);
      await expect(page.getByText("Never refreshed.")).toBeVisible();
      await page.getByRole("button", { name: "Refresh now" }).click();
      await expect(async () => {
        if (!javaScriptEnabled) await page.goto(`${base}/sources`);
        await expect(page.getByRole("status").filter({ hasText: `Refreshing: ${today}` })).toBeVisible();
      }).toPass();
      release();
      await expect(async () => {
        if (!javaScriptEnabled) await page.goto(`${base}/sources`);
        await expect(page.getByText(/^Refreshed less than a minute ago: 1 new paper/)).toBeVisible();
      }).toPass({ timeout: 60_000 });
      await page.goto(base);
      await expect(page.getByRole("link", { name: "Today’s 2512.60000", exact: true })).toBeVisible();
      await expect(page.getByText("Still open: Hugging Face adds papers until")).toBeVisible();
    });

    test("Fetch this day fetches a day that was never imported, and leads back to it", async ({ page }) => {
      await start();
      await page.goto(`${base}/papers/date/${today}`);
      await expect(page.getByText("Nothing was imported for this day.")).toBeVisible();
      await expect(page.getByText(`npm run scrape -- --date ${today}`)).toBeVisible();
      await page.getByRole("button", { name: "Fetch this day" }).click();
      await expect(async () => {
        if (!javaScriptEnabled) await page.reload();
        await expect(page.getByText(/^Refreshed less than a minute ago: 1 new paper/)).toBeVisible();
      }).toPass({ timeout: 60_000 });
      await page.getByRole("link", { name: /^Go to / }).click();
      await expect(page).toHaveURL(`${base}/papers/date/${today}`);
      await expect(page.getByRole("link", { name: "Today’s 2512.60000", exact: true })).toBeVisible();
      await page.goto(`${base}/papers/date/2023-05-03`);
      await expect(page.getByText("Hugging Face began its daily papers on")).toBeVisible();
      await expect(page.getByRole("button", { name: "Fetch this day" })).toHaveCount(0);
    });

    test("a stale library says so on the front page, until a refresh", async ({ page }) => {
      await start();
      await page.goto(base);
      const note = page.getByRole("note").filter({ hasText: "Newest papers are from 10 Dec 2025." });
      await note.getByRole("button", { name: "Refresh" }).click();
      await expect(async () => {
        if (!javaScriptEnabled) await page.reload();
        await expect(page.getByText(/^Refreshed less than a minute ago: 1 new paper/)).toBeVisible();
      }).toPass({ timeout: 60_000 });
      await page.goto(base);
      await expect(page.getByRole("link", { name: "Today’s 2512.60000", exact: true })).toBeVisible();
      await expect(page.getByText("Newest papers are from")).toHaveCount(0);
    });

    test("Fetch paper adds a missing arXiv paper, or says why it could not", async ({ page }) => {
      await start();
      expect((await page.goto(`${base}/papers/2512.77777`))?.status()).toBe(404);
      await page.getByRole("button", { name: "Fetch paper" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fetched Alone");
      await expect(page).toHaveURL(`${base}/papers/2512.77777`);
      await page.goto(`${base}/papers/2512.88888`);
      hub.closeAllConnections();
      await new Promise((resolve) => hub.close(resolve));
      await page.getByRole("button", { name: "Fetch paper" }).click();
      await expect(
        page.getByText(
          /^Could not fetch it on .*: Hugging Face: could not connect to 127\.0\.0\.1; arXiv: could not connect to 127\.0\.0\.1/,
        ),
      ).toBeVisible();
    });
  });
}

test("an open page offers to load papers imported while the reader was away", async ({ page, context }) => {
  await start();
  await page.goto(base);
  execFileSync(process.execPath, ["scripts/scrape.mjs", "tests/fixtures/e2e/2025-12-11.json"], {
    env: env(),
  });
  const other = await context.newPage();
  await other.goto(`${base}/sources`);
  await page.bringToFront();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  const offer = page.getByRole("status").filter({ hasText: "2 new papers." });
  await expect(offer).toBeVisible();
  await offer.getByRole("link", { name: "Reload" }).click();
  await expect(page.getByRole("link", { name: "Quiet Agents at Night" })).toBeVisible();
});
