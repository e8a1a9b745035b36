import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { openOwnServer } from "./own-server";
import { expect, test } from "./test";

const { base, folder, env, start } = openOwnServer(6900);
test.use({ baseURL: base });

const ladders = "We study weight sharing in the rungs of ladders.";
const papers = [
  { id: "2512.00001", title: "Weight Sharing in Ladders", abstract: ladders, feedDate: "2025-12-09" },
  {
    id: "2512.00002",
    title: "Ladders and Weight Sharing",
    abstract: ladders,
    feedDate: "2025-12-10",
    upvotes: 7,
  },
  { id: "2512.00003", title: "Rungs at Rest", abstract: "Of ladders.", feedDate: "2025-12-12", upvotes: 3 },
  { id: "2512.00004", title: "Ropes and Ladders", abstract: "Of rungs.", feedDate: "2025-12-11", upvotes: 9 },
  ...Array.from({ length: 20 }, (_, at) => ({
    ...{
      id: `2512.001${at + 10}`,
      title: `The Case of ${at}`,
      abstract: "We study the sound of the sea in May.",
      feedDate: "2025-12-09",
    },
  })),
  {
    id: "2512.00900",
    title: "Alone",
    abstract: "Nothing else.",
    feedDate: "2025-12-09",
    authors: ["Ben Oak"],
  },
];
const authors = (id: string) => (id < "2512.00004" ? ["Ada Lovelace"] : []);

test.beforeEach(async () => {
  const lines = papers.map((paper) => JSON.stringify({ authors: authors(paper.id), ...paper }));
  writeFileSync(`${folder()}/papers.jsonl`, lines.join("\n"));
  execFileSync(process.execPath, ["scripts/scrape.mjs", `${folder()}/papers.jsonl`], { env: env() });
  await start();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a paper's page shows related papers in three orders, and others by its authors", async ({
      page,
    }) => {
      await page.goto("/papers/2512.00001");
      const related = page.getByRole("region", { name: "Related papers" });
      const titles = related.getByRole("listitem").getByRole("link");
      await expect(titles).toHaveText(["Ladders and Weight Sharing", "Ropes and Ladders", "Rungs at Rest"]);
      const first = related.getByRole("listitem").first();
      await expect(first).toContainText("10 Dec 2025");
      await expect(first).toContainText("7 upvotes");
      await expect(first).toContainText("weight sharing, ladders, rungs");

      await related.getByRole("link", { name: "Newest" }).click();
      await expect(page).toHaveURL("/papers/2512.00001?related=newest#related");
      await expect(titles).toHaveText(["Rungs at Rest", "Ropes and Ladders", "Ladders and Weight Sharing"]);
      await related.getByRole("link", { name: "Most upvotes" }).press("Enter");
      await expect(page).toHaveURL("/papers/2512.00001?related=upvotes#related");
      await expect(titles).toHaveText(["Ropes and Ladders", "Ladders and Weight Sharing", "Rungs at Rest"]);
      await expect(related.getByRole("link", { name: "Most upvotes" })).toHaveAttribute(
        "aria-current",
        "true",
      );

      const others = page.getByRole("region", { name: "Also by these authors" });
      await expect(others.getByRole("link")).toHaveText(["Rungs at Rest", "Ladders and Weight Sharing"]);
      await expect(others.getByRole("listitem").first()).toContainText("Ada Lovelace");
      await others.getByRole("link", { name: "Rungs at Rest" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Rungs at Rest");
    });
  });
}

test("an unknown order is noted, and a paper related to none has no such sections", async ({
  page,
  request,
}) => {
  await page.goto("/papers/2512.00001?related=oldest");
  await expect(page.getByText("Ignored related=oldest: expected nearest, newest or upvotes.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Nearest" })).toHaveAttribute("aria-current", "true");
  await page.goto("/papers/2512.00900");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Alone");
  await expect(page.getByText("Related papers")).toHaveCount(0);
  await expect(page.getByText("Also by these authors")).toHaveCount(0);

  const ask = async (path: string) => (await request.get(`/api/v1/papers/${path}`)).json();
  expect((await ask("2512.00001/related")).papers[0]).toEqual({
    id: "2512.00002",
    title: "Ladders and Weight Sharing",
    listedOn: "2025-12-10",
    upvotes: 7,
    terms: ["weight sharing", "ladders", "rungs"],
  });
  expect(await ask("2512.00900/related")).toEqual({ papers: [] });
  expect((await ask("2512.09999/related")).error).toBe('Paper "2512.09999" not found.');
});

for (const colorScheme of ["light", "dark"] as const)
  test(`the page of a paper with related papers passes axe (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto("/papers/2512.00001");
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 4000 });
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
        .analyze();
      expect(violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
