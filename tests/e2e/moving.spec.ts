import type { Page } from "@playwright/test";
import { openFixtureServer } from "./own-server";
import { expect, test } from "./test";

const site = openFixtureServer(22_200);
const day = "/papers/date/2025-12-10";
const titles = (page: Page) => page.getByRole("article").getByRole("heading").getByRole("link");
const statusMessage = (page: Page, words: string | RegExp) =>
  page.getByRole("status").filter({ hasText: words });

test.use({ baseURL: site.base });

test("j moves to the next paper and marks nothing, unless the reader chose that passing a paper marks it as seen", async ({
  page,
}) => {
  await page.goto(day);
  for (const key of ["j", "j", "j"]) await page.keyboard.press(key);
  await expect(titles(page).nth(2)).toBeFocused();
  await expect(page.getByRole("button", { name: /^Mark as seen/ })).toHaveCount(3);
  await page.request.post("/settings/save", { form: { markSeen: "passed" } });
  await page.goto(day);
  const count = page.locator("[data-new]");
  const content = () => count.evaluate((one) => getComputedStyle(one, "::before").content);
  expect(await content()).toBe('"3 new"');
  await page.keyboard.press("j");
  await expect(titles(page).nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await expect(titles(page).nth(1)).toBeFocused();
  await expect(
    page
      .getByRole("article")
      .nth(0)
      .getByRole("button", { name: /^Mark as new/ }),
  ).toBeVisible();
  await expect.poll(content).toBe('"2 new"');
  await page.keyboard.press("k");
  await expect(titles(page).nth(0)).toBeFocused();
  await page.reload();
  await expect(
    page
      .getByRole("article")
      .nth(0)
      .getByRole("button", { name: /^Mark as new/ }),
  ).toBeVisible();
  expect(await content()).toBe('"2 new"');
});

test("after scrolling, j starts at the first paper in view; after Back, it goes on from the paper that was opened", async ({
  page,
}) => {
  const long = "/papers/date/2025-12-09";
  const firstInView = async () =>
    (await titles(page).evaluateAll((links) => {
      const tops = links.map((link) => link.getBoundingClientRect().top);
      return tops.findIndex((top) => top >= 0);
    })) as number;
  await page.goto(long);
  await page.keyboard.press("j");
  await expect(titles(page).nth(0)).toBeFocused();
  await page.mouse.wheel(0, 2000);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(1900);
  const first = await firstInView();
  expect(first).toBeGreaterThan(3);
  await page.keyboard.press("s");
  await expect(statusMessage(page, "No paper selected. Press j to select one.")).toBeVisible();
  await page.keyboard.press("j");
  await expect(titles(page).nth(first)).toBeFocused();
  await expect(
    page
      .getByRole("article")
      .nth(0)
      .getByRole("button", { name: /^Mark as seen:/ }),
  ).toHaveCount(1); // scrolling away does not count as passing
  await page.keyboard.press("o");
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(/Tuesday/);
  await page.goBack();
  await page.waitForLoadState();
  await page.keyboard.press("j");
  await expect(titles(page).nth(first + 1)).toBeFocused();
});

test("scrolling past a paper marks it as seen if it was in view for a moment, and papers above the start stay new", async ({
  page,
}) => {
  await page.request.post("/settings/save", { form: { markSeen: "scrolled" } });
  await page.goto("/papers/date/2025-12-09#p-2512.80030");
  const isNew = (at: number) =>
    page
      .getByRole("article")
      .nth(at)
      .getByRole("button", { name: /^Mark as seen:/ });
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(1000);
  const at = await page.evaluate(() =>
    [...document.querySelectorAll("article")].findIndex(({ id }) => id === "p-2512.80030"),
  );
  await page.waitForTimeout(700); // in view long enough to count
  await page.mouse.wheel(0, 500);
  await expect(isNew(at)).toBeHidden();
  await expect(isNew(0)).toBeVisible();
  await expect(isNew(at - 2)).toBeVisible();
  // The last papers cannot be scrolled past: reaching the end of the page marks them.
  await expect(isNew(44)).toBeVisible();
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await expect(isNew(44)).toBeHidden();
  await expect(isNew(0)).toBeVisible();
});

test("j works again after Escape from the search, and the end of a list says how to go on", async ({
  page,
}) => {
  await page.request.post("/settings/save", { form: { markSeen: "passed" } });
  await page.goto("/papers?q=weight");
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  for (let at = 0; at < 21; at++) await page.keyboard.press("j");
  await expect(statusMessage(page, "Last paper on this page. Press ] to continue.")).toBeVisible();
  await page.goto("/catch-up");
  for (let at = 0; at < 7; at++) await page.keyboard.press("j");
  await expect(statusMessage(page, "You’re all caught up.")).toBeVisible();
  await expect(page.getByText("All seen since 11 Dec 2025")).toBeVisible();
  await page.goto("/papers/week/2025-W50");
  await page.keyboard.press("Shift+A");
  await expect(page.getByRole("button", { name: /^Mark as new:/ })).toHaveCount(20);
  await page.keyboard.press("]");
  await expect(page).toHaveURL("/papers/week/2025-W50?page=2"); // the next page of the list, not the next week
});

test("Escape in the search goes back to where the reader was, whatever was typed", async ({ page }) => {
  await page.goto("/papers/date/2025-12-09");
  const search = page.getByLabel("Search papers");
  await page.evaluate(() => scrollTo(0, 1500));
  await page.keyboard.press("/");
  await page.keyboard.type("quiet");
  await page.keyboard.press("Escape");
  await expect(search).not.toBeFocused();
  await expect(search).toHaveValue("");
  expect(await page.evaluate(() => scrollY)).toBe(1500);
  await page.keyboard.press("j");
  const paper = page.locator("article:focus-within h3 a");
  const [title, y] = [await paper.textContent(), await page.evaluate(() => scrollY)];
  await page.keyboard.press("/");
  await page.keyboard.type("more");
  await page.keyboard.press("Escape");
  await expect(paper).toHaveText(title ?? "");
  expect(await page.evaluate(() => scrollY)).toBe(y);
  await page.goto("/papers?q=weight");
  await search.click();
  await page.keyboard.type(" of things");
  await page.keyboard.press("Escape");
  await expect(search).toHaveValue("weight");
  await expect(page).toHaveURL("/papers?q=weight");
});

test("Back from a search leads to where the reader was", async ({ page }) => {
  await page.goto("/papers/date/2025-12-09");
  await page.evaluate(() => scrollTo(0, 1500));
  await page.keyboard.press("/");
  await page.keyboard.type("quiet");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/papers?q=quiet");
  await page.goBack();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(1500);
});

test("leaving the search, a dialog or a paper returns the focus to the paper it was on", async ({ page }) => {
  await page.goto("/papers/date/2025-12-09");
  for (let at = 0; at < 12; at++) await page.keyboard.press("j");
  const twelfth = titles(page).nth(11);
  await expect(twelfth).toBeFocused();
  await page.keyboard.press("/");
  await expect(page.getByLabel("Search papers")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(twelfth).toBeFocused();
  await expect(twelfth).toBeInViewport();
  await page.keyboard.press("?");
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await expect(twelfth).toBeFocused();
  await page.keyboard.press("Enter");
  const back = page.getByRole("link", { name: "Tuesday, 9 December" });
  await back.focus();
  await page.keyboard.press("Enter");
  await expect(twelfth).toBeFocused();
  // After clicks of a mouse there is no focus ring, but j still continues from the paper.
  await page.getByRole("link", { name: "Filler Paper Number 12", exact: true }).click();
  await back.click();
  await expect(twelfth).toBeInViewport();
  await page.waitForLoadState();
  await expect(twelfth).not.toBeFocused();
  await page.keyboard.press("j");
  await expect(titles(page).nth(12)).toBeFocused();
});
