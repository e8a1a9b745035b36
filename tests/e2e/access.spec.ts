import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./test";

// All rules for WCAG 2.2 AA, and best practices. Named here because axe skips target-size by default.
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const pages = {
  "the latest edition": "/",
  "a day without papers": "/papers/date/2025-12-14",
  "a search": "/papers?q=weight&page=2",
  "a search without results": "/papers?q=zebra&from=yesterday",
  "a paper": "/papers/2512.90002",
  "a search with several filters":
    "/papers?q=weight&tag=weight+sharing&from=2025-12-01&minAuthors=1&sort=newest",
  "the list of all papers": "/papers",
  "a paper without authors or abstract": "/papers/2512.90004",
  "the library": "/library",
  "the sources page": "/sources",
  "the page to add papers": "/add?problem=empty",
  "the catch-up page": "/catch-up",
  "the settings page": "/settings",
  "the webhooks page": "/webhooks?problem=url",
  "the subscription page without mail": "/subscribe",
  "the help page": "/help",
  "the plain text of a digest": "/digest?view=text",
  "the feed page": "/feeds?q=weight",
  "a week": "/papers/week/2025-W50",
  "a month": "/papers/month/2025-12",
  "a month without papers": "/papers/month/2024-02",
  "the trending page": "/papers/trending",
  "the topics page of a library with few days": "/topics",
  "a missing paper": "/papers/2512.99999",
  "a missing page": "/nowhere",
};

test.use({ expectedErrors: [/status of (404|503)/] });

for (const [name, path] of Object.entries(pages)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${name} passes axe and does not scroll sideways (${colorScheme})`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      // Check folded content too.
      await page.evaluate(() => {
        for (const details of document.querySelectorAll<HTMLDetailsElement>("details:not([data-menu])"))
          details.open = true;
      });
      // Colors do not depend on the width, nor the layout on the color scheme.
      const sizes =
        colorScheme === "light"
          ? ([
              [1280, "100%"],
              [390, "200%"],
            ] as const)
          : ([
              [320, "100%"],
              [640, "200%"],
            ] as const);
      for (const [width, size] of sizes) {
        // High enough that the bar at the bottom covers nothing, which axe would take for a target that is too small.
        await page.setViewportSize({ width, height: size === "100%" ? 4000 : 800 });
        await page.evaluate((fontSize) => Object.assign(document.documentElement.style, { fontSize }), size);
        const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(scrollWidth, `at ${width} px and ${size} text`).toBeLessThanOrEqual(width);
        // Larger text changes the layout like a narrower window: the main links move to the bottom.
        if (width === 640) {
          await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
          await expect(page.getByRole("navigation", { name: "Bottom" })).toBeVisible();
        }
        if (size === "100%")
          expect((await new AxeBuilder({ page }).withTags(tags).analyze()).violations).toEqual([]);
      }
    });
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`marks, messages and dialogs opened by keys pass axe (${colorScheme})`, async ({ page, request }) => {
    const checkWithAxe = async (part: string) =>
      expect((await new AxeBuilder({ page }).withTags(tags).analyze()).violations, part).toEqual([]);
    await page.emulateMedia({ colorScheme });
    await page.goto("/papers/date/2025-12-11");
    for (const key of ["j", "x", "s"]) await page.keyboard.press(key);
    await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await expect(page.getByRole("status").filter({ hasText: "1 paper selected." })).toBeVisible();
    await checkWithAxe(
      "a seen and bookmarked paper, a selected paper, the undo bar, and the message of a key",
    );
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await checkWithAxe("the keyboard shortcuts");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("option", { selected: true })).toBeVisible();
    await checkWithAxe("the palette");
    const id = (await page.getByRole("article").first().getAttribute("id"))?.slice("p-".length);
    for (const mark of ["bookmarks", "seen"]) await request.delete(`/api/v1/${mark}/${id}`);
  });

  test(`the message about a failed save passes axe (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto("/papers/date/2025-12-11");
    await page.route("/api/v1/bookmarks/**", (route) => route.fulfill({ status: 503 }));
    await page
      .getByRole("button", { name: /^Bookmark:/ })
      .first()
      .click();
    await expect(page.getByText("the server answered 503")).toBeVisible();
    expect((await new AxeBuilder({ page }).withTags(tags).analyze()).violations).toEqual([]);
  });
}

test("a reader with only a keyboard can skip to the papers and open the first one", async ({ page }) => {
  await page.goto("/papers/date/2025-12-10");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to papers" })).toBeFocused();
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
