import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { openOwnServer } from "./own-server";
import { copyFixtureLibrary } from "./scrape-into";
import { test as baseTest, expect } from "./test";

const site = openOwnServer(23_600, { forAll: true });
const day = "/papers/date/2025-12-10";

/** A proxy to the site that holds back the end of each page, and with it the page's script, until `release` is called. */
const test = baseTest.extend<{ slow: { base: string; release: () => void } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from this pattern
  slow: async ({}, use) => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server: Server = createServer((incoming, outgoing) => {
      const { url, method, headers } = incoming;
      const sent = { ...headers, "accept-encoding": "identity" };
      const upstream = request(`${site.base}${url}`, { method, headers: sent }, async (response) => {
        const { "content-length": _, ...received } = response.headers;
        outgoing.writeHead(response.statusCode ?? 500, received);
        if (!received["content-type"]?.startsWith("text/html")) return response.pipe(outgoing);
        const html = (await response.setEncoding("utf8").toArray()).join("");
        const end = html.lastIndexOf("<script");
        outgoing.write(html.slice(0, end));
        await released;
        outgoing.end(html.slice(end));
      });
      upstream.on("error", () => outgoing.destroy()); // the site stops before this proxy does
      incoming.pipe(upstream);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo; // an AddressInfo, because it listens on a port
    await use({ base: `http://127.0.0.1:${port}`, release });
    server.closeAllConnections();
    server.close();
  },
  baseURL: async ({ slow }, use) => use(slow.base),
});

test.beforeAll(async () => {
  copyFixtureLibrary(site.folder());
  await site.start();
});

async function saveKeys(keys: string): Promise<void> {
  const saved = await fetch(`${site.base}/settings/save`, {
    method: "POST",
    body: new URLSearchParams({ keys }),
    headers: { Origin: site.base },
    redirect: "manual",
  });
  expect(saved.status).toBe(303);
}

const statusMessage = (page: Page, words: string) => page.getByRole("status").filter({ hasText: words });

/** Opens the page and waits until all of it is visible. Its script has not arrived yet. */
async function open(page: Page) {
  await page.goto(day, { waitUntil: "commit" });
  await expect(page.getByRole("contentinfo")).toBeVisible();
}

test("keys pressed before the page's script starts take effect once it runs", async ({ page, slow }) => {
  await open(page);
  for (const key of ["j", "x", "j", "x", "?", "Escape", "k"]) await page.keyboard.press(key);
  slow.release();
  await expect(statusMessage(page, "2 papers selected.")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("article").nth(0).getByRole("heading").getByRole("link")).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});

test("an early ? opens the keyboard shortcuts", async ({ page, slow }) => {
  await open(page);
  await page.keyboard.press("?");
  slow.release();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});

test("an early Control-K opens the palette, and Enter searches for what was typed early", async ({
  page,
  slow,
}) => {
  await open(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("quiet agentz");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("s");
  await page.keyboard.press("Enter");
  slow.release();
  await expect(page).toHaveURL("/papers?q=quiet%20agents");
});

test("an early / starts a search for what is typed after it", async ({ page, slow }) => {
  await open(page);
  await page.keyboard.type("/quiet agents");
  await page.keyboard.press("Enter");
  slow.release();
  await expect(page).toHaveURL(/\/papers\?q=quiet\+agents/);
});

test("an early j and Enter open the first paper", async ({ page, slow }) => {
  await open(page);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  slow.release();
  await expect(page).toHaveURL("/papers/2512.90001");
});

test("text typed early into the page's search field stays there and triggers no shortcut", async ({
  page,
  slow,
}) => {
  await open(page);
  const search = page.getByLabel("Search papers");
  await search.click();
  await page.keyboard.type("jx?");
  slow.release();
  await page.waitForLoadState();
  await expect(search).toHaveValue("jx?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("with shortcuts turned off, Control-K is the only early key that works", async ({ page, slow }) => {
  await saveKeys("off");
  await open(page);
  await page.keyboard.press("j");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("jx");
  slow.release();
  await expect(page.getByRole("combobox", { name: "Command" })).toHaveValue("jx");
  await page.keyboard.press("Escape");
  await expect(page.locator("article:focus-within")).toHaveCount(0);
  await saveKeys("on");
});

test("an early key that does nothing on a focused setting does not block the next key", async ({
  page,
  slow,
}) => {
  await page.goto("/settings", { waitUntil: "commit" });
  await page.getByRole("radio", { name: "Dark" }).focus();
  await page.keyboard.press("z");
  await page.keyboard.press("?");
  slow.release();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});

test("a key pressed while a style sheet is loading takes effect afterwards", async ({ page, slow }) => {
  let releaseSheet = () => {};
  const released = new Promise<void>((resolve) => {
    releaseSheet = resolve;
  });
  await page.route("/me.css*", async (route) => {
    await released;
    await route.continue();
  });
  slow.release();
  await page.goto(day, { waitUntil: "commit" });
  await page.waitForFunction(() => "takeEarlyKeys" in window);
  await page.keyboard.press("?");
  releaseSheet();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});
