import { expect, test } from "./test";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("filters combine and show as chips, and each chip removes its filter", async ({ page }) => {
      await page.goto("/papers");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("All papers");
      await page
        .getByRole("navigation", { name: "Tags" })
        .getByRole("link", { name: "moderately interesting thing" })
        .click();
      await expect(page).toHaveURL("/papers?q=tag%3A%22moderately+interesting+thing%22");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("moderately interesting thing");
      const search = page.getByLabel("Search papers");
      await expect(search).toHaveValue('tag:"moderately interesting thing"');
      await search.fill('paper tag:"moderately interesting thing"');
      await search.press("Enter");
      await expect(page).toHaveURL("/papers?q=paper+tag%3A%22moderately+interesting+thing%22");
      await page.getByText("Filters", { exact: true }).click();
      await page.getByLabel("From", { exact: true }).fill("2025-12-01");
      await page.getByLabel("Min authors").fill("1");
      await page.getByRole("button", { name: "Apply" }).click();
      await expect(search).toHaveValue(
        'paper tag:"moderately interesting thing" date:2025-12-01.. authors:1..',
      );
      const chips = page.getByRole("list", { name: "Filters" }).getByRole("link");
      await expect(chips).toHaveText([
        "Remove: paper×",
        "Remove: tagged moderately interesting thing×",
        "Remove: from 1\u00a0Dec 2025 on×",
        "Remove: with at least 1 author×",
      ]);
      await page.getByRole("link", { name: "Newest" }).click();
      await expect(page).toHaveURL(/authors%3A1\.\.&sort=newest$/);
      await chips.nth(3).click();
      await chips.nth(2).click();
      await chips.nth(0).click();
      await expect(page).toHaveURL("/papers?q=tag%3A%22moderately+interesting+thing%22&sort=newest");
      await expect(search).toHaveValue('tag:"moderately interesting thing"');
      await chips.nth(0).click();
      await expect(chips).toHaveCount(0);
    });

    test("several tags narrow a list, each with the number of papers it leaves", async ({ page }) => {
      await page.goto("/papers?tag=moderately+interesting+thing");
      await expect(page).toHaveURL("/papers?q=tag%3A%22moderately+interesting+thing%22");
      const search = page.getByLabel("Search papers");
      await search.fill('tag:"moderately interesting thing" tag:kitchen');
      await search.press("Enter");
      await expect(page.getByText("No papers match.")).toBeVisible();
      await page.goBack();
      await expect(page).toHaveURL("/papers?q=tag%3A%22moderately+interesting+thing%22");
      await page.goForward();
      const chips = page.getByRole("list", { name: "Filters" }).getByRole("link");
      await expect(chips).toHaveText([
        "Remove: tagged moderately interesting thing×",
        "Remove: tagged kitchen×",
      ]);
    });

    test("years, authors, organizations and code narrow a list", async ({ page }) => {
      await page.goto("/papers");
      const value = (facet: string, name: RegExp) =>
        page.getByRole("navigation", { name: facet }).getByRole("link", { name });
      await value("Authors", /^More than 10/).click();
      await expect(page).toHaveURL("/papers?q=authors%3A%3E%3D11");
      await page.goto("/papers");
      await value("Organizations", /^acme/).click();
      await expect(page).toHaveURL("/papers?q=org%3A%22acme%22");
      await page.goto("/papers");
      await value("Code", /^With code/).click();
      await expect(page).toHaveURL("/papers?q=has%3Acode");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Papers with code");
    });

    test("misspelled words are corrected, and can be searched for as they are", async ({ page }) => {
      await page.goto("/papers?q=kitchesn");
      await expect(page.getByText("Showing results for kitchen.")).toBeVisible();
      await expect(page.getByRole("article")).toHaveCount(1);
      await page.getByRole("link", { name: "kitchesn", exact: true }).click();
      await expect(page).toHaveURL("/papers?q=kitchesn&exact=true");
      await expect(page.getByText("No papers match.")).toBeVisible();
    });

    test("a page says what of a text it did not understand", async ({ page }) => {
      await page.goto("/papers?q=colour:red+title:kitchens");
      await expect(page.getByText("colour:red is searched for as words")).toBeVisible();
      await expect(
        page.getByText("Papers: colour:red, kitchens in the title; best match first."),
      ).toBeVisible();
    });

    test("invalid filter values are ignored, with a message", async ({ page }) => {
      for (const query of ["page=-1", "from=yesterday", "minAuthors=many", "week=2025-W99", "sort=best"]) {
        const [name, value] = query.split("=");
        const answer = await page.goto(`/papers?${query}`);
        expect(answer?.status()).toBe(200);
        await expect(page.getByText(`Ignored ${name}=${value}: expected `)).toBeVisible();
        await expect(page.getByRole("article")).toHaveCount(20);
      }
      for (const query of ["q[]=1", "__proto__[x]=1", "constructor=1", "toString=x"]) {
        expect((await page.goto(`/papers?${query}`))?.status()).toBe(200);
        await expect(page.getByRole("article")).toHaveCount(20);
      }
      await page.goto("/papers?tag=../../etc/passwd");
      await expect(page.getByText("No papers match. Remove a filter above")).toBeVisible();
      for (const odd of [
        "/papers?q=%ff",
        "/papers?tag=%00",
        "/papers?page=%F0%9F%9A%80",
        "/library?page=x",
      ]) {
        expect((await page.goto(odd))?.status(), odd).toBe(200);
      }
    });
  });
}

test("previous and next follow the list the reader came from, and the link back leads to the paper's place in it", async ({
  page,
}) => {
  await page.goto("/papers?q=weight&sort=newest");
  const papers = page.getByRole("article");
  const titles = await papers.getByRole("heading").allTextContents();
  await page.getByRole("link", { name: titles[1] ?? "", exact: true }).click();
  await expect(page.getByText("2 of 46")).toBeVisible();
  const nav = page.getByRole("navigation", { name: "Previous and next paper" });
  await expect(nav.getByRole("link")).toHaveText([`‹ Previous${titles[0]}`, `Next ›${titles[2]}`]);
  await nav.getByRole("link", { name: /^Next/ }).click();
  await expect(page.getByText("3 of 46")).toBeVisible();
  await page.getByRole("link", { name: "Results for weight" }).click();
  await expect(page).toHaveURL(/^[^?]*\/papers\?q=weight&sort=newest#p-/);
  await expect(papers.nth(2)).toBeInViewport();
  await expect(papers.nth(0)).not.toBeInViewport();
  await page.keyboard.press("j");
  await expect(papers.nth(3).getByRole("heading").getByRole("link")).toBeFocused();
  // After the last paper of a page of results comes the first of the next page, and the other way round.
  await papers.nth(19).getByRole("heading").getByRole("link").click();
  await expect(page.getByText("20 of 46")).toBeVisible();
  await expect(nav.getByRole("link", { name: /^Next/ })).toHaveAttribute("href", /^\/papers\/\d/);
  await page.keyboard.press("]");
  await expect(page.getByText("21 of 46")).toBeVisible();
  const back = page.getByRole("link", { name: "Results for weight" });
  await expect(back).toHaveAttribute("href", /^\/papers\?q=weight&sort=newest&page=2#p-/);
  await expect(nav.getByRole("link", { name: /^‹ Previous/ })).toHaveAttribute("href", /^\/papers\/\d/);
  await page.goBack();
  await expect(page.getByText("20 of 46")).toBeVisible();
  // Also if the key is pressed at once, before the next page of results has been fetched.
  await page.waitForLoadState();
  await page.keyboard.press("]");
  await expect(page.getByText("21 of 46")).toBeVisible();
  await page.waitForLoadState();
  await page.keyboard.press("[");
  await expect(page.getByText("20 of 46")).toBeVisible();
  await page.goto("/papers?q=weight&sort=newest&page=3");
  await papers.last().getByRole("heading").getByRole("link").click();
  await expect(page.getByText("46 of 46")).toBeVisible();
  await page.waitForLoadState();
  await page.keyboard.press("]");
  await expect(page.getByText("This is the last paper.")).toBeVisible();
  // A paper opened by its address has the previous and next papers of its edition.
  await page.evaluate(() => sessionStorage.clear());
  await page.goto("/papers/2512.90002");
  await expect(page.getByText("2 of 3", { exact: true })).toBeVisible();
  await expect(nav.getByRole("link")).toHaveCount(2);
});
