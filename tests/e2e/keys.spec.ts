import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { hubAnswer } from "../hub-answer";
import { openFixtureServer } from "./own-server";
import { scrapeInto } from "./scrape-into";
import { expect, test } from "./test";

const site = openFixtureServer(21_600);
const day = "/papers/date/2025-12-10";
const titles = (page: Page) => page.getByRole("article").getByRole("heading").getByRole("link");
const focused = (page: Page) => page.locator("article:focus-within h3");
const statusMessage = (page: Page, words: string | RegExp) =>
  page.getByRole("status").filter({ hasText: words });

test.use({ baseURL: site.base, expectedErrors: [/net::ERR_FAILED/] });

test("keys bookmark a paper, mark it and undo, and the focus stays on the paper", async ({ page }) => {
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
  await expect(statusMessage(page, "Undone: Marked as seen")).toBeVisible();
  await expect(first.getByRole("button", { name: /^Mark as seen/ })).toBeVisible();
  await page.goto("/");
  await page.keyboard.press("u"); // works from another page
  await expect(statusMessage(page, "Undone: Added to library")).toBeVisible();
  await page.keyboard.press("u");
  await expect(statusMessage(page, "Nothing to undo.")).toBeVisible();
  await page.goto(day);
  await expect(first.getByRole("button", { name: /^Bookmark/ })).toBeVisible();
});

test("selected papers are bookmarked as one change, and one undo reverts it", async ({ page }) => {
  await page.goto(day);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(statusMessage(page, "2 papers selected.")).toBeVisible();
  await page.keyboard.press("s");
  await expect(page.getByRole("button", { name: /^Remove bookmark/ })).toHaveCount(2);
  await expect(page.locator("[data-selected]")).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(statusMessage(page, "Undone: Added 2 papers to library")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Remove bookmark/ })).toHaveCount(0);
});

test("an undo waits for the change before it, and holding the key down undoes only once", async ({
  page,
}) => {
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
  await expect(statusMessage(page, "Undone: Added to library")).toBeVisible();
  await expect(bookmarked).toHaveCount(1);
  await expect(bookmarked).toHaveAccessibleName("Remove bookmark: Weight Sharing Among Kitchens");
  await page.keyboard.down("u");
  await page.keyboard.down("u"); // without an up in between, this is a repeat
  await page.keyboard.up("u");
  await expect(bookmarked).toHaveCount(0);
  await expect(statusMessage(page, "Undone: Added to library")).toBeVisible();
  await page.keyboard.press("Control+Shift+K");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("Shift-A marks a whole edition as seen, and the Undo button reverts it", async ({ page }) => {
  await page.goto(day);
  await page.keyboard.press("Shift+A");
  await expect(page.getByRole("button", { name: /^Mark as new/ })).toHaveCount(3);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: /^Mark as new/ })).toHaveCount(0);
  await page.keyboard.press("Shift+A");
  await expect(page.getByRole("button", { name: /^Mark as new/ })).toHaveCount(3);
  await page.keyboard.press("Shift+A");
  await expect(statusMessage(page, "All papers here are already seen.")).toBeVisible();
});

test("keys go from page to page, and a key that completes no sequence still acts by itself", async ({
  page,
}) => {
  const arrive = async (url: string) => {
    await expect(page).toHaveURL(url);
    await expect(page.getByRole("main")).toBeVisible(); // readers press a key only when they see the page
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
  await page.keyboard.press("j"); // not a sequence, so j acts by itself
  await expect(titles(page).nth(0)).toBeFocused();
  await page.keyboard.press("o");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Quiet Agents at Night");
  await page.keyboard.press("j"); // on a paper's page, j goes to the next paper of the list
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Quiet Agents at Night");
  await page.goBack();
  await page.goBack();
  await expect(
    page
      .getByRole("article")
      .nth(0)
      .getByRole("button", { name: /^Mark as new/ }),
  ).toBeVisible(); // it was opened
});

test("keys do nothing while the reader types, and all but Control-K can be turned off", async ({ page }) => {
  await page.goto(day);
  await page.keyboard.press("/");
  await expect(page.getByLabel("Search papers")).toBeFocused();
  await page.keyboard.type("just ask");
  await expect(page.getByLabel("Search papers")).toHaveValue("just ask");
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

test("Shift-A marks only the papers that the page shows", async ({ page }) => {
  await page.goto(day);
  const late = path.join(site.folder(), "late.json");
  writeFileSync(late, hubAnswer([{ id: "2512.90099", day: "2025-12-10", title: "Late to the Day" }]));
  scrapeInto(site.env(), late);
  await page.keyboard.press("Shift+A");
  await expect(page.getByRole("button", { name: /^Mark as new:/ })).toHaveCount(3);
  const count = () => page.locator("[data-new]").evaluate((one) => getComputedStyle(one, "::before").content);
  await expect(page.locator("article[data-seen]")).toHaveCount(0);
  await expect.poll(count).toBe("none"); // of the papers on this page
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("article")).toHaveCount(4);
  }).toPass();
  expect(await count()).toBe('"1 new"');
  await expect(page.getByRole("button", { name: "Mark as seen: Late to the Day" })).toBeVisible();
});

test("Undo first reports a newer change from another tab, and undoes it only when pressed again", async ({
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
  await other.keyboard.press("u");
  await expect(statusMessage(other, "Something else changed since then: Added to library.")).toBeVisible();
  await expect(other.getByRole("button", { name: /^Remove bookmark:/ })).toHaveCount(2);
  await other.keyboard.press("u");
  await expect(statusMessage(other, "Undone: Added to library")).toBeVisible();
  await expect(other.getByRole("button", { name: /^Remove bookmark:/ })).toHaveCount(1);
});

test("m marks selected papers as seen, even those that moving on has already marked", async ({ page }) => {
  await page.request.post("/settings/save", { form: { markSeen: "passed" } });
  await page.goto(day);
  for (const key of ["j", "x", "j", "x", "j"]) await page.keyboard.press(key);
  const seen = page.getByRole("button", { name: /^Mark as new:/ });
  await expect(seen).toHaveCount(2);
  await page.keyboard.press("m");
  await expect(page.locator("[data-selected]")).toHaveCount(0);
  await expect(seen).toHaveCount(2);
});

test("a paper selected while a change is being sent stays selected, and a failed change selects its paper again", async ({
  page,
}) => {
  await page.goto(day);
  let release = () => {};
  await page.route("/bookmarks", async (route) => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    await route.continue();
  });
  const selected = page.locator("article[data-selected]");
  const requested = page.waitForRequest("**/bookmarks");
  for (const key of ["j", "x", "s", "j", "x"]) await page.keyboard.press(key);
  await expect(statusMessage(page, "1 paper selected.")).toBeVisible();
  await requested;
  release();
  await expect(page.getByRole("button", { name: /^Remove bookmark/ })).toHaveCount(1);
  await expect(page.locator("article[data-seen]")).toHaveCount(0);
  await expect(selected).toContainText("A <b>Bold</b> Title");
  await page.unroute("/bookmarks");
  await page.route("/bookmarks", (route) => route.abort("failed"));
  await page.keyboard.press("s");
  await expect(page.getByText("Not saved")).toBeVisible();
  await expect(selected).toContainText("A <b>Bold</b> Title");
});

test("a setting that could not be saved returns to its old value", async ({ page }) => {
  await page.goto("/settings");
  await page.route("/settings/save", (route) => route.abort("failed"));
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(page.getByText("Not saved")).toBeVisible();
  await expect(page.getByRole("radio", { name: "System" })).toBeChecked();
});

test("the palette runs commands, opens editions and searches, and ? shows the shortcuts", async ({
  page,
}) => {
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
  await expect(page.getByRole("option", { selected: true })).toHaveText("Tuesday, 9 December 2025Date");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/papers/date/2025-12-09");
  await expect(page.getByRole("main")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("quiet agents");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/papers?q=quiet%20agents");
  await expect(page.getByRole("main")).toBeVisible();
  // Escape closes the palette at once, so that a key pressed right after it is for the page.
  await page.keyboard.press("Control+k");
  const isOpenAfterEscape = await page.evaluate(() => {
    const key = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(key); // the browser itself does nothing on a scripted key
    return document.querySelector("dialog[open]") !== null;
  });
  expect(isOpenAfterEscape).toBe(false);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Undo last change");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByRole("link", { name: "Help" }).click();
  await expect(page).toHaveURL("/help");
});

test("the palette finds papers, authors, tags and dates, best match first", async ({ page }) => {
  await page.goto(day);
  const first = page.getByRole("option").first();
  const type = async (text: string) => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type(text);
  };
  await type("quiet ag");
  await expect(first).toHaveText("Search for quiet ag");
  await page.getByRole("option", { name: /^Quiet Agents at Night\b.*Paper$/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Quiet Agents at Night");
  await page.goto(day); // so that the address tells that the palette led there
  await type("quiet agents at nigh"); // nearly its whole title
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/papers\/\d{4}\.\d{5}$/);
  await page.goto(day);
  await type("9 dec 2025");
  await expect(first).toHaveText("Tuesday, 9 December 2025Date");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/papers/date/2025-12-09");
  await type("monday");
  await page.keyboard.press("Enter"); // waits for the server
  await expect(page).toHaveURL(/\/papers\/date\/\d{4}-\d\d-\d\d$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Monday");
});

test("suggestions that arrive late leave what the reader highlighted, and never replace newer ones", async ({
  page,
}) => {
  await page.goto(day);
  // By what was typed: on a slow machine, each letter may be a request of its own.
  const held = new Map<string, () => void>();
  const answer = (title: string) =>
    JSON.stringify({
      days: [],
      papers: [{ id: "2512.90001", title }],
      authors: [],
      tags: [],
      organizations: [],
    });
  await page.route("**/api/v1/suggest?*", async (route) => {
    const typed = new URL(route.request().url()).searchParams.get("q") ?? "";
    await new Promise<void>((resolve) => held.set(typed, resolve));
    await route.fulfill({ contentType: "application/json", body: answer(`About ${typed}`) });
  });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("mark");
  await expect.poll(() => held.has("mark")).toBe(true);
  await page.keyboard.press("ArrowDown");
  const chosen = page.getByRole("option", { selected: true });
  const [text, place] = [await chosen.textContent(), await chosen.getAttribute("id")];
  held.get("mark")?.();
  await expect(page.getByRole("option", { name: "About mark" })).toBeVisible();
  expect([await chosen.textContent(), await chosen.getAttribute("id")]).toEqual([text, place]);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("zeta");
  await expect.poll(() => held.has("zeta")).toBe(true);
  await page.keyboard.type("s");
  await expect.poll(() => held.has("zetas")).toBe(true);
  held.get("zetas")?.();
  await expect(page.getByRole("option", { name: "About zetas" })).toBeVisible();
  held.get("zeta")?.();
  await page.waitForTimeout(200);
  await expect(page.getByRole("option")).toHaveText(["Search for zetas", "About zetasPaper"]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("Close and a click outside close the shortcuts, and the focus returns to the page", async ({ page }) => {
  await page.goto(day);
  await page.keyboard.press("j");
  const focused = () => page.evaluate(() => document.activeElement?.closest("article")?.id ?? null);
  const paper = await focused();
  for (const close of [
    () => page.getByRole("dialog").getByRole("button", { name: "Close" }).click(),
    () => page.mouse.click(5, 5),
  ]) {
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    await close();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(await focused()).toBe(paper);
  }
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("Catch up covers several days, ends when all papers are seen, and can be undone", async ({
      page,
    }) => {
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
      await expect(page.getByText("You’re all caught up.")).toBeVisible();
      await page.getByRole("button", { name: "Mark all as seen" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("You’re all caught up");
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(page.getByRole("article")).toHaveCount(5);
    });

    test("an undo keeps the paper in view", async ({ page }) => {
      await page.goto("/papers/date/2025-12-09");
      const paper = page.getByRole("article").nth(30);
      await paper.getByRole("button", { name: /^Bookmark:/ }).click();
      await expect(paper.getByRole("button", { name: /^Remove bookmark:/ })).toBeVisible();
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(paper.getByRole("button", { name: /^Bookmark:/ })).toBeVisible();
      await expect(paper).toBeInViewport();
    });

    test("settings apply at once and on the next page", async ({ page }) => {
      await page.goto("/settings");
      const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await background();
      await page.getByRole("radio", { name: "Dark" }).check();
      await page.getByRole("radio", { name: "Titles" }).check();
      const save = page.getByRole("button", { name: "Save" });
      if (javaScriptEnabled) await expect(save).toHaveCount(0);
      else await save.click();
      await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
      expect(await background()).not.toBe(light);
      await page.goto(day);
      const [key, abstract] = [page.locator("[data-key]").first(), page.locator("[data-abstract]").first()];
      await expect(key).toBeHidden();
      await expect(abstract).toBeHidden();
      await expect(page.locator("[data-facts]").first()).toBeHidden();
      const view = page.getByText("View", { exact: true });
      await view.click();
      await page.getByRole("button", { name: "Full" }).click();
      await expect(abstract).toBeVisible();
      await expect(key).toBeHidden();
      if (!javaScriptEnabled) await view.click();
      await page.getByRole("button", { name: "Newest" }).click();
      await view.click();
      await expect(page.getByRole("button", { name: "Newest" })).toHaveAttribute("aria-pressed", "true");
      await page.goto("/");
      await view.click();
      await expect(page.getByRole("button", { name: "Newest" })).toHaveAttribute("aria-pressed", "true");
    });

    test("a month leads to its weeks, and a week to its days", async ({ page }) => {
      await page.goto("/papers/month");
      await expect(page).toHaveURL("/papers/month/2025-12");
      await page.getByRole("link", { name: "Week 50" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Week 50, 8 to 14 December 2025");
      await page.getByRole("link", { name: "Wednesday 10 Dec: 3 papers" }).click();
      await expect(page).toHaveURL(day);
    });
  });
}
