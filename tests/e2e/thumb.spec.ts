import type { Locator, Page } from "@playwright/test";
import { openFixtureServer } from "./own-server";
import { expect, test } from "./test";

const site = openFixtureServer(22_500);
const paper = (page: Page, at: number) => page.getByRole("article").nth(at);
const title = (page: Page) => page.getByRole("heading", { level: 1 });
const bottom = (page: Page) => page.getByRole("navigation", { name: "Bottom" });

test.use({
  baseURL: site.base,
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
});

/** Where an element is once the page has stopped scrolling, for half a second in case the browser pauses. */
async function findPlace(page: Page, element: Locator): Promise<{ y: number; height: number }> {
  let last = await element.boundingBox();
  for (let still = 0; still < 5; ) {
    await page.waitForTimeout(100);
    const box = await element.boundingBox();
    still = box?.y === last?.y ? still + 1 : 0;
    last = box;
  }
  if (!last) throw new Error("swipe: the element is not visible");
  return last;
}

/** Drags a finger over an element, from its middle. */
async function swipe(page: Page, element: Locator, by: { x: number; y?: number }): Promise<void> {
  await element.scrollIntoViewIfNeeded();
  const box = await findPlace(page, element);
  const touches = await page.context().newCDPSession(page);
  const from = { x: 195, y: box.y + Math.min(box.height / 2, 60) };
  const at = (part: number) => [{ x: from.x + by.x * part, y: from.y + (by.y ?? 0) * part }];
  await touches.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(0) });
  for (const part of [0.2, 0.4, 0.6, 0.8, 1])
    await touches.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(part) });
  await touches.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

test("by thumb, a reader passes, bookmarks, undoes, opens and catches up to the end", async ({ page }) => {
  const step = test.step;
  await page.goto("/papers/date/2025-12-09");
  const total = await page.getByRole("article").count();

  await step("Scrolling past papers marks them as seen", async () => {
    await page.waitForTimeout(700); // in view long enough to count
    await swipe(page, paper(page, 2), { x: 0, y: -500 });
    await expect(paper(page, 0).getByRole("button", { name: /^Mark as new:/ })).toBeVisible();
  });
  await step("A swipe to the right bookmarks, and Undo takes it back", async () => {
    const fifth = paper(page, 5);
    await swipe(page, fifth, { x: 130 });
    await expect(fifth.getByRole("button", { name: /^Remove bookmark:/ })).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).first().tap();
    await expect(fifth.getByRole("button", { name: /^Bookmark:/ })).toBeVisible();
    await swipe(page, fifth, { x: 130 });
    await expect(fifth.getByRole("button", { name: /^Remove bookmark:/ })).toBeVisible();
  });
  await step("A swipe to the left marks as seen, a short or crooked one does nothing", async () => {
    const sixth = paper(page, 6);
    await swipe(page, sixth, { x: 50 });
    await swipe(page, sixth, { x: 100, y: 90 });
    await expect(sixth.getByRole("button", { name: /^Bookmark:/ })).toBeVisible();
    await swipe(page, sixth, { x: -130 });
    await expect(sixth.getByRole("button", { name: /^Mark as new:/ })).toBeVisible();
    await expect(sixth).not.toHaveAttribute("data-swipe");
  });
  await step("On a paper's page, a swipe leads to the next paper", async () => {
    await paper(page, 7).getByRole("heading").getByRole("link").tap();
    await expect(page.getByText(`8 of ${total}`, { exact: true })).toBeVisible();
    await swipe(page, title(page), { x: -130 });
    await expect(page.getByText(`9 of ${total}`, { exact: true })).toBeVisible();
    await swipe(page, title(page), { x: 130 });
    await expect(page.getByText(`8 of ${total}`, { exact: true })).toBeVisible();
  });
  await step("The bar at the bottom leads to the library", async () => {
    await bottom(page).getByRole("link", { name: "Library" }).tap();
    await expect(page.getByRole("article")).toHaveCount(1);
    await expect(page.getByText(/bookmarked .* ago/)).toBeVisible();
  });
  await step("Search puts the cursor into the search box", async () => {
    await bottom(page).getByRole("link", { name: "Search" }).tap();
    await expect(page.getByLabel("Search papers")).toBeFocused();
    await page.keyboard.type("weight");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("status").filter({ hasText: /^\d+ papers?/ })).toBeVisible();
  });
  await step("Any day can be chosen", async () => {
    await bottom(page).getByRole("link", { name: "Latest" }).tap();
    await page.getByLabel("Go to day").fill("2025-12-10");
    await expect(title(page)).toContainText("Wednesday, 10 December");
  });
  await step("The end of an edition says what is next, until nothing is left", async () => {
    await page.getByRole("button", { name: "Mark all as seen" }).tap();
    const next = page.getByRole("link", { name: "Next" }).last();
    await expect(next).toBeVisible();
    await bottom(page)
      .getByRole("link", { name: /^Catch up/ })
      .tap();
    await page.getByRole("button", { name: "Mark all as seen" }).tap();
    await expect(title(page)).toHaveText("You’re all caught up");
  });
});

test("bookmarked papers are never dimmed, and opened ones are", async ({ page }) => {
  await page.goto("/papers/date/2025-12-10");
  const color = (at: number) =>
    paper(page, at)
      .getByRole("heading")
      .evaluate((one) => getComputedStyle(one).color);
  const ink = await color(0);
  await swipe(page, paper(page, 0), { x: -130 });
  await expect.poll(() => color(0)).not.toBe(ink);
  await swipe(page, paper(page, 0), { x: 130 });
  await expect.poll(() => color(0)).toBe(ink);
  await expect(page.locator("article[data-keep], article[data-seen]")).toHaveCount(0);
  expect(await color(0)).toBe(ink);
  await page.reload();
  expect(await color(0)).toBe(ink);
});
