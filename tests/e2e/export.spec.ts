import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { openOwnServer } from "./own-server";
import { expect, test } from "./test";

const { base, folder, env, start } = openOwnServer(7100);
test.use({ baseURL: base });

const papers = [
  {
    id: "2512.00001",
    title: "Lamps <b>of</b> $x^2$ & Co",
    authors: ["Ada Tide", "Jan van der Reef"],
    feedDate: "2025-12-09",
  },
  { id: "2512.00002", title: "Lamps for All", authors: ["Bo Tide"], feedDate: "2025-12-10" },
];

test.beforeEach(async () => {
  writeFileSync(`${folder()}/papers.jsonl`, papers.map((paper) => JSON.stringify(paper)).join("\n"));
  execFileSync(process.execPath, ["scripts/scrape.mjs", `${folder()}/papers.jsonl`], { env: env() });
  await start();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("the papers of a search are downloaded from its page", async ({ page }) => {
      await page.goto("/papers?q=lamps");
      await page.getByRole("link", { name: "export", exact: true }).click();
      await expect(page.getByRole("heading", { name: "Export" })).toBeVisible();
      const downloading = page.waitForEvent("download");
      await page.getByRole("link", { name: /^BibTeX/ }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(/^broadsheet-lamps-[\d-]+\.bib$/);
      const bibtex = readFileSync(await download.path(), "utf8");
      expect(bibtex.match(/^@misc\{.*/gm)).toEqual(["@misc{tide2025lamps,", "@misc{tide2025lampsa,"]);
      expect(bibtex).toContain("author        = {Tide, Ada and van der Reef, Jan}");
    });

    test("a paper's page leads to its references, which show a hostile title as text", async ({ page }) => {
      await page.goto("/papers/2512.00001");
      await page.getByRole("link", { name: "Cite" }).click();
      await expect(page.getByRole("textbox", { name: "APA" })).toHaveValue(
        /^Tide, A\., & van der Reef, J\. \(2025\)/,
      );
      await expect(page.getByRole("textbox", { name: "IEEE" })).toHaveValue(/<b>of<\/b>/);
      await expect(page.getByRole("textbox", { name: "BibTeX" })).toHaveValue(/^@misc\{tide2025lamps/);
      if (javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await expect(page.getByRole("button", { name: "Copy APA" })).toHaveCount(javaScriptEnabled ? 1 : 0);
    });
  });
}

test("`c` copies the selected papers as BibTeX", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.goto("/papers?q=lamps");
  await page.keyboard.press("j");
  await page.keyboard.press("c");
  await expect(page.getByText("Copied as BibTeX.")).toBeAttached();
  expect((await copied()).match(/@misc/g)).toHaveLength(1);
  for (const key of "xjxc") await page.keyboard.press(key);
  await expect(page.getByText("Copied 2 papers as BibTeX.")).toBeAttached();
  expect((await copied()).match(/@misc/g)).toHaveLength(2);
});

test("every page says for Zotero which papers it has", async ({ page }) => {
  await page.goto("/papers?q=lamps");
  const spans = page.locator("span.Z3988");
  await expect(spans).toHaveCount(2);
  const fields = new URLSearchParams((await spans.last().getAttribute("title")) ?? "");
  expect([fields.get("rft.title"), fields.getAll("rft.creator")]).toEqual([
    "Lamps <b>of</b> $x^2$ & Co",
    ["Tide, Ada", "van der Reef, Jan"],
  ]);
  await page.goto("/papers/2512.00001");
  const contents = (name: string) =>
    page.locator(`meta[name="${name}"]`).evaluateAll((all) => all.map((one) => one.getAttribute("content")));
  expect(await contents("citation_title")).toEqual(["Lamps <b>of</b> $x^2$ & Co"]);
  expect(await contents("citation_author")).toEqual(["Tide, Ada", "van der Reef, Jan"]);
  expect(await contents("z:itemType")).toEqual(["preprint"]);
});
