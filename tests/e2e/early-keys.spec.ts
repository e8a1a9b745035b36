import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { openOwnServer } from "./own-server";
import { copyFilled } from "./scrape-into";
import { expect, test as watched } from "./test";

const site = openOwnServer(23_600, { forAll: true });
const day = "/papers/date/2025-12-10";

/** A way to the site on which the end of each page, and with it the island, waits for `release`. */
const test = watched.extend<{ slow: { base: string; release: () => void } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture asks for
  slow: async ({}, use) => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server: Server = createServer((asked, answer) => {
      const { url, method, headers } = asked;
      const passed = { ...headers, "accept-encoding": "identity" };
      const onward = request(`${site.base}${url}`, { method, headers: passed }, async (got) => {
        const { "content-length": _, ...kept } = got.headers;
        answer.writeHead(got.statusCode ?? 500, kept);
        if (!kept["content-type"]?.startsWith("text/html")) return got.pipe(answer);
        const html = (await got.setEncoding("utf8").toArray()).join("");
        const end = html.lastIndexOf("<script");
        answer.write(html.slice(0, end));
        await released;
        answer.end(html.slice(end));
      });
      onward.on("error", () => answer.destroy()); // the site is stopped before this is
      asked.pipe(onward);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo; // it listens at a port
    await use({ base: `http://127.0.0.1:${port}`, release });
    server.closeAllConnections();
    server.close();
  },
  baseURL: async ({ slow }, use) => use(slow.base),
});

test.beforeAll(async () => {
  copyFilled(site.folder());
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

const told = (page: Page, words: string) => page.getByRole("status").filter({ hasText: words });

/** The page as far as it has come: all of it to see, without its island. */
async function open(page: Page) {
  await page.goto(day, { waitUntil: "commit" });
  await expect(page.getByRole("contentinfo")).toBeVisible();
}

test("keys that were pressed before the page's script had started act when it has", async ({
  page,
  slow,
}) => {
  await open(page);
  for (const key of ["j", "x", "j", "x", "?", "Escape", "k"]) await page.keyboard.press(key);
  slow.release();
  await expect(told(page, "2 papers selected.")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("article").nth(0).getByRole("heading").getByRole("link")).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});

test("a dialog that an early key asked for is open", async ({ page, slow }) => {
  await open(page);
  await page.keyboard.press("?");
  slow.release();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});

test("words typed into the palette before the script had started are in it, and Enter acts", async ({
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

test("an early search is typed and asked for", async ({ page, slow }) => {
  await open(page);
  await page.keyboard.type("/quiet agents");
  await page.keyboard.press("Enter");
  slow.release();
  await expect(page).toHaveURL(/\/papers\?q=quiet\+agents/);
});

test("a paper that an early key chose is opened by an early Enter", async ({ page, slow }) => {
  await open(page);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  slow.release();
  await expect(page).toHaveURL("/papers/2512.90001");
});

test("what is typed early into the page's own field stays there, and no key of it acts", async ({
  page,
  slow,
}) => {
  await open(page);
  const search = page.getByRole("searchbox", { name: "Search papers" });
  await search.click();
  await page.keyboard.type("jx?");
  slow.release();
  await page.waitForLoadState();
  await expect(search).toHaveValue("jx?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("early keys do nothing where keys are switched off, except Control-K", async ({ page, slow }) => {
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

test("an early key that means nothing on a chosen setting stops none after it", async ({ page, slow }) => {
  await page.goto("/settings", { waitUntil: "commit" });
  await page.getByRole("radio", { name: "Dark" }).focus();
  await page.keyboard.press("z");
  await page.keyboard.press("?");
  slow.release();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});

test("a key that is pressed while a style sheet is on its way is kept", async ({ page, slow }) => {
  let arrive = () => {};
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route("/me.css*", async (route) => {
    await held;
    await route.continue();
  });
  slow.release();
  await page.goto(day, { waitUntil: "commit" });
  await page.waitForFunction(() => "takeEarlyKeys" in window);
  await page.keyboard.press("?");
  arrive();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});
