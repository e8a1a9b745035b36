import { expect, test } from "./test";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("the front page shows the latest edition by source, and links lead from day to day", async ({
      page,
    }) => {
      await page.goto("/");
      await expect(page).toHaveTitle("Thursday, 11 December 2025 · Broadsheet");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thursday, 11 December 2025");
      await expect(page.getByRole("article")).toHaveCount(6);
      await expect(page.getByRole("article").first()).toContainText("Quiet Agents at Night");
      const textCopy = page.getByRole("region", { name: "From a text copy" });
      await expect(textCopy.getByRole("article")).toHaveCount(4);
      await page
        .getByRole("navigation", { name: "Editions", exact: true })
        .getByRole("link", { name: "Previous edition" })
        .click();
      await expect(page).toHaveURL(/\/papers\/date\/2025-12-10$/);
      await page
        .getByRole("navigation", { name: "Editions", exact: true })
        .getByRole("link", { name: "Next edition" })
        .click();
      await expect(page).toHaveURL(/2025-12-11$/);
      await expect(
        page
          .getByRole("navigation", { name: "Editions", exact: true })
          .getByRole("link", { name: "Next edition" }),
      ).toHaveCount(0);
    });

    test("the view of a list and its order are in a menu", async ({ page }) => {
      const newest = page.getByRole("button", { name: "Newest" });
      await page.goto("/");
      await expect(newest).toBeHidden();
      await page.getByText("View", { exact: true }).click();
      await expect(newest).toBeVisible();
      if (!javaScriptEnabled) return;
      await page.keyboard.press("Escape");
      await expect(newest).toBeHidden();
      await page.getByText("View", { exact: true }).click();
      await page.getByRole("heading", { level: 1 }).click();
      await expect(newest).toBeHidden();
    });

    test("the date field leads to any day, even one without papers", async ({ page }) => {
      await page.goto("/");
      await page.getByLabel("Go to day").fill("2025-12-14");
      if (!javaScriptEnabled) await page.getByRole("button", { name: "Go" }).click();
      await expect(page).toHaveURL(/\/papers\/date\/2025-12-14$/);
      await expect(page.getByText("Nothing was imported for this day")).toBeVisible();
      await page.getByRole("link", { name: "Thursday, 11 December 2025" }).click();
      await expect(page.getByRole("article")).toHaveCount(6);
    });

    test("a search highlights its matches and splits its results into pages", async ({ page }) => {
      await page.goto("/");
      const search = page.getByRole("banner").getByLabel("Search papers");
      await search.fill("weight");
      await search.press("Enter");
      await expect(page.getByRole("status").filter({ hasText: "46 papers" })).toBeVisible();
      await expect(page.getByRole("article").first()).toContainText("Weight Sharing Among Kitchens");
      await expect(page.getByRole("article").first().locator("mark").first()).toHaveText("Weight");
      await page.getByRole("link", { name: "Page 3" }).click();
      await expect(page.getByRole("article")).toHaveCount(6);
      await page.getByRole("link", { name: "Newest" }).click();
      await expect(page).toHaveURL("/papers?q=weight&sort=newest");
    });

    test("searching for an arXiv id, or for an address with one, opens that paper", async ({ page }) => {
      for (const typed of ["2512.90001", " arXiv:2512.90001v2", "https://arxiv.org/pdf/2512.90001v1.pdf"]) {
        await page.goto("/");
        const search = page.getByRole("banner").getByLabel("Search papers");
        await search.fill(typed);
        await search.press("Enter");
        await expect(page).toHaveURL("/papers/2512.90001");
      }
      const old = await page.request.get("/papers?q=cs/0512003", { maxRedirects: 0 });
      expect(old.headers().location).toBe("/papers/cs/0512003");
      for (const words of ["see 2512.90001", "12.5", "https://example.org/2025"]) {
        await page.goto(`/papers?q=${encodeURIComponent(words)}`);
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Results for ${words}`);
      }
    });

    test("a paper's page shows all that is known about it, and shows markup as text", async ({ page }) => {
      await page.goto("/papers/2512.90001");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Weight Sharing Among Kitchens");
      for (const [name, href] of [
        ["arXiv", "https://arxiv.org/abs/2512.90001"],
        ["PDF", "https://arxiv.org/pdf/2512.90001"],
        ["HTML", "https://arxiv.org/html/2512.90001"],
        ["Code 3,290★", "https://github.com/example/kitchens"],
        ["Project", "http://example.org/kitchens"],
      ] as const) {
        await expect(page.getByRole("link", { name, exact: true })).toHaveAttribute("href", href);
      }
      const facts = ["8 Dec 2025", "10 Dec 2025", "Ada L.", "Hugging Face API, 2025-12-10, 1 of 3"];
      await page.getByText("Details", { exact: true }).click();
      for (const fact of facts)
        await expect(page.getByRole("definition").filter({ hasText: fact }).first()).toBeVisible();
      await page.getByRole("link", { name: /^Next/ }).click();
      await expect(page.getByRole("heading", { level: 1 })).toContainText("A <b>Bold</b> Title &");
      await expect(page.getByRole("link", { name: "Code" })).toHaveCount(0);
      await page.getByText("and 47 more").click();
      await page.getByRole("link", { name: "Author Number 59" }).click();
      await expect(page).toHaveURL("/papers?q=author%3A%22Author+Number+59%22");
      await expect(page.getByRole("article")).toHaveCount(1);
      await page.goto("/papers/2512.90001");
      await page.getByRole("link", { name: "Acme Kitchens" }).click();
      await expect(page).toHaveURL("/papers?q=org%3A%22Acme+Kitchens%22");
      await expect(page.getByRole("article")).toHaveCount(1);
    });

    test("pages contain only our own three scripts", async ({ page }) => {
      for (const path of ["/", "/papers?q=weight", "/papers/2512.90001", "/library"]) {
        await page.goto(path);
        await expect(page.locator("script:not([type])")).toHaveCount(0);
        expect((await page.content()).match(/<script/g)).toHaveLength(3);
      }
    });

    test("an old arXiv id keeps its slash in the address, and an id with a version redirects to its paper", async ({
      page,
    }) => {
      await page.goto("/papers/cs/0512003");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("An Old Paper in C++");
      await page.goto("/papers/2512.90001v3");
      await expect(page).toHaveURL("/papers/2512.90001");
    });

    test("missing pages answer 404, and the page of a missing paper links to arXiv", async ({ page }) => {
      expect((await page.request.get("/papers/nonsense")).status()).toBe(404);
      expect((await page.request.get("/papers/date/2025-02-30")).status()).toBe(404);
      expect((await page.request.get("/nowhere")).status()).toBe(404);
      const body = await (await page.request.get("/papers/2512.99999")).text();
      expect(body).toContain('href="https://arxiv.org/abs/2512.99999"');
    });

    test("the page of an unknown address has a title, and the menu and footer of every page", async ({
      page,
    }) => {
      for (const path of ["/nowhere", "/papers/date/2025-02-30"]) {
        const html = await (await page.request.get(path)).text();
        expect(html).toContain("<title>Page not found · Broadsheet</title>");
        for (const part of ['href="/sources"', 'href="/help"', "<footer"]) expect(html).toContain(part);
      }
    });

    test("invalid ids and days answer 404 with a readable page", async ({ page }) => {
      const invalid = ["/papers/%25", "/papers/a%25ff", "/papers/date/0000-01-01", "/papers/date/9999-12-31"];
      for (const path of invalid) {
        const answer = await page.request.get(path);
        expect(answer.status(), path).toBe(404);
        expect(await answer.text(), path).toMatch(/<title>[^<]+<\/title>.*<h1[^>]*>[^<]+<\/h1>/s);
      }
    });

    test("odd searches and invalid parameters get a readable page, and broken addresses a 400", async ({
      page,
    }) => {
      const odd = [
        '"',
        "'; DROP TABLE Paper; --",
        "🚀",
        "نص عربي",
        "\u0000",
        "%",
        "<script>alert(1)</script>",
      ];
      for (const q of odd) {
        const answer = await page.goto(`/papers?q=${encodeURIComponent(q)}`);
        expect(answer?.status(), q).toBe(200);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      }
      await page.goto(`/papers?q=${"weight ".repeat(1500)}`);
      await expect(page.getByText("Searched for the first 500 characters only.")).toBeVisible();
      await page.goto("/papers?page=-1&from=yesterday&q[]=1&__proto__[x]=1");
      await expect(page.getByText("Ignored from=yesterday: expected a date like 2026-08-21.")).toBeVisible();
      await page.goto("/papers?q=weight&page=99");
      await page.getByRole("link", { name: "last page, 3" }).click();
      await expect(page.getByRole("article")).toHaveCount(6);
      for (const path of ["/papers/%ff", "/papers/%00"])
        expect((await page.request.get(path)).status()).toBe(400);
    });
  });
}
