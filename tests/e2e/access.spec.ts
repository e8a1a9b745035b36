import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./test";

const pages = {
  edition: "/",
  "a day without papers": "/papers/date/2025-12-14",
  search: "/papers?q=weight&page=2",
  "a search without results": "/papers?q=zebra&from=yesterday",
  paper: "/papers/2512.90002",
  kept: "/library",
  "a missing paper": "/papers/2599.99999",
  "a missing page": "/nowhere",
};

test.use({ expectedErrors: [/status of 404/] });

for (const [name, path] of Object.entries(pages)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${name}, ${colorScheme}: nothing for axe, nothing sideways at 320 px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await page.setViewportSize({ width: 320, height: 600 });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(320);
    });
  }
}

test("by keyboard alone: skip to the papers, keep the first, open it", async ({ page }) => {
  await page.goto("/papers/date/2025-12-10");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the papers" })).toBeFocused();
  await page.keyboard.press("Enter");
  const first = page.getByRole("article").first().getByRole("link").first();
  for (
    let presses = 0;
    presses < 12 && !(await first.evaluate((link) => link === document.activeElement));
    presses++
  ) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/papers/2512.90001");
});
