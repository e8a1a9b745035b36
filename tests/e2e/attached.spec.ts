import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { openOwnServer } from "./own-server";
import { expect, test } from "./test";

const { base, folder, env, start } = openOwnServer(7300);
test.use({ baseURL: base });

const papers = Array.from({ length: 25 }, (_, at) => ({
  id: `2512.000${at + 10}`,
  title: `Lamp Number ${at}`,
  feedDate: "2025-12-09",
  upvotes: at,
}));

test.beforeEach(async () => {
  writeFileSync(`${folder()}/papers.jsonl`, papers.map((paper) => JSON.stringify(paper)).join("\n"));
  execFileSync(process.execPath, ["scripts/scrape.mjs", `${folder()}/papers.jsonl`], { env: env() });
  await start();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a paper gets a state, a note, lists and tags, by which the library finds it", async ({ page }) => {
      await page.goto("/papers/2512.00010");
      await page.getByRole("link", { name: "Notes and lists" }).click();
      await page.getByRole("button", { name: "Reading", exact: true }).click();
      await expect(page.getByRole("button", { name: "Reading", exact: true })).toHaveAttribute(
        "aria-pressed",
        "true",
      );
      await page
        .getByRole("textbox", { name: "Note" })
        .fill("Read *twice*. <img src=x onerror=alert(1)> [x](javascript:alert(1))");
      await page.getByRole("button", { name: "Save note" }).click();
      const note = page.getByRole("region", { name: "Note" });
      await expect(note.locator("em")).toHaveText("twice");
      await expect(note.locator("img, a")).toHaveCount(0);
      await page.getByRole("combobox", { name: "Add to list" }).fill("Theses");
      await page.getByRole("button", { name: "Add", exact: true }).first().click();
      await expect(page.getByRole("button", { name: "Remove Theses" })).toBeVisible();
      await page.getByRole("combobox", { name: "Add a tag" }).fill("night");
      await page.getByRole("button", { name: "Add", exact: true }).last().click();
      await expect(page.getByRole("button", { name: "Remove night" })).toBeVisible();
      if (javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

      await page.goto("/library");
      const sections = page.getByRole("navigation", { name: "Library" });
      for (const name of ["Reading 1", "With a note 1", "Theses 1", "night 1"]) {
        await sections.getByRole("link", { name }).click();
        await expect(page.getByRole("heading", { name: /^Lamp Number 0\b/ })).toBeVisible();
      }
      await sections.getByRole("link", { name: "To read 0" }).click();
      await expect(page.getByText("Nothing here.")).toBeVisible();
    });

    test("removing papers from a page of the library skips none on the next", async ({ page }) => {
      for (const { id } of papers)
        await page.request.put(`/api/v1/bookmarks/${id}`, { headers: { origin: base } });
      await page.goto("/library");
      await expect(page.getByRole("article")).toHaveCount(20);
      for (const { id } of papers.slice(-5))
        await page.request.delete(`/api/v1/bookmarks/${id}`, { headers: { origin: base } });
      await page.getByRole("link", { name: "Next ›" }).click();
      const titles = await page.getByRole("article").getByRole("heading").allTextContents();
      expect(titles).toEqual([4, 3, 2, 1, 0].map((at) => `Lamp Number ${at}`));
      await page.getByRole("link", { name: "‹ First page" }).click();
      await expect(page.getByRole("article")).toHaveCount(20);
    });
  });
}

test("a key moves the selected papers to a state, and one undo takes it back", async ({ page }) => {
  await page.goto("/papers?q=lamp&sort=upvotes");
  for (const key of "jxjxe") await page.keyboard.press(key);
  await expect(page.getByRole("heading", { level: 3 }).first()).toHaveAccessibleName(/ Archived$/);
  await page.goto("/library?q=is:archived");
  await expect(page.getByRole("article")).toHaveCount(2);
  await page.keyboard.press("u");
  await expect(page.getByText(/^Undone: /)).toBeAttached();
  await page.goto("/library");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your library is empty");
});

test("a note that is not saved yet stays when something else is", async ({ page }) => {
  await page.goto("/library/2512.00010");
  const note = page.getByRole("textbox", { name: "Note" });
  await note.fill("Not saved yet");
  await page.getByRole("button", { name: "Reading", exact: true }).click();
  await expect(page.getByRole("button", { name: "Reading", exact: true })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(note).toHaveValue("Not saved yet");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByRole("region", { name: "Note" }).getByRole("paragraph")).toHaveText("Not saved yet");
  await note.fill("");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByRole("region", { name: "Note" }).getByRole("paragraph")).toBeHidden();
  await expect(note).toHaveValue("");
});
