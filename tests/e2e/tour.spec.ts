import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./test";

/** Presses Tab until the element has the focus, as a reader without a mouse would. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    if (await element.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${element}`);
}

async function press(page: Page, element: Locator): Promise<void> {
  await tabTo(page, element);
  await page.keyboard.press("Enter");
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`by keyboard alone, ${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test("README's tour can be followed", async ({ page, request }) => {
      // Other tests share this library. They may have bookmarked the first of these papers and opened the second.
      await request.delete("/api/v1/bookmarks/2512.90002");
      await request.delete("/api/v1/seen/cs/0512003");
      const title = page.getByRole("heading", { level: 1 });
      const step = test.step;
      await page.goto("/papers/date/2025-12-10");

      await step("Read the day", async () => {
        await page.keyboard.press("Tab");
        await expect(page.getByRole("link", { name: "Skip to papers" })).toBeFocused();
        await page.keyboard.press("Enter");
        await press(page, page.getByRole("link", { name: "Weight Sharing Among Kitchens" }));
        await expect(page).toHaveURL("/papers/2512.90001");
      });
      await step("Look around it", async () => {
        await expect(page.getByRole("link", { name: "Acme Kitchens" })).toBeVisible();
        await press(page, page.getByRole("link", { name: /^Next/ }));
        await expect(title).toContainText("A <b>Bold</b> Title &");
      });
      await step("Go back to the list", async () => {
        await press(page, page.getByRole("link", { name: "Wednesday, 10 December" }));
        await expect(page).toHaveURL("/papers/date/2025-12-10#p-2512.90002");
      });
      await step("Bookmark a paper", async () => {
        const paper = page.getByRole("article").nth(1);
        await press(page, paper.getByRole("button", { name: /^Bookmark:/ }));
        const removeButton = paper.getByRole("button", { name: /^Remove bookmark:/ });
        await expect(removeButton).toBeVisible();
        await expect(page.locator("article[data-keep]")).toHaveCount(0);
        await press(page, removeButton);
        await expect(paper.getByRole("button", { name: /^Bookmark:/ })).toBeVisible();
        await expect(page.locator("article[data-keep]")).toHaveCount(0);
        await press(page, paper.getByRole("button", { name: /^Bookmark:/ }));
        await expect(removeButton).toBeVisible();
        await expect(page.locator("article[data-keep]")).toHaveCount(0);
      });
      await step("Move by day", async () => {
        const days = page.getByRole("navigation", { name: "Editions", exact: true });
        await press(page, days.getByRole("link", { name: "Previous edition" }));
        await expect(title).toContainText("Tuesday, 9 December");
        await press(page, days.getByRole("link", { name: "Next edition" }));
        await expect(title).toContainText("Wednesday, 10 December");
      });
      await step("Go to any day", async () => {
        await tabTo(page, page.getByLabel("Go to day"));
        await page.keyboard.type("12122025"); // the same day in every order of day and month
        await page.keyboard.press("Enter");
        await expect(page).toHaveURL("/papers/date/2025-12-12");
        await expect(page.getByText("Nothing was imported for this day")).toBeVisible();
      });
      await step("Search", async () => {
        await tabTo(page, page.getByLabel("Search papers"));
        await page.keyboard.type("weight -zebra");
        await page.keyboard.press("Enter");
        await expect(page.getByRole("status").filter({ hasText: "46 papers" })).toBeVisible();
      });
      await step("Narrow it", async () => {
        await press(page, page.getByRole("link", { name: /^moderately interesting thing \d+/ }));
        await expect(page).toHaveURL("/papers?q=weight+-zebra+tag%3A%22moderately+interesting+thing%22");
        await press(page, page.getByText("Filters", { exact: true }));
        await tabTo(page, page.getByLabel("Min authors"));
        await page.keyboard.type("1");
        await page.keyboard.press("Enter");
        await expect(page).toHaveURL(
          "/papers?q=weight+-zebra+tag%3A%22moderately+interesting+thing%22+authors%3A1..",
        );
        await press(page, page.getByRole("link", { name: "Remove: with at least 1 author" }));
        await press(page, page.getByRole("link", { name: "Remove: tagged moderately interesting thing" }));
        await expect(page).toHaveURL("/papers?q=weight+-zebra");
      });
      await step("Put it in order", async () => {
        await press(page, page.getByRole("link", { name: "Newest" }));
        await press(page, page.getByRole("link", { name: "Page 2" }));
        await expect(page).toHaveURL("/papers?q=weight+-zebra&sort=newest&page=2");
      });
      await step("Find it again", async () => {
        await press(page, page.getByRole("link", { name: "Library", exact: true }));
        const paper = page.getByRole("article").filter({ hasText: "A <b>Bold</b> Title &" });
        await press(page, paper.getByRole("button", { name: /^Remove bookmark:/ }));
        await expect(page.locator("article[data-keep]")).toHaveCount(0);
        await press(page, page.getByRole("link", { name: "All papers" }));
        await press(page, page.getByRole("link", { name: "feed", exact: true }));
        await expect(page.getByRole("textbox", { name: "Address of the feed" })).toHaveValue(
          /\/feeds\/atom\.xml$/,
        );
      });
      await step("Know what is new", async () => {
        await page.goto("/papers/date/2025-12-10");
        const paper = page.getByRole("article").nth(2);
        await press(page, paper.getByRole("button", { name: /^Mark as seen:/ }));
        await expect(paper.getByRole("button", { name: /^Mark as new:/ })).toBeVisible();
      });
      await step("Catch up", async () => {
        await press(page, page.getByRole("link", { name: "Catch up" }));
        await expect(title).toHaveText(/^(Catch up|You’re all caught up)$/);
      });
      await step("Take it back", async () => {
        await press(page, page.getByLabel("Menu", { exact: true }));
        await press(page, page.getByRole("button", { name: "Undo last change" }));
        await expect(page).toHaveURL(/\/catch-up(#p-cs\/0512003)?$/); // with the paper's id if the page was loaded anew
        await page.goto("/papers/date/2025-12-10");
        const paper = page.getByRole("article").nth(2);
        await expect(paper.getByRole("button", { name: /^Mark as seen:/ })).toBeVisible();
      });
      await step("Follow what matters", async () => {
        await page.goto("/papers?q=title%3Akettle");
        await press(page, page.getByRole("link", { name: "watch", exact: true }));
        await press(page, page.getByRole("button", { name: "Save" }));
        await expect(page.getByRole("button", { name: "title:kettle", exact: true })).toBeVisible();
        await press(page, page.getByRole("button", { name: "Delete title:kettle" }));
        await expect(page.getByRole("button", { name: "title:kettle", exact: true })).toBeHidden();
        await page.goto("/papers/date/2025-12-10");
      });
      await step("See more at once", async () => {
        await press(page, page.getByRole("link", { name: "month", exact: true }));
        await expect(title).toHaveText("December 2025");
        await press(page, page.getByRole("link", { name: "Week 50" }));
        await expect(title).toHaveText("Week 50, 8 to 14 December 2025");
      });
      await step("Have it your way", async () => {
        await press(page, page.getByLabel("Menu", { exact: true }));
        await press(page, page.getByRole("link", { name: "Settings" }));
        const usual = page.getByRole("radio", { name: "When opened, or scrolled past by touch" });
        await tabTo(page, usual);
        await page.keyboard.press("ArrowDown");
        if (!javaScriptEnabled) await press(page, page.getByRole("button", { name: "Save" }));
        const chosen = page.getByRole("radio", { name: "Only when opened" });
        await expect(chosen).toBeChecked();
        await tabTo(page, chosen);
        await page.keyboard.press("ArrowUp");
        if (!javaScriptEnabled) await press(page, page.getByRole("button", { name: "Save" }));
        await expect(usual).toBeChecked();
      });
    });
  });
}
