import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { trendsBody } from "../topics-library";
import { openOwnServer } from "./own-server";
import { expect, test } from "./test";

const { base, folder, env, start } = openOwnServer(4500);
test.use({ baseURL: base });

function scrape(name: string, body: string): void {
  writeFileSync(`${folder()}/${name}`, body);
  execFileSync(process.execPath, ["scripts/scrape.mjs", `${folder()}/${name}`], { env: env() });
}

/** The page's links to searches: the address of each, and the number of papers it shows. */
function searchLinks(page: Page) {
  return page.locator("main a").evaluateAll((links) =>
    links.flatMap((link) => {
      const text = `${link.getAttribute("aria-label") ?? ""} ${link.getAttribute("title") ?? ""} ${link.textContent}`;
      const count = /([\d,]+) papers?\b/.exec(text)?.[1]?.replaceAll(",", "");
      return count ? [{ href: link.getAttribute("href") ?? "", count: Number(count) }] : [];
    }),
  );
}

test("Topics shows three charts, each with a table and links to the papers it counts", async ({ page }) => {
  scrape("papers.jsonl", trendsBody());
  await start();
  expect((await page.goto("/topics"))?.status()).toBe(200);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Topics");
  await expect(page.getByText("Papers up to 6 Feb 2026.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText([
    "Papers per day",
    "Rising and falling tags",
    "New words this week",
  ]);

  await test.step("papers per day", async () => {
    await expect(page.getByText("From 10 papers per day in 2024 to 10 in 2026.")).toBeVisible();
    await expect(
      page.getByRole("img", {
        name: "2026: papers per week. The highest is 45 papers, 12–18 Jan 2026",
      }),
    ).toBeVisible();
    const table = page.getByRole("table", { name: "Papers per ISO week" });
    await expect(table).toBeHidden();
    await page.getByText("Show weeks as a table").click();
    await expect(table.getByRole("columnheader")).toHaveText(["Week", "2024", "2025", "2026"]);
    await expect(table.getByRole("row", { name: "3 Jan" }).getByRole("cell")).toHaveText(["0", "0", "45"]);
    await expect(table.getByRole("row", { name: "Total" }).getByRole("cell")).toHaveText([
      "1,000",
      "240",
      "60",
    ]);
  });

  await test.step("rising tags and new words", async () => {
    await expect(page.getByRole("heading", { name: "Rising", exact: true })).toBeVisible();
    await page.getByText("Show tags as a table").click();
    const tags = page.getByRole("table", { name: "Rising and falling tags" });
    const row = tags.getByRole("row", { name: "brass kettle" }).getByRole("cell");
    expect((await row.allTextContents()).slice(0, 4)).toEqual(["12", "20%", "2", "0.8%"]);
    await page.getByText("Show words as a table").click();
    const words = page
      .getByRole("table", { name: "Papers using each new word" })
      .getByRole("row", { name: "Zorbital" });
    expect((await words.getByRole("cell").allTextContents()).slice(0, 3)).toEqual(["3", "4", "0"]);
    await page.getByRole("link", { name: /^Zorbital\b.*3 papers$/ }).click();
    await expect(page).toHaveURL("/papers?q=Zorbital+date%3A2026-01-31..2026-02-06");
    await expect(page.getByText(/^3 papers? ·/)).toBeVisible();
    await page.goto("/topics");
    await page.getByRole("link", { name: /^brass kettle\s+0.8% before\s+20% now\s+12 papers$/ }).click();
    await expect(page).toHaveURL("/papers?q=tag%3A%22brass+kettle%22+date%3A2026-01-10..2026-02-06");
    await expect(page.getByText(/^12 papers? ·/)).toBeVisible();
  });

  await test.step("a bar links to its week, and each number matches the results of its search", async () => {
    await page.goto("/topics");
    await page.getByTitle(/^12–18\sJan 2026: 45 papers$/).click();
    await expect(page).toHaveURL("/papers?q=listed%3A2026-W03");
    await page.goto("/topics");
    const links = await searchLinks(page);
    expect(links.length).toBeGreaterThan(80);
    const different = new Map(links.map((link) => [link.href, link]));
    for (const { href, count } of different.values()) {
      const answer = await (
        await page.request.get(href.replace("/papers?", "/api/v1/papers?limit=1&"))
      ).json();
      expect({ href, count: answer.total }).toEqual({ href, count });
    }
  });

  await test.step("Tab stops at each year, tag, word and table, but not at weeks", async () => {
    await page.goto("/topics");
    const stops: string[] = [];
    await page.getByRole("link", { name: "Library" }).focus();
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(() => {
        const at = document.activeElement;
        return at?.closest("main") ? (at.getAttribute("aria-label") ?? at.textContent ?? "") : "";
      });
      if (name) stops.push(name);
      else if (stops.length > 0) break; // past the charts
    }
    expect(stops).toEqual([
      "2024",
      "2025",
      "2026",
      "Show weeks as a table",
      expect.stringContaining("brass kettle"),
      expect.stringContaining("paper boat"),
      "Show tags as a table",
      "15 papers",
      expect.stringContaining("Zorbital"),
      "Show words as a table",
    ]);
  });

  await test.step("the page passes axe and does not scroll sideways", async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto("/topics");
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      for (const [width, size] of [
        [1280, "100%"],
        [320, "100%"],
        [390, "200%"],
      ] as const) {
        await page.setViewportSize({ width, height: 800 });
        await page.evaluate((fontSize) => Object.assign(document.documentElement.style, { fontSize }), size);
        const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(scrollWidth, `at ${width} px and ${size} text`).toBeLessThanOrEqual(width);
        if (size === "100%" && width === (colorScheme === "light" ? 1280 : 320))
          expect((await new AxeBuilder({ page }).withTags(tags).analyze()).violations).toEqual([]);
      }
    }
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("with too few papers for charts, Topics says so, and it ignores invalid parameters", async ({
    page,
  }) => {
    await start();
    await page.goto("/topics");
    await expect(
      page.getByText(/needs papers from at least two weeks. So far there are 7 papers from/),
    ).toBeVisible();
    await expect(page.getByText(/^Not enough papers to compare yet/)).toHaveCount(2);
    await expect(page.getByRole("table")).toHaveCount(0);
    scrape("one.jsonl", JSON.stringify({ id: "2512.00001", title: "Alone", feedDate: "2025-12-10" }));
    await expect(async () => {
      await page.goto("/topics?from=2025-99-99&tag=&tag=%FF&x[]=1");
      await expect(
        page.getByText(/needs papers from at least two weeks. So far there is 1 paper from 8–14/),
      ).toBeVisible();
    }).toPass();
    await page.getByRole("link", { name: "1 paper", exact: true }).click();
    await expect(page.getByText(/^1 papers? ·/)).toBeVisible();
    scrape("papers.jsonl", trendsBody());
    await expect(async () => {
      await page.goto("/topics");
      await page.getByText("Show weeks as a table").click({ timeout: 1000 });
    }).toPass();
    await expect(page.getByRole("table", { name: "Papers per ISO week" })).toBeVisible();
  });
});
