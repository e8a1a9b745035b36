import type { Browser, Page } from "@playwright/test";
import { chromium, expect, test } from "./test";

// These tests change the bookmarks of one shared reader, so they run one after the other.
test.describe.configure({ mode: "serial" });

const day = "/papers/date/2025-12-09";
const bookmarkButton = (page: Page, title: string) =>
  page.getByRole("button", { name: `Bookmark: ${title}`, exact: true });
const removeButton = (page: Page, title: string) =>
  page.getByRole("button", { name: `Remove bookmark: ${title}`, exact: true });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a bookmark added in a list shows on every page until it is removed", async ({ page }) => {
      const title = "Filler Paper Number 40";
      await page.goto(day);
      await bookmarkButton(page, title).click();
      await expect(removeButton(page, title)).toBeInViewport();
      await expect(bookmarkButton(page, title)).toBeHidden();
      await page.reload();
      await expect(removeButton(page, title)).toBeVisible();
      await page.getByRole("link", { name: title }).click();
      await expect(removeButton(page, title)).toBeVisible();
      await page.goto("/papers?q=filler+is:bookmarked");
      await expect(page.getByRole("article")).toContainText([title]);
      await page.getByRole("link", { name: "Library", exact: true }).click();
      await removeButton(page, title).click();
      await expect(page.locator("article[data-keep]")).toHaveCount(0); // saved on the server
      await page.goto("/library");
      await expect(page.getByRole("link", { name: title })).toHaveCount(0);
    });

    test("a search in the library searches the library, and says so", async ({ page }) => {
      const title = "Filler Paper Number 40";
      await page.goto(day);
      await bookmarkButton(page, title).click();
      await expect(removeButton(page, title)).toBeVisible();
      await page.goto("/library");
      const search = page.getByLabel("Search papers");
      await expect(search).toHaveAttribute("placeholder", "Search your library");
      await search.fill("filler");
      await search.press("Enter");
      await expect(page).toHaveURL("/papers?q=filler+is%3Abookmarked");
      await expect(page.getByRole("article")).toHaveCount(1);
      await page
        .getByRole("list", { name: "Filters" })
        .getByRole("link", { name: "in your library" })
        .click();
      await expect(page).toHaveURL("/papers?q=filler");
      await page.goto(day);
      await removeButton(page, title).click();
      await expect(bookmarkButton(page, title)).toBeVisible();
    });

    test("a bookmark added or removed on a paper's page shows in the list, also after Back", async ({
      page,
    }) => {
      const title = "An Old Paper in C++";
      await page.goto("/papers/date/2025-12-10");
      await page.getByRole("link", { name: title }).click();
      await bookmarkButton(page, title).click();
      await expect(removeButton(page, title)).toBeVisible();
      // Not Back: without JavaScript, the form's redirect is one more entry in the history.
      await page.goto("/papers/date/2025-12-10");
      await expect(removeButton(page, title)).toBeVisible();
      await page.getByRole("link", { name: title }).click();
      await removeButton(page, title).click();
      await expect(bookmarkButton(page, title)).toBeVisible();
      if (javaScriptEnabled) await page.goBack();
      else await page.goto("/papers/date/2025-12-10");
      await expect(bookmarkButton(page, title)).toBeVisible();
    });
  });
}

test("a click takes effect before the server answers, and the focus stays on the button", async ({
  page,
}) => {
  const title = "Filler Paper Number 30";
  await page.goto(day);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("/api/v1/bookmarks/**", async (route) => {
    await held;
    await route.continue();
  });
  await bookmarkButton(page, title).press("Enter");
  await expect(removeButton(page, title)).toBeFocused();
  release();
  await expect(page.locator("article[data-keep]")).toHaveCount(0); // it is in the reader's style sheet now
  await expect(removeButton(page, title)).toBeFocused();
  await removeButton(page, title).press("Enter");
  await expect(bookmarkButton(page, title)).toBeFocused();
  await expect(page.locator("article[data-keep]")).toHaveCount(0);
  await expect(page.locator('link[href^="/me.css"]')).toHaveCount(1);
});

test("after three quick clicks the last one counts, and only one request is sent at a time", async ({
  page,
}) => {
  const title = "Filler Paper Number 31";
  let [open, mostOpen] = [0, 0];
  await page.route("/api/v1/bookmarks/**", async (route) => {
    mostOpen = Math.max(mostOpen, ++open);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await route.continue();
    open--;
  });
  await page.goto(day);
  await bookmarkButton(page, title).click();
  await removeButton(page, title).click();
  await bookmarkButton(page, title).click();
  await expect(page.locator("article[data-keep]")).toHaveCount(0);
  await expect(removeButton(page, title)).toBeVisible();
  expect(mostOpen).toBe(1);
  await page.reload();
  await expect(removeButton(page, title)).toBeVisible();
  await removeButton(page, title).click();
  await expect(page.locator("article[data-keep]")).toHaveCount(0);
});

test.describe("a change that fails", () => {
  test.use({ expectedErrors: [/net::ERR_FAILED|status of 503/] });

  test("is reverted, and a message shows until a change succeeds or the reader returns to the tab", async ({
    page,
  }) => {
    const title = "Filler Paper Number 32";
    await page.goto(day);
    await page.route("/api/v1/bookmarks/**", (route) => route.abort("failed"));
    await bookmarkButton(page, title).click();
    await expect(page.getByText("Not saved: could not reach the server.")).toBeVisible();
    await expect(bookmarkButton(page, title)).toBeVisible();
    await page.unroute("/api/v1/bookmarks/**");
    await page.route("/api/v1/bookmarks/**", (route) => route.fulfill({ status: 503 }));
    await bookmarkButton(page, title).click();
    await expect(page.getByText("the server answered 503")).toBeVisible();
    await page.evaluate(() => dispatchEvent(new Event("focus"))); // the reader returns to the tab, and the server answers
    await expect(page.getByText("Not saved")).toHaveCount(0);
    await page.unroute("/api/v1/bookmarks/**");
    await bookmarkButton(page, title).click();
    await expect(removeButton(page, title)).toBeVisible();
    await expect(page.getByText("Not saved")).toHaveCount(0);
    await removeButton(page, title).click();
    await expect(page.locator("article[data-keep]")).toHaveCount(0);
  });
});

test.describe("papers passed with j while the server is unreachable", () => {
  test.use({ expectedErrors: [/net::ERR_FAILED/] });

  test("are marked as seen once it is back", async ({ page, request }) => {
    await request.post("/settings/save", { form: { markSeen: "passed" } });
    await page.goto(day);
    await page.route(/\/api\/v1\/seen\/|\/me\.css/, (route) => route.abort("failed"));
    for (const _ of [1, 2, 3]) await page.keyboard.press("j");
    await expect(page.getByText("Papers you pass will be marked as seen when it is back.")).toBeVisible();
    await expect(page.locator("article[data-seen=on]")).toHaveCount(2);
    await page.keyboard.press("j");
    await expect(page.locator("article[data-seen=on]")).toHaveCount(3);
    await page.unroute(/\/api\/v1\/seen\/|\/me\.css/);
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await expect(page.locator("article[data-seen]")).toHaveCount(0);
    await expect(page.getByText("Papers you pass will be marked")).toHaveCount(0);
    // Also if the reader moves on to another page meanwhile.
    await page.route(/\/api\/v1\/seen\//, (route) => route.abort("failed"));
    await page.keyboard.press("j");
    await expect(page.getByText("Papers you pass will be marked")).toBeVisible();
    await page.goto("/sources");
    await page.unroute(/\/api\/v1\/seen\//);
    await page.goto(day);
    await page.waitForLoadState("networkidle");
    await page.reload();
    for (const paper of (await page.getByRole("article").all()).slice(0, 4)) {
      await expect(paper.getByRole("button", { name: /^Mark as new:/ })).toBeVisible();
      const id = (await paper.getAttribute("id"))?.slice("p-".length);
      expect((await request.delete(`/api/v1/seen/${id}`)).status()).toBe(204);
    }
    await request.post("/settings/save", { form: { markSeen: "auto" } });
  });
});

test("the library offers to reload after a change in another tab, and an edition does not", async ({
  page,
  context,
  request,
}) => {
  const title = "Filler Paper Number 36";
  expect((await request.put("/api/v1/bookmarks/2512.80037")).status()).toBe(204);
  const [library, edition] = [await context.newPage(), await context.newPage()];
  await library.goto("/library");
  await edition.goto(day);
  await page.goto(day);
  await bookmarkButton(page, title).click();
  await expect(page.locator("article[data-keep]")).toHaveCount(0);
  for (const tab of [edition, library]) await tab.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(removeButton(edition, title)).toBeVisible();
  // A change made in this tab does not hide the offer.
  await library.getByRole("button", { name: "Mark as seen: Filler Paper Number 37" }).click();
  await expect(library.locator("article[data-seen]")).toHaveCount(0);
  await library.getByRole("link", { name: "Reload" }).click();
  await expect(removeButton(library, title)).toBeVisible();
  await expect(edition.getByText("does not show your latest change")).toHaveCount(0);
  const count = library.locator("[data-bookmarks]");
  const before = Number.parseInt((await count.textContent()) ?? "", 10);
  await removeButton(library, title).click();
  await expect(library.locator("article[data-keep]")).toHaveCount(0);
  await expect(count).toHaveText(before === 2 ? "1 paper" : `${before - 1} papers`);
  await library.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(removeButton(library, title)).toBeHidden();
  await expect(library.getByText("does not show your latest change")).toHaveCount(0); // this tab made the change
  for (const mark of ["bookmarks", "seen"]) await request.delete(`/api/v1/${mark}/2512.80037`);
});

test("a second tab shows a new bookmark when the reader returns to it", async ({ page, context }) => {
  const title = "Filler Paper Number 33";
  const other = await context.newPage();
  await other.goto(day);
  await page.goto(day);
  await bookmarkButton(page, title).click();
  await expect(page.locator("article[data-keep]")).toHaveCount(0);
  await expect(bookmarkButton(other, title)).toBeVisible();
  // A headless browser shows every tab, so the event of returning to one is dispatched by hand.
  await other.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(removeButton(other, title)).toBeVisible();
  await removeButton(other, title).click();
  await expect(other.locator("article[data-keep]")).toHaveCount(0);
});

for (const cached of [true, false]) {
  test.describe(`Back and Forward ${cached ? "with" : "without"} the back-forward cache`, () => {
    let browser: Browser;
    test.beforeAll(async ({ launchOptions }) => {
      // Playwright turns this cache off. Readers' browsers have it.
      const ignoreDefaultArgs = cached ? ["--disable-back-forward-cache"] : [];
      browser = await chromium.launch({ ...launchOptions, ignoreDefaultArgs });
    });
    test.afterAll(() => browser.close());

    test("show the current bookmarks", async ({ baseURL, request }) => {
      const title = "Filler Paper Number 34";
      const page = await browser.newPage({ baseURL });
      await page.goto(day);
      await bookmarkButton(page, title).click();
      await expect(page.locator("article[data-keep]")).toHaveCount(0);
      await page.evaluate(() =>
        addEventListener("pageshow", (event) => Object.assign(window, { restored: event.persisted })),
      );
      await page.getByRole("link", { name: title }).click();
      await removeButton(page, title).click();
      await expect(page.locator("article[data-keep]")).toHaveCount(0);
      // Not page.goBack, which waits for a load event: a page from the cache has none. The timeout lets `evaluate` return first.
      await page.evaluate(() => void setTimeout(() => history.back()));
      await expect(page).toHaveURL(`${day}#p-2512.80034`);
      await expect(bookmarkButton(page, title)).toBeVisible();
      expect(await page.evaluate(() => Reflect.get(window, "restored"))).toBe(cached ? true : undefined);
      expect((await request.put("/api/v1/bookmarks/2512.80034")).status()).toBe(204);
      await page.evaluate(() => void setTimeout(() => history.forward()));
      await expect(page).toHaveURL("/papers/2512.80034");
      await expect(removeButton(page, title)).toBeVisible();
      expect((await request.delete("/api/v1/bookmarks/2512.80034")).status()).toBe(204);
      await page.evaluate(() => void setTimeout(() => history.back()));
      await expect(page).toHaveURL(`${day}#p-2512.80034`);
      await expect(bookmarkButton(page, title)).toBeVisible();
      await page.close();
    });
  });
}

test("bookmarks that load late do not shift the layout", async ({ page, request }) => {
  await request.put("/api/v1/bookmarks/2512.80035");
  await page.route("/me.css*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  });
  await page.addInitScript(() => {
    Object.assign(window, { shifts: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        Object.assign(window, { shifts: Reflect.get(window, "shifts") + Reflect.get(entry, "value") });
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(day);
  await expect(removeButton(page, "Filler Paper Number 35")).toBeVisible();
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => Reflect.get(window, "shifts"))).toBe(0);
  await request.delete("/api/v1/bookmarks/2512.80035");
});

test("the bookmark form rejects invalid posts and other sites, and redirects only within this site", async ({
  request,
}) => {
  const post = (data: string, headers = {}) =>
    request.post("/bookmarks", {
      data,
      headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
      maxRedirects: 0,
    });
  const statuses = [
    await post("foo=1"),
    await post("keep="),
    await post("{", { "Content-Type": "application/json" }),
    await post("zzz", { "Content-Type": "multipart/form-data; boundary=x" }),
    await post("keep=nothing"),
    await post("keep=2512.90001", { Origin: "https://evil.example" }),
    await post("keep=2512.90001", { "Sec-Fetch-Site": "cross-site" }),
    await post("keep=2512.90001", { Host: "evil.example" }),
  ].map((answer) => answer.status());
  expect(statuses).toEqual([400, 400, 400, 400, 404, 403, 403, 421]);
  expect((await request.get("/api/v1/papers/2512.90001").then((answer) => answer.json())).bookmarked).toBe(
    false,
  );
  const redirect = await post("drop=2512.90001", { Referer: "https://evil.example/x" });
  expect([redirect.status(), redirect.headers().location]).toEqual([303, "/#p-2512.90001"]);
  expect(redirect.headers()["clear-site-data"]).toBe('"cache"');
});

test("the reader's style sheet is served only to this site's pages, and is never cached", async ({
  request,
}) => {
  await request.put("/api/v1/bookmarks/cs/0512003");
  const ask = (headers = {}) => request.get("/me.css?ids=cs/0512003,2512.90001,%22%5D*", { headers });
  const sheet = await ask({ "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors" });
  expect(await sheet.text()).toContain(
    ':is([id="p-cs/0512003"]) [name=keep]{display:none}:is([id="p-cs/0512003"]) [name=drop]{display:flex}\n',
  );
  expect(sheet.headers()).toMatchObject({
    "cache-control": "private, no-store",
    "cross-origin-resource-policy": "same-origin",
    "content-type": "text/css; charset=utf-8",
  });
  for (const site of ["cross-site", "same-site"]) {
    expect((await ask({ "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors" })).status()).toBe(403);
  }
  await request.delete("/api/v1/bookmarks/cs/0512003");
  expect(await (await ask()).text()).not.toContain("[name=drop]{");
});

test("the style sheet of a day has the bookmarks of that day only", async ({ request }) => {
  await request.put("/api/v1/bookmarks/2512.90002v3");
  expect(await (await request.get("/me.css?day=2025-12-10")).text()).toContain('[id="p-2512.90002"]');
  expect(await (await request.get("/me.css?day=2025-12-09")).text()).not.toContain("2512.90002");
  expect(await (await request.get("/me.css?day=never")).text()).not.toContain("p-");
  await request.delete("/api/v1/bookmarks/2512.90002");
});

test("the API adds and removes a bookmark, and accepts a repeated request", async ({ request }) => {
  const address = "/api/v1/bookmarks/2512.90004";
  for (const _ of [1, 2]) expect((await request.put(address)).status()).toBe(204);
  const bookmarked = await request.get("/api/v1/papers/2512.90004");
  expect(await bookmarked.json()).toMatchObject({ id: "2512.90004", bookmarked: true });
  for (const _ of [1, 2]) expect((await request.delete(address)).status()).toBe(204);
  expect((await request.put("/api/v1/bookmarks/nothing")).status()).toBe(404);
  expect((await request.put(address, { headers: { Origin: "https://evil.example" } })).status()).toBe(403);
});
