import path from "node:path";
import type { Page } from "@playwright/test";
import { openOwnServer } from "./own-server";
import { scrapeInto } from "./scrape-into";
import { expect, test } from "./test";

const samples = process.env.SAMPLES ?? "";
const listing = (name: string) => path.join(samples, "listings", name);
const site = openOwnServer(21_900);

// A server that is killed resets the connections that are open, and then refuses new ones.
test.use({ baseURL: site.base, expectedErrors: [/net::ERR_CONNECTION_(?:REFUSED|RESET)/] });
test.skip(samples === "", "needs SAMPLES, the real listings of two mornings");

// The count is generated content of the reader's style sheet.
const newCount = (page: Page) =>
  page.locator("[data-new]").evaluate((one) => getComputedStyle(one, "::before").content);
const title = (page: Page) => page.getByRole("heading", { level: 1 });
const statusMessage = (page: Page, words: string | RegExp) =>
  page.getByRole("status").filter({ hasText: words });
const removeButtons = (page: Page) => page.getByRole("button", { name: /^Remove bookmark:/ });

test("over two mornings, a reader reads, bookmarks, undoes, finds what is new, and catches up to the end", async ({
  page,
}, info) => {
  test.setTimeout(240_000);
  let steps = 0;
  const step = (name: string, act: () => Promise<void>) =>
    test.step(name, async () => {
      await act();
      const file = `${String(++steps).padStart(2, "0")}-${name.toLowerCase().replace(/\W+/g, "-")}.png`;
      await page.screenshot({ path: info.outputPath(file) });
    });
  const keyboard = {
    press: async (key: string) => {
      await page.waitForLoadState(); // keys work only after that
      await page.keyboard.press(key);
    },
    type: (text: string) => page.keyboard.type(text),
  };
  scrapeInto(site.env(), listing("hf-api/2025-12-10.json"));
  await site.start();

  await step("Open the latest edition", async () => {
    await page.goto("/");
    await expect(title(page)).toHaveText("Wednesday, 10 December 2025");
    expect(await newCount(page)).toBe('"10 new"');
  });
  await step("Go to the first paper", async () => {
    await keyboard.press("j");
    await expect(page.getByRole("article").first().getByRole("heading").getByRole("link")).toBeFocused();
  });
  await step("Mark it as seen and move on to the second", async () => {
    await keyboard.press("m");
    await keyboard.press("j");
    await expect.poll(() => newCount(page)).toBe('"9 new"');
  });
  await step("Open the second paper", async () => {
    await keyboard.press("o");
    await expect(page).toHaveURL(/\/papers\/2512\.\d{5}$/);
    await expect(page.getByRole("button", { name: /^Mark as new:/ })).toBeVisible();
  });
  await step("Open the next paper", async () => {
    const before = page.url();
    await keyboard.press("]");
    await expect(page).not.toHaveURL(before);
    await expect(page.getByText("3 of 10", { exact: true })).toBeVisible();
  });
  await step("Bookmark it", async () => {
    await keyboard.press("s");
    await expect(removeButtons(page)).toBeVisible();
  });
  await step("Go back to the edition", async () => {
    await keyboard.press("g");
    await keyboard.press("d");
    await expect(title(page)).toHaveText("Wednesday, 10 December 2025");
    await expect(removeButtons(page)).toHaveCount(1);
    await expect.poll(() => newCount(page)).toBe('"7 new"');
  });
  await step("Select two papers", async () => {
    for (const key of ["j", "x", "j", "x"]) await keyboard.press(key);
    await expect(statusMessage(page, "2 papers selected.")).toBeVisible();
  });
  await step("Bookmark both", async () => {
    await keyboard.press("s");
    await expect(removeButtons(page)).toHaveCount(3);
  });
  await step("Undo both bookmarks", async () => {
    await keyboard.press("u");
    await expect(statusMessage(page, "Undone: Added 2 papers to library")).toBeVisible();
    await expect(removeButtons(page)).toHaveCount(1);
  });
  await step("Mark the whole day as seen", async () => {
    await keyboard.press("Shift+A");
    await expect.poll(() => newCount(page)).toBe("none");
  });
  await step("See that nothing new is left", async () => {
    await keyboard.press("g");
    await keyboard.press("u");
    await expect(title(page)).toHaveText("You’re all caught up");
    await page.goBack();
  });

  // The next morning: the page is still open.
  scrapeInto(site.env(), listing("hf-api/2025-12-11.json"));
  scrapeInto(site.env(), listing("text/hf-papers-dec-11.txt"));
  await step("Return to the new papers", async () => {
    // A headless browser shows every tab, so the event of returning to one is dispatched by hand.
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await expect(statusMessage(page, "56 new papers.")).toBeVisible();
    await page.getByRole("link", { name: "Reload" }).click();
    await expect(title(page)).toHaveText("Thursday, 11 December 2025");
    await expect.poll(() => newCount(page)).toBe('"56 new"');
  });
  await step("Catch up", async () => {
    await keyboard.press("g");
    await keyboard.press("u");
    await expect(page.getByText("56 new papers since 10 Dec 2025")).toBeVisible();
    await expect(page.getByRole("article")).toHaveCount(50);
  });
  await step("Show titles only", async () => {
    await page.getByText("View", { exact: true }).click();
    await page.getByRole("button", { name: "Titles" }).click();
    await expect(page.locator("[data-key]").first()).toBeHidden();
    await page.keyboard.press("Escape");
  });
  await step("Mark three papers as seen", async () => {
    for (const _ of [1, 2, 3]) {
      await keyboard.press("j");
      await keyboard.press("m");
    }
    await expect(page.getByRole("button", { name: /^Mark as new:/ })).toHaveCount(3);
    await expect(page.locator("article[data-seen]")).toHaveCount(0);
    await page.reload();
    await expect(page.getByText("53 new papers")).toBeVisible();
  });
  await step("Search", async () => {
    await keyboard.press("/");
    await keyboard.type("weight sharing");
    await keyboard.press("Enter");
    await expect(statusMessage(page, /^\d+ papers/)).toBeVisible();
    await expect(page.getByRole("article").first()).toBeVisible();
  });
  await step("Bookmark while the server is down", async () => {
    await site.stop("SIGKILL");
    await keyboard.press("j");
    await keyboard.press("s");
    await expect(page.getByText("Not saved: could not reach the server.")).toBeVisible();
    await expect(removeButtons(page)).toHaveCount(0);
  });
  await step("Bookmark again when it is back", async () => {
    await site.start();
    await keyboard.press("s");
    await expect(removeButtons(page)).toHaveCount(1);
    await expect(page.getByText("Not saved")).toHaveCount(0);
  });
  await step("Find the bookmarks", async () => {
    await keyboard.press("g");
    await keyboard.press("l");
    await expect(page.getByRole("article")).toHaveCount(2);
  });
  await step("Catch up to the end", async () => {
    await page.goto("/catch-up");
    await page.getByRole("button", { name: /^Mark all (\d+ )?as seen$/ }).click();
    await expect(title(page)).toHaveText("You’re all caught up");
  });
});
