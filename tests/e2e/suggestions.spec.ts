import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./test";

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

test("the search box suggests tags, authors, organizations and papers, by keyboard", async ({ page }) => {
  await page.goto("/papers");
  const box = page.getByRole("combobox", { name: "Search papers" });
  const list = page.getByRole("listbox", { name: "Suggestions" });
  await expect(box).toHaveAttribute("aria-expanded", "false");
  await box.focus();
  await page.keyboard.type("k");
  await expect(list).toBeHidden(); // one letter means nothing yet
  await page.keyboard.type("itch");
  await expect(list).toBeVisible();
  await expect(box).toHaveAttribute("aria-expanded", "true");
  const options = list.getByRole("option");
  await expect(options.first()).toHaveText("kitchenTag · 1");
  await expect(options.filter({ hasText: "Acme Kitchens" })).toHaveText("Acme KitchensOrganization · 1");
  await expect(options.filter({ hasText: "Weight Sharing Among Kitchens" })).toHaveText(/Paper$/);
  await expect(page.getByRole("status").filter({ hasText: /^\d+ suggestions$/ })).toBeAttached();
  await expect(list.getByRole("option", { selected: true })).toHaveCount(0);
  await page.keyboard.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown"); // to what was typed
  await expect(list.getByRole("option", { selected: true })).toHaveCount(0);
  await page.keyboard.press("ArrowDown");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await expect(box).toHaveAttribute(
    "aria-activedescendant",
    (await options.first().getAttribute("id")) ?? "",
  );
  expect((await new AxeBuilder({ page }).withTags(wcag).analyze()).violations).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/papers?q=tag%3Akitchen");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("kitchen");
});

test("Enter without a choice searches for what was typed, and past searches are suggested", async ({
  page,
}) => {
  await page.goto("/");
  const box = page.getByLabel("Search papers");
  const options = page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");
  await box.fill("kitchens title:weight");
  await box.press("Enter");
  await expect(page).toHaveURL("/papers?q=kitchens+title%3Aweight");
  await page.goto("/");
  await box.press("ArrowDown");
  await expect(options).toHaveText(["kitchens title:weightPast search", "Forget past searches"]);
  await box.fill("ki");
  await expect(options.first()).toHaveText("kitchens title:weightPast search");
  await options.first().click();
  await expect(page).toHaveURL("/papers?q=kitchens+title%3Aweight");
  await page.goto("/");
  await box.press("ArrowDown");
  await options.last().click();
  await box.press("ArrowDown");
  await expect(options).toHaveCount(0);
});

test("behind a qualifier, only its names are suggested, and the rest of the text stays", async ({ page }) => {
  await page.goto("/papers");
  const options = page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");
  await page.getByLabel("Search papers").pressSequentially("weight org:acm");
  await expect(options).toHaveText(["Acme KitchensOrganization · 1"]);
  await options.first().click();
  await expect(page).toHaveURL("/papers?q=weight+org%3A%22acme%22");
  await expect(page.getByRole("article")).toHaveCount(1);
});

test("leaving the box hides the suggestions, and late ones do not come back", async ({ page }) => {
  await page.goto("/papers/date/2025-12-10");
  const list = page.getByRole("listbox", { name: "Suggestions" });
  await page.keyboard.press("/");
  await page.keyboard.type("kitch");
  await expect(list).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(page.getByLabel("Search papers")).not.toBeFocused();
  await page.keyboard.press("/");
  await page.keyboard.type("kitch");
  await page.keyboard.press("Escape"); // before the answer
  await page.waitForTimeout(400);
  await expect(list).toBeHidden();
});

test("on a phone, the suggestions fit", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/papers");
  await page.getByLabel("Search papers").pressSequentially("kitch");
  const list = page.getByRole("listbox", { name: "Suggestions" });
  await expect(list).toBeVisible();
  const at = await list.boundingBox();
  expect(at?.x).toBeGreaterThanOrEqual(0);
  expect((at?.x ?? 0) + (at?.width ?? 999)).toBeLessThanOrEqual(320);
});

test("a shared link shows the same page to everybody", async ({ page, browser, baseURL }) => {
  await page.goto("/papers?q=weight&tag=weight+sharing&sort=upvotes");
  await expect(page).toHaveURL("/papers?q=weight+tag%3A%22weight+sharing%22&sort=upvotes");
  const titles = await page.getByRole("article").allTextContents();
  const other = await browser.newPage({ javaScriptEnabled: false });
  await other.goto(`${baseURL}${new URL(page.url()).pathname}${new URL(page.url()).search}`);
  expect(await other.getByRole("article").allTextContents()).toEqual(titles);
  await expect(other.getByLabel("Search papers")).toHaveValue('weight tag:"weight sharing"');
  await other.close();
});
