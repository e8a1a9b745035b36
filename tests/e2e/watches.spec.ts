import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import Sqlite from "better-sqlite3";
import { openOwnServer } from "./own-server";
import { expect, test } from "./test";

const { base, folder, env, start } = openOwnServer(8100);
test.use({ baseURL: base });

type Paper = { id: string; title: string; keywords?: string[]; authors?: string[] };

function add(...papers: Paper[]): void {
  const lines = papers.map((paper) => JSON.stringify({ feedDate: "2025-12-09", upvotes: 9, ...paper }));
  writeFileSync(`${folder()}/papers.jsonl`, lines.join("\n"));
  execFileSync(process.execPath, ["scripts/scrape.mjs", `${folder()}/papers.jsonl`], { env: env() });
}

test.beforeEach(async () => {
  add(
    { id: "2512.00010", title: "Lamp Number 0", keywords: ["lamp"], authors: ["Ada Lovelace"] },
    { id: "2512.00011", title: "Lamp Number 1", keywords: ["lamp"] },
    { id: "2512.00012", title: "Kettle Number 2", keywords: ["kettle"] },
  );
  await start();
});

/** What the style sheet writes below the title of a paper. */
const below = (title: string) => `article:has-text("${title}") h3`;

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("one click follows a tag, and editions mark its papers", async ({ page }) => {
      await page.goto("/papers?q=tag%3Alamp");
      await page.getByRole("button", { name: "Follow" }).click();
      await expect(page.getByRole("link", { name: "watching" })).toBeVisible();
      await expect(page.getByRole("button", { name: "Follow" })).toBeHidden();
      await page.goto("/papers/date/2025-12-09");
      await expect(page.locator(below("Lamp Number 0"))).toHaveAccessibleName("Lamp Number 0 Matches lamp");
      await expect(page.locator(below("Kettle Number 2"))).toHaveAccessibleName("Kettle Number 2");
      await page.getByRole("button", { name: "Undo", exact: true }).click();
      await expect(page.locator(below("Lamp Number 0"))).toHaveAccessibleName("Lamp Number 0");
    });

    test("a watch is previewed, saved and muted, and its papers are folded with the reason", async ({
      page,
    }) => {
      await page.goto("/watches");
      await page.getByRole("textbox", { name: "What to watch for" }).fill("title:lamp");
      await page.getByRole("button", { name: "Preview" }).click();
      await expect(page.getByRole("heading", { name: "No papers in the last 30 days" })).toBeVisible();
      await expect(page.getByText("2 papers in all of Broadsheet match")).toBeVisible();
      await page.getByRole("textbox", { name: "Name" }).fill("Lamps");
      await page.getByRole("checkbox", { name: "Mute" }).check();
      if (javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("Muted. Papers: lamp in the title; newest first.")).toBeVisible();
      if (javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await page.goto("/papers/date/2025-12-09");
      const folded = page.locator("article", { hasText: "Lamp Number 0" });
      await expect(folded.getByRole("heading")).toHaveAccessibleName("Lamp Number 0 Muted: Lamps");
      await expect(folded.locator("[data-facts]")).toBeHidden();
      await expect(page.locator("article", { hasText: "Kettle" }).locator("[data-facts]")).toBeVisible();
      await page.goto("/papers?q=lamp");
      await expect(folded.locator("[data-facts]")).toBeVisible();
      await page.goto("/watches");
      await page.getByRole("button", { name: "Delete Lamps" }).click();
      await expect(page.getByRole("button", { name: "Lamps", exact: true })).toBeHidden();
    });

    test("a watch says how many papers came since it was last opened", async ({ page }) => {
      await page.goto("/watches/edit?q=kettle");
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("new", { exact: false }).and(page.locator("li span"))).toBeHidden();
      add({ id: "2512.00020", title: "A New Kettle" });
      await page.goto("/watches");
      await expect(page.getByText("1 new")).toBeVisible();
      await page.getByRole("button", { name: "kettle", exact: true }).click();
      await expect(page).toHaveURL(/papers\?q=kettle&sort=newest/);
      await page.goto("/watches");
      await expect(page.getByRole("button", { name: "kettle", exact: true })).toBeVisible();
      await expect(page.getByText("1 new")).toBeHidden();
    });

    test("two watches cannot have one name", async ({ page }) => {
      for (const q of ["lamp", "kettle"]) {
        await page.goto(`/watches/edit?q=${q}&name=Things`);
        await page.getByRole("button", { name: "Save" }).click();
      }
      await expect(page.getByRole("alert")).toHaveText("Another watch has this name. Choose another one.");
      await expect(page.getByRole("textbox", { name: "Search", exact: true })).toHaveValue("kettle");
    });

    test("the papers of a page of the library are added to a list, which is renamed and deleted", async ({
      page,
    }) => {
      await page.goto("/papers/date/2025-12-09");
      await page.getByRole("button", { name: "Bookmark: Lamp Number 0" }).click();
      await page.getByRole("button", { name: "Bookmark: Lamp Number 1" }).click();
      await page.goto("/library");
      await page.getByText("Edit", { exact: true }).click();
      await page.getByRole("combobox", { name: "Add to list" }).fill("Lights");
      await page.getByRole("button", { name: "Add", exact: true }).first().click();
      await page.getByRole("link", { name: "Lights 2" }).click();
      await page.getByText("Edit", { exact: true }).click();
      await page.getByRole("textbox", { name: "New name of the list" }).fill("Lamps");
      await page.getByRole("button", { name: "Rename" }).click();
      await expect(page).toHaveURL(/library\?q=list:Lamps|library\?q=list%3ALamps/);
      await page.getByText("Edit", { exact: true }).click();
      if (javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await page.getByRole("button", { name: "Delete list" }).click();
      await page.goto("/library");
      await expect(page.getByRole("link", { name: "Lamps 2" })).toBeHidden();
      await expect(page.getByRole("heading", { name: "Lamp Number 1" })).toBeVisible();
    });

    test("a paper bookmarked long ago comes back at the end of an edition, until it is not wanted", async ({
      page,
    }) => {
      await page.goto("/papers/date/2025-12-09");
      await page.getByRole("button", { name: "Bookmark: Kettle Number 2" }).click();
      await page.goto("/library");
      const db = new Sqlite(`${folder()}/library.db`);
      db.prepare(`UPDATE "Bookmark" SET "createdAt" = '2026-01-05T10:00:00.000+00:00'`).run();
      db.close();
      await page.goto("/papers/date/2025-12-09");
      const back = page.getByRole("region", { name: "From your library" });
      await expect(back.getByRole("link")).toHaveAccessibleName("Open Kettle Number 2");
      await back.getByRole("button", { name: "Not now" }).click();
      await expect(back).toBeHidden();
      await expect(page.getByRole("heading", { name: "Kettle Number 2" })).toBeVisible();
    });
  });
}

test("an undo shows a deleted watch again", async ({ page }) => {
  await page.goto("/watches/edit?q=kettle");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Delete kettle" }).click();
  await expect(page.getByRole("button", { name: "kettle", exact: true })).toBeHidden();
  await page.keyboard.press("u");
  await expect(page.getByRole("button", { name: "kettle", exact: true })).toBeVisible();
});

test("the forms of the library change only the selected papers", async ({ page }) => {
  await page.goto("/papers/date/2025-12-09");
  await page.getByRole("button", { name: "Bookmark: Lamp Number 0" }).click();
  await page.getByRole("button", { name: "Bookmark: Lamp Number 1" }).click();
  await expect(page.getByRole("button", { name: "Remove bookmark: Lamp Number 1" })).toBeVisible();
  await page.goto("/library");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.getByText("Edit", { exact: true }).click();
  await expect(page.getByText("The selected paper")).toBeVisible();
  await page.getByRole("button", { name: "Archived" }).click();
  await expect(page.getByRole("link", { name: "Archived 1" })).toBeVisible();
});
