import { gzipSync } from "node:zlib";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { hubAnswer } from "../hub-answer";
import { openFixtureServer } from "./own-server";
import { expect, test } from "./test";

const { base } = openFixtureServer(7500);
test.use({ baseURL: base });

// Each test adds papers of its own, because they share a library.
const bibtexOf = (
  name: string,
) => `@article{${name}1, title={${name} for Tea}, author={Ada Kettle and Bo Pan}, year={2024}}
@article{${name}2, title={${name} for Coffee}, author={Pan, Bo}, year={2024}}
@article{${name}3, author={Nobody}}
`;
const file = (name: string, body: string | Buffer) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(body),
});
const title = (page: Page) => page.getByRole("heading", { level: 1 });

async function previewFile(page: Page, name: string, body: string | Buffer): Promise<void> {
  await page.goto("/add");
  await page.getByLabel("Or choose a file").setInputFiles(file(name, body));
  await page.getByRole("button", { name: "Preview" }).click();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });
    const name = javaScriptEnabled ? "Kettles" : "Pans";

    test("a file is previewed, added, found in the library, and undone", async ({ page }) => {
      await page.goto("/sources");
      await page.getByRole("link", { name: "Add papers from a file" }).click();
      await page.getByLabel("Or choose a file").setInputFiles(file("tea.bib", bibtexOf(name)));
      await page.getByRole("button", { name: "Preview" }).click();
      await expect(title(page)).toHaveText("Preview");
      await expect(title(page)).toBeFocused();
      const main = page.getByRole("main");
      await expect(main).toContainText("tea.bib · BibTeX · 3 entries");
      await expect(main).toContainText("Bookmarks 2 new papers. You can undo that in one step.");
      await expect(page.getByRole("listitem").filter({ hasText: `${name} for Tea` })).toContainText(
        "Ada Kettle, Bo Pan",
      );
      await expect(main).toContainText("Entry 3: expected");
      await page.getByRole("button", { name: "Add 2 papers" }).click();
      await expect(title(page)).toHaveText("Added 2 papers");
      await expect(title(page)).toBeFocused();
      await expect(main).toContainText("2 new papers. They are in your library. 1 entry could not be read.");
      await page.getByRole("link", { name: "Go to your library" }).click();
      await expect(page.getByRole("link", { name: `${name} for Tea` })).toBeVisible();
      await page.goBack();
      await main.getByRole("button", { name: "Undo" }).click();
      if (javaScriptEnabled) await expect(page.locator("#announcement")).toContainText("Undone");
      await page.goto("/library");
      await expect(page.getByRole("link", { name: `${name} for Tea` })).toBeHidden();
      await page.goto(`/papers?q=${name}`);
      await expect(page.getByRole("link", { name: `${name} for Tea` })).toBeVisible();
    });

    test("a pasted text is searched for ids, and the page says which papers are here", async ({ page }) => {
      await page.goto("/add");
      await page.getByLabel("Paste").fill("Read arXiv:2512.90001\nand then https://arxiv.org/abs/2411.77777");
      await page.getByRole("button", { name: "Preview" }).click();
      await expect(page.getByRole("main")).toContainText("Pasted text · arXiv ids · 2 entries");
      await expect(page.getByRole("main")).toContainText(
        "Bookmarks 1 paper already here and 1 paper to be fetched.",
      );
      await page.getByRole("button", { name: "Add 2 papers" }).click();
      await expect(title(page)).toHaveText("Added 1 paper");
      await expect(page.getByRole("heading", { name: "Not added 1" })).toBeVisible();
      await expect(page.getByRole("link", { name: "2411.77777" })).toHaveAttribute(
        "href",
        "/papers/2411.77777",
      );
      await page.getByRole("main").getByRole("button", { name: "Undo" }).click();
    });
  });
}

test("a copied listing becomes an edition, and its papers are bookmarked only if asked", async ({ page }) => {
  const ids = ["2510.90001", "2510.90002", "2510.90003"];
  const day = hubAnswer(ids.map((id) => ({ id, title: `Saucers, part ${id}`, day: "2025-10-15" })));
  await previewFile(page, "page.json.gz", gzipSync(day));
  await expect(page.getByRole("main")).toContainText("Imports the edition of 15 Oct 2025: 3 new papers.");
  await expect(page.getByLabel("Bookmark these papers")).not.toBeChecked();
  await page.getByRole("button", { name: "Add 3 papers" }).click();
  await expect(page.getByRole("main")).toContainText("3 new papers.");
  await expect(page.getByRole("main").getByRole("button", { name: "Undo" })).toHaveCount(0);
  await page.getByRole("link", { name: "Go to the edition" }).click();
  await expect(page.getByRole("article")).toHaveCount(3);
});

test("a file that is dropped on the page is previewed", async ({ page }) => {
  await page.goto("/add");
  await page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], "dropped.bib"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, bibtexOf("Dropped"));
  await expect(title(page)).toHaveText("Preview");
  await expect(page.getByRole("main")).toContainText("dropped.bib · BibTeX");
});

test("keys, the menu, the palette and the library lead to the page", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await expect(page).toHaveURL("/add");
  await page.getByLabel("Menu").click();
  await expect(page.getByRole("link", { name: "Add papers", exact: true })).toBeVisible();
  await page.goto("/library");
  await page
    .getByRole("main")
    .getByRole("link", { name: /^add (the )?papers$/ })
    .click();
  await expect(page).toHaveURL("/add");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("add pap");
  await expect(page.getByRole("option", { name: /Add papers/ }).first()).toBeVisible();
});

test("the page says what is wrong with what was sent", async ({ page }) => {
  await page.goto("/add");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Nothing to add.");
  await page.getByLabel("Paste").fill("something");
  await page.getByLabel("Or choose a file").setInputFiles(file("a.bib", "@misc{a}"));
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("got several");
  const problems: [string, string | Buffer, string][] = [
    ["diary.txt", "Dear diary, I drank tea.", "no format recognizes this"],
    ["picture.png", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "expected text, got U+0000"],
    ["half.gz", gzipSync(bibtexOf("Half")).subarray(0, 60), "got a damaged one"],
    ["bomb.gz", gzipSync(Buffer.alloc(40_000_000, 32)), "at most 20 MB"],
    ["empty.bib", "", "Nothing to add."],
    ["page.html", `${"<div>".repeat(100_000)}`, "expected elements nested at most"],
    ["deep.json", "[".repeat(100_000), "no format recognizes this"],
  ];
  for (const [name, body, line] of problems) {
    await previewFile(page, name, body);
    await expect(page.getByRole("main").getByRole("alert"), name).toContainText(line);
  }
});

test.describe("what a file contains", () => {
  const attack = `<img src=x onerror="document.title='run'"><script>document.title='run'</script>`;

  test("is never executed, in the preview or later", async ({ page }) => {
    const library = [
      { format: "broadsheet-library", version: 1 },
      {
        title: `Teapots ${attack}`,
        abstract: attack,
        authors: [attack],
        projectPage: "javascript:document.title='run'",
        code: { url: "javascript:document.title='run'", stars: 1 },
        bookmark: { note: `${attack} [x](javascript:document.title='run')`, lists: [attack], tags: [attack] },
      },
    ];
    await previewFile(page, `${attack}.jsonl`, library.map((line) => JSON.stringify(line)).join("\r\n"));
    await expect(title(page)).toHaveText("Preview");
    await expect(page.getByRole("main")).toContainText(`Teapots ${attack}`);
    await expect(page.locator("main img, main script, a[href^='javascript:']")).toHaveCount(0);
    await page.getByRole("button", { name: "Add 1 paper" }).click();
    await expect(title(page)).toHaveText("Added 1 paper");
    const check = async () => {
      await expect(page.locator("img[src=x], a[href^='javascript:']")).toHaveCount(0);
      expect(await page.title()).not.toBe("run");
    };
    for (const path of ["/sources", "/papers?q=teapots", "/library"]) {
      await page.goto(path);
      await check();
    }
    await page.getByRole("link", { name: /^Teapots/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Teapots");
    await check();
  });

  test("is refused by its size before it is read, and foreign pages cannot send it", async ({ request }) => {
    const post = (body: string, headers = {}) =>
      request.post("/add/preview", {
        multipart: { file: file("a.bib", body) },
        headers,
        maxRedirects: 0,
      });
    const large = await post("x".repeat(22 * 2 ** 20));
    expect(large.status()).toBe(413);
    expect(await large.text()).toMatch(/Expected a body of at most 21 MB, got 22 MB/);
    const unpacked = await post("x".repeat(20 * 2 ** 20 + 1));
    expect(unpacked.headers().location).toBe("/add?problem=size#problem");
    expect((await post("x", { Origin: "https://elsewhere.example" })).status()).toBe(403);
    expect((await request.post("/add/preview", { data: "x", maxRedirects: 0 })).headers().location).toBe(
      "/add?problem=form#problem",
    );
    expect((await request.post("/add/save", { form: {}, maxRedirects: 0 })).status()).toBe(400);
  });
});

test.describe("a preview that is gone", () => {
  test.use({ expectedErrors: [/status of 404/] });

  test("says so, with the form", async ({ page }) => {
    await page.goto("/add?upload=nothing");
    await expect(title(page)).toHaveText("This preview is gone");
    await expect(page.getByRole("button", { name: "Preview" })).toBeVisible();
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a preview and its result pass axe and do not scroll sideways (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const check = async (part: string) => {
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 2000 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth), part).toBeLessThanOrEqual(
          width,
        );
        expect((await new AxeBuilder({ page }).analyze()).violations, part).toEqual([]);
      }
    };
    await previewFile(page, "a file with a long name.bib", bibtexOf(`Cups${colorScheme}`));
    await check("the preview");
    await page.getByRole("button", { name: "Add 2 papers" }).click();
    await expect(title(page)).toHaveText("Added 2 papers");
    await check("the result");
  });
}
