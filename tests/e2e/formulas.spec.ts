import { writeFileSync } from "node:fs";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { hubAnswer } from "../hub-answer";
import { openOwnServer } from "./own-server";
import { scrapeInto } from "./scrape-into";
import { expect, test } from "./test";

const { base, env, folder, start } = openOwnServer(4300, { forAll: true });
test.use({ baseURL: base });

const day = "2025-12-10";
const long = `\\frac{${"a_1 + ".repeat(30)}b}{c}`;
const papers = [
  {
    id: "2512.40001",
    title: "Sharing $n^2$ Tools in $\\mathbb{R}^3$ for \\$5",
    summary: `We lend $k$ tools, at $5 to $10 or 4.7\\% more, where
\\[ \\sum_{i=1}^n x_i = ${"y + ".repeat(40)} z \\] and $${"a_1 + ".repeat(25)}b$ hold. Nobody reads $\\undefined{x}$.

A second paragraph has ${"\\(\\sqrt{x}\\) ".repeat(15)} and \\(${long}\\).`,
    upvotes: 3,
    keywords: ["tiling"],
  },
  {
    id: "2512.40002",
    title: "Kitchens of R^3 {times} S^2",
    summary: "From $5 to $10, in {here} of Omega(k^2d).",
    upvotes: 2,
  },
  {
    id: "2512.40003",
    title: "The $\\tau$-Kitchen",
    summary: "It has $\\tau = 1$.",
    upvotes: 1,
    keywords: ["tiling"],
  },
  { id: "2512.40004", title: "A Day Before", day: "2025-12-09" },
];

test.beforeAll(async () => {
  const listings = path.join(folder(), "listings");
  writeFileSync(`${listings}.json`, hubAnswer(papers.map((paper) => ({ day, ...paper }))));
  scrapeInto(env(), `${listings}.json`);
  await start();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("formulas are typeset in lists, results and papers, and load only the fonts they need", async ({
      page,
    }) => {
      const requested: string[] = [];
      page.on("request", (request) => requested.push(new URL(request.url()).pathname));
      const answer = await page.goto("/papers/2512.40004");
      expect(answer?.headers()["content-security-policy"]).not.toContain("unsafe-inline");
      expect(requested.filter((address) => address.startsWith("/math/"))).toEqual([]);
      await page.goto("/papers/2512.40003");
      await page.waitForLoadState("networkidle");
      const names = requested.flatMap((address) =>
        address.startsWith("/math/") ? address.split("/").at(-1) : [],
      );
      expect(new Set(names)).toEqual(
        new Set(["katex.css", "KaTeX_Main-Regular.woff2", "KaTeX_Math-Italic.woff2"]),
      );

      await page.goto(`/papers/date/${day}`);
      const cards = page.getByRole("article");
      const titles = cards.getByRole("heading");
      await expect(titles.nth(0).locator("math")).toHaveCount(2);
      await expect(titles.nth(0)).toContainText("for $5");
      await expect(titles.nth(1)).toHaveText("Kitchens of R^3 {times} S^2");
      await expect(cards.nth(1)).toContainText("From $5 to $10, in {here} of Omega(k^2d).");
      await expect(cards.nth(0)).toContainText("at $5 to $10 or 4.7% more");
      await titles.nth(0).getByRole("link").click();
      await expect(page).toHaveTitle("Sharing n, squared Tools in R, cubed for $5 · Broadsheet");
      await expect(page.getByRole("heading", { level: 1 }).locator("math")).toHaveCount(2);
      await expect(page.getByText("Nobody reads $\\undefined{x}$.")).toBeVisible();
      await expect(page.locator(".katex-display")).toHaveCount(1);

      await page.goto("/papers?q=tools");
      const found = page.getByRole("article").first().getByRole("heading");
      await expect(found.locator("mark")).toHaveText("Tools");
      await expect(found.locator("math")).toHaveCount(2);
    });
  });
}

test("pages with formulas pass axe and do not scroll sideways", async ({ page }) => {
  for (const address of [`/papers/date/${day}`, "/papers?q=tools", "/papers/2512.40001"]) {
    for (const [width, fontSize, colorScheme] of [
      [1280, "100%", "light"],
      [320, "100%", "dark"],
      [390, "200%", "dark"],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await page.goto(address);
      await page.evaluate(
        (size) => Object.assign(document.documentElement.style, { fontSize: size }),
        fontSize,
      );
      const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(scrollWidth, `${address} at ${width} px and ${fontSize} text`).toBeLessThanOrEqual(width);
      if (width !== 390) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    }
  }
});

test("formulas are laid out, fit a phone, work with a screen reader, and stay plain text in the API and the feed", async ({
  page,
  request,
}) => {
  const title = page.getByRole("heading", { level: 1 });

  await test.step("a superscript stands above the line", async () => {
    await page.goto("/papers/2512.40001");
    const bottomOf = async (text: RegExp) => {
      const box = await title.locator(".katex-html .mord", { hasText: text }).last().boundingBox();
      return (box?.y ?? 0) + (box?.height ?? 0);
    };
    expect(await bottomOf(/^2$/)).toBeLessThan((await bottomOf(/^n$/)) - 4);
  });

  await test.step("on a phone, a display formula scrolls by keyboard and a long inline formula breaks across lines", async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    const display = page.locator(".katex-display");
    await display.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => display.evaluate((one) => one.scrollLeft)).toBeGreaterThan(0);
    const long = page
      .locator(".whitespace-nowrap > .katex")
      .filter({ has: page.locator(".katex-base").nth(20) });
    const bases = long.first().locator(".katex-base");
    const tops = await bases.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    expect(Math.max(...tops) - Math.min(...tops)).toBeGreaterThan(100);
  });

  await test.step("a screen reader gets each formula once, including in the name of a heading", async () => {
    await page.goto("/papers/2512.40003");
    await expect(title).toMatchAriaSnapshot(`
      - heading "The tau -Kitchen" [level=1]:
        - text: The
        - math "tau": τ
        - text: "-Kitchen"
    `);
  });

  await test.step("titles of the previous and next paper are typeset in an edition, and plain text in other lists", async () => {
    await page.goto(`/papers/date/${day}`);
    await page.getByRole("link", { name: "Kitchens of R^3" }).click();
    const neighbors = page.getByRole("navigation", { name: "Previous and next paper" }).getByRole("link");
    await expect(page.getByText("2 of 3")).toBeVisible();
    await expect(neighbors.nth(0).locator("math")).toHaveCount(2);
    await expect(neighbors.nth(1).locator("math")).toHaveCount(1);
    await page.goto("/papers?tag=tiling&sort=upvotes");
    await page.getByRole("link", { name: /Kitchen$/ }).click();
    await expect(page.getByText("2 of 2")).toBeVisible();
    await expect(neighbors).toHaveText(["‹ PreviousSharing $n^2$ Tools in $\\mathbb{R}^3$ for $5"]);
  });

  await test.step("the API and the feed return the TeX source", async () => {
    const paper = await (await request.get("/api/v1/papers/2512.40003")).json();
    expect(paper.title).toBe("The $\\tau$-Kitchen");
    expect(await (await request.get("/feeds/atom.xml")).text()).toContain(
      "<title>The $\\tau$-Kitchen</title>",
    );
  });
});
