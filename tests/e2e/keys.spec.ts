import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { hubAnswer } from "../hub-answer";
import { openOwnServer } from "./own-server";
import { copyFilled, scrapeInto } from "./scrape-into";
import { expect, test } from "./test";

const site = openOwnServer(21_600);
const day = "/papers/date/2025-12-10";
const titles = (page: Page) => page.getByRole("article").getByRole("heading").getByRole("link");
const focused = (page: Page) => page.locator("article:focus-within h3");
const told = (page: Page, words: string | RegExp) => page.getByRole("status").filter({ hasText: words });

test.use({ baseURL: site.base, expectedErrors: [/net::ERR_FAILED/] });
test.beforeEach(async () => {
  copyFilled(site.folder());
  await site.start();
});

test("bookmark, mark, undo: each by a key, and the focus stays on its paper", async ({ page }) => {
  await page.goto(day);
  const first = page.getByRole("article").nth(0);
  await page.keyboard.press("j");
  await page.keyboard.press("s");
  await expect(first.getByRole("button", { name: /^Remove bookmark/ })).toBeVisible();
  await expect(titles(page).nth(0)).toBeFocused();
  await page.keyboard.press("m");
  await expect(first.getByRole("button", { name: /^Mark as new/ })).toBeVisible();
  await expect(page.locator("article[data-seen]")).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(told(page, "Undone: Marked as seen")).toBeVisible();
  await expect(first.getByRole("button", { name: /^Mark as seen/ })).toBeVisible();
  await page.goto("/");
  await page.keyboard.press("u"); // from another page
  await expect(told(page, "Undone: Added to library")).toBeVisible();
  await page.keyboard.press("u");
  await expect(told(page, "Nothing to undo.")).toBeVisible();
  await page.goto(day);
  await expect(first.getByRole("button", { name: /^Bookmark/ })).toBeVisible();
});

test("several papers are selected, marked as one change, and one undo takes it back", async ({ page }) => {
  await page.goto(day);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(told(page, "2 papers selected.")).toBeVisible();
  await page.keyboard.press("s");
  await expect(page.getByRole("button", { name: /^Remove bookmark/ })).toHaveCount(2);
  await expect(page.locator("[data-selected]")).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(told(page, "Undone: Added 2 papers to library")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Remove bookmark/ })).toHaveCount(0);
});

test("an undo waits for the change before it, and a finger that rests undoes once", async ({ page }) => {
  await page.goto(day);
  await page.keyboard.press("j");
  await page.keyboard.press("s");
  await expect(page.locator("article[data-keep]")).toHaveCount(0);
  await page.keyboard.press("j");
  await page.route("**/api/v1/bookmarks/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await page.keyboard.press("s");
  await page.keyboard.press("u");
  const bookmarked = page.getByRole("button", { name: /^Remove bookmark:/ });
  await expect(told(page, "Undone: Added to library")).toBeVisible();
  await expect(bookmarked).toHaveCount(1);
  await expect(bookmarked).toHaveAccessibleName("Remove bookmark: Weight Sharing Among Kitchens");
  await page.keyboard.down("u");
  await page.keyboard.down("u"); // again without an up: a repeat
  await page.keyboard.up("u");
  await expect(bookmarked).toHaveCount(0);
  await expect(told(page, "Undone: Added to library")).toBeVisible();
  await page.keyboard.press("Control+Shift+K");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("all of an edition is seen by one key, undone by another, also with the bar", async ({ page }) => {
  await page.goto(day);
  await page.keyboard.press("Shift+A");
  await expect(page.getByRole("button", { name: /^Mark as new/ })).toHaveCount(3);
  await page.keyboard.press("Shift+A");
  await expect(told(page, "All papers here are already seen.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: /^Mark as new/ })).toHaveCount(0);
});

test("keys lead from place to place, and one that means nothing is not swallowed", async ({ page }) => {
  const arrive = async (url: string) => {
    await expect(page).toHaveURL(url);
    await expect(page.getByRole("main")).toBeVisible(); // a reader sees a page before they press a key on it
  };
  await page.goto("/");
  await page.keyboard.press("[");
  await arrive(day);
  await page.keyboard.press("]");
  await arrive("/papers/date/2025-12-11");
  for (const [second, url] of [
    ["l", "/library"],
    ["p", "/papers"],
    ["w", "/papers/week/2025-W50"],
    ["m", "/papers/month/2025-12"],
    ["s", "/settings"],
    ["h", "/help"],
    ["u", "/catch-up"],
    ["d", "/"],
  ] as const) {
    await page.keyboard.press("g");
    await page.keyboard.press(second);
    await arrive(url);
  }
  await page.keyboard.press("g");
  await page.keyboard.press("j"); // no sequence: it is itself
  await expect(titles(page).nth(0)).toBeFocused();
  await page.keyboard.press("o");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Quiet Agents at Night");
  await page.keyboard.press("j"); // on a paper's page: to the next of the list
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Quiet Agents at Night");
  await page.goBack();
  await page.goBack();
  await expect(
    page
      .getByRole("article")
      .nth(0)
      .getByRole("button", { name: /^Mark as new/ }),
  ).toBeVisible();
});

test("no key acts while one types, and they can be switched off", async ({ page }) => {
  await page.goto(day);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search papers" })).toBeFocused();
  await page.keyboard.type("just ask");
  await expect(page.getByRole("searchbox", { name: "Search papers" })).toHaveValue("just ask");
  await expect(page).toHaveURL(day);
  await page.goto("/settings");
  await page.getByRole("radio", { name: "Off (Ctrl-K still works)" }).check();
  await expect(page.locator("html")).toHaveCSS("--keys", "off");
  await page.goto(day);
  await page.keyboard.press("j");
  await expect(focused(page)).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Command" })).toBeFocused();
});

test("what is marked as all of an edition is what the page shows", async ({ page }) => {
  await page.goto(day);
  const late = path.join(site.folder(), "late.json");
  writeFileSync(late, hubAnswer([{ id: "2512.90099", day: "2025-12-10", title: "Late to the Day" }]));
  scrapeInto(site.env(), late);
  await page.keyboard.press("Shift+A");
  await expect(page.getByRole("button", { name: /^Mark as new:/ })).toHaveCount(3);
  const count = () => page.locator("[data-new]").evaluate((one) => getComputedStyle(one, "::before").content);
  await expect(page.locator("article[data-seen]")).toHaveCount(0);
  await expect.poll(count).toBe('"all seen"'); // of what is here
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("article")).toHaveCount(4);
  }).toPass();
  expect(await count()).toBe('"1 of 4 new"');
  await expect(page.getByRole("button", { name: "Mark as seen: Late to the Day" })).toBeVisible();
});

test("an undo takes back the change that the page knows, not one of another tab", async ({
  page,
  context,
}) => {
  const other = await context.newPage();
  await page.goto(day);
  await other.goto(day);
  await page.keyboard.press("j");
  await page.keyboard.press("s");
  await expect(page.locator("article[data-keep]")).toHaveCount(0);
  await other.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page.keyboard.press("j");
  await page.keyboard.press("s");
  await expect(page.getByRole("button", { name: /^Remove bookmark:/ })).toHaveCount(2);
  await expect(page.locator("article[data-keep]")).toHaveCount(0);
  await other.getByRole("button", { name: "Undo" }).click();
  await expect(told(other, "Something else changed since then: Added to library.")).toBeVisible();
  await expect(other.getByRole("button", { name: /^Remove bookmark:/ })).toHaveCount(2);
  await other.getByRole("button", { name: "Undo" }).click();
  await expect(told(other, "Undone: Added to library")).toBeVisible();
  await expect(other.getByRole("button", { name: /^Remove bookmark:/ })).toHaveCount(1);
});

test("what was new when it was selected is marked as seen, though one moved on from it", async ({ page }) => {
  await page.goto(day);
  for (const key of ["j", "x", "j", "x", "j"]) await page.keyboard.press(key);
  const seen = page.getByRole("button", { name: /^Mark as new:/ });
  await expect(seen).toHaveCount(2);
  await page.keyboard.press("m");
  await expect(page.locator("[data-selected]")).toHaveCount(0);
  await expect(seen).toHaveCount(2);
});

test("what is selected while a change is being sent stays selected, and what failed is selected again", async ({
  page,
}) => {
  await page.goto(day);
  let answer = () => {};
  await page.route("/bookmarks", async (route) => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    await route.continue();
  });
  const selected = page.locator("article[data-selected]");
  const asked = page.waitForRequest("**/bookmarks");
  for (const key of ["j", "x", "s", "j", "x"]) await page.keyboard.press(key);
  await expect(told(page, "1 paper selected.")).toBeVisible();
  await asked;
  answer();
  await expect(page.getByRole("button", { name: /^Remove bookmark/ })).toHaveCount(1);
  await expect(page.locator("article[data-seen]")).toHaveCount(0);
  await expect(selected).toContainText("A <b>Bold</b> Title");
  await page.unroute("/bookmarks");
  await page.route("/bookmarks", (route) => route.abort("failed"));
  await page.keyboard.press("s");
  await expect(page.getByText("Not saved")).toBeVisible();
  await expect(selected).toContainText("A <b>Bold</b> Title");
});

test("a setting that could not be saved stands as it was", async ({ page }) => {
  await page.goto("/settings");
  await page.route("/settings/save", (route) => route.abort("failed"));
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(page.getByText("Not saved")).toBeVisible();
  await expect(page.getByRole("radio", { name: "System" })).toBeChecked();
});

test("the palette goes to any page, does what a key does, and searches", async ({ page }) => {
  await page.goto(day);
  await page.keyboard.press("j");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("bookmark");
  await page.keyboard.press("Enter");
  await expect(
    page
      .getByRole("article")
      .nth(0)
      .getByRole("button", { name: /^Remove bookmark/ }),
  ).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("2025-12-09");
  await expect(page.getByRole("option", { selected: true })).toHaveText("Edition of 2025-12-09");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/papers/date/2025-12-09");
  await expect(page.getByRole("main")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("quiet agents");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/papers?q=quiet%20agents");
  await expect(page.getByRole("main")).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Undo last change");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByRole("link", { name: "Help" }).click();
  await expect(page).toHaveURL("/help");
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("one catches up across days, to the end", async ({ page }) => {
      await page.goto(day);
      await page.getByRole("button", { name: "Mark all as seen" }).click();
      await page.getByRole("link", { name: "Catch up" }).click();
      await expect(page.getByRole("main")).toContainText("6 new papers since 11 Dec 2025");
      await page.getByRole("button", { name: /^Mark as seen: Quiet Agents/ }).click();
      if (javaScriptEnabled) {
        await expect(page.getByRole("button", { name: /^Mark as new: Quiet Agents/ })).toBeVisible();
        await expect(page.locator("article[data-seen]")).toHaveCount(0);
      }
      await page.goto("/catch-up");
      await expect(page.getByRole("article")).toHaveCount(5);
      await expect(page.getByText("You're all caught up.")).toBeVisible();
      await page.getByRole("button", { name: "Mark all as seen" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("You're all caught up");
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(page.getByRole("article")).toHaveCount(5);
    });

    test("an undo leaves the page where it is", async ({ page }) => {
      await page.goto("/papers/date/2025-12-09");
      const paper = page.getByRole("article").nth(30);
      await paper.getByRole("button", { name: /^Bookmark:/ }).click();
      await expect(paper.getByRole("button", { name: /^Remove bookmark:/ })).toBeVisible();
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(paper.getByRole("button", { name: /^Bookmark:/ })).toBeVisible();
      await expect(paper).toBeInViewport();
    });

    test("settings hold at once, on the next page, and after an undo", async ({ page }) => {
      await page.goto("/settings");
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await ground();
      await page.getByRole("radio", { name: "Dark" }).check();
      await page.getByRole("radio", { name: "Titles" }).check();
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
      expect(await ground()).not.toBe(light);
      await page.goto(day);
      const abstract = page.getByText("We study how small kitchens").first();
      await expect(abstract).toBeHidden();
      await expect(page.locator("[data-foot]").first()).toBeHidden();
      await page.getByRole("button", { name: "Full" }).click();
      await expect(abstract).toBeVisible();
      await page.getByRole("button", { name: "Newest" }).click();
      await expect(page.getByRole("button", { name: "Newest" })).toHaveAttribute("aria-pressed", "true");
      await page.goto("/");
      await expect(page.getByRole("button", { name: "Newest" })).toHaveAttribute("aria-pressed", "true");
    });

    test("a week, a month and its calendar lead to days and to each other", async ({ page }) => {
      await page.goto("/papers/month");
      await expect(page).toHaveURL("/papers/month/2025-12");
      await page.getByRole("link", { name: "Week 50" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Week 50, 8 to 14 December 2025");
      await page.getByRole("link", { name: "Wednesday 10 Dec: 3 papers" }).click();
      await expect(page).toHaveURL(day);
    });
  });
}
