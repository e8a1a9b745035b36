import type { Browser, Page } from "@playwright/test";
import { chromium, expect, test } from "./test";

// One reader, one library: these change it, so they go one after the other.
test.describe.configure({ mode: "serial" });

const day = "/papers/date/2025-12-09";
const keep = (page: Page, title: string) =>
  page.getByRole("button", { name: `Bookmark: ${title}`, exact: true });
const drop = (page: Page, title: string) =>
  page.getByRole("button", { name: `Remove bookmark: ${title}`, exact: true });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a paper is bookmarked from a list, stays so everywhere, and is removed", async ({ page }) => {
      const title = "Filler Paper Number 40";
      await page.goto(day);
      await keep(page, title).click();
      await expect(drop(page, title)).toBeInViewport();
      await expect(keep(page, title)).toBeHidden();
      await page.reload();
      await expect(drop(page, title)).toBeVisible();
      await page.getByRole("link", { name: title }).click();
      await expect(drop(page, title)).toBeVisible();
      await page.goto("/papers?q=filler&bookmarked=true");
      await expect(page.getByRole("article")).toContainText([title]);
      await page.getByRole("link", { name: "Library", exact: true }).click();
      await drop(page, title).click();
      await expect(page.locator("article[data-keep]")).toHaveCount(0); // the server has it
      await page.goto("/library");
      await expect(page.getByRole("link", { name: title })).toHaveCount(0);
    });

    test("a paper is bookmarked on its own page, and Back shows it on the list", async ({ page }) => {
      const title = "An Old Paper in C++";
      await page.goto("/papers/date/2025-12-10");
      await page.getByRole("link", { name: title }).click();
      await keep(page, title).click();
      await expect(drop(page, title)).toBeVisible();
      // The form's own answer is one more step back.
      await page.goto("/papers/date/2025-12-10");
      await expect(drop(page, title)).toBeVisible();
      await page.getByRole("link", { name: title }).click();
      await drop(page, title).click();
      await expect(keep(page, title)).toBeVisible();
      if (javaScriptEnabled) await page.goBack();
      else await page.goto("/papers/date/2025-12-10");
      await expect(keep(page, title)).toBeVisible();
    });
  });
}

test("a click answers before the server does, and the focus stays where it was", async ({ page }) => {
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
  await keep(page, title).press("Enter");
  await expect(drop(page, title)).toBeFocused();
  release();
  await expect(page.locator("article[data-keep]")).toHaveCount(0); // the reader's own sheet has it now
  await expect(drop(page, title)).toBeFocused();
  await drop(page, title).press("Enter");
  await expect(keep(page, title)).toBeFocused();
  await expect(page.locator("article[data-keep]")).toHaveCount(0);
  await expect(page.locator('link[href^="/me.css"]')).toHaveCount(1);
});

test("three quick clicks end as the last one said, with one request at a time", async ({ page }) => {
  const title = "Filler Paper Number 31";
  let [open, most] = [0, 0];
  await page.route("/api/v1/bookmarks/**", async (route) => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await route.continue();
    open--;
  });
  await page.goto(day);
  await keep(page, title).click();
  await drop(page, title).click();
  await keep(page, title).click();
  await expect(page.locator("article[data-keep]")).toHaveCount(0);
  await expect(drop(page, title)).toBeVisible();
  expect(most).toBe(1);
  await page.reload();
  await expect(drop(page, title)).toBeVisible();
  await drop(page, title).click();
  await expect(page.locator("article[data-keep]")).toHaveCount(0);
});

test.describe("a change that fails", () => {
  test.use({ expectedErrors: [/net::ERR_FAILED|status of 503/] });

  test("is taken back, and says so until the next one succeeds or the reader comes back", async ({
    page,
  }) => {
    const title = "Filler Paper Number 32";
    await page.goto(day);
    await page.route("/api/v1/bookmarks/**", (route) => route.abort("failed"));
    await keep(page, title).click();
    await expect(page.getByText("Not saved: could not reach the server.")).toBeVisible();
    await expect(keep(page, title)).toBeVisible();
    await page.unroute("/api/v1/bookmarks/**");
    await page.route("/api/v1/bookmarks/**", (route) => route.fulfill({ status: 503 }));
    await keep(page, title).click();
    await expect(page.getByText("the server answered 503")).toBeVisible();
    await page.evaluate(() => dispatchEvent(new Event("focus"))); // the reader comes back, and the server answers
    await expect(page.getByText("Not saved")).toHaveCount(0);
    await page.unroute("/api/v1/bookmarks/**");
    await keep(page, title).click();
    await expect(drop(page, title)).toBeVisible();
    await expect(page.getByText("Not saved")).toHaveCount(0);
    await drop(page, title).click();
    await expect(page.locator("article[data-keep]")).toHaveCount(0);
  });
});

test.describe("papers that are passed while the server is away", () => {
  test.use({ expectedErrors: [/net::ERR_FAILED/] });

  test("are remembered when it is back", async ({ page, request }) => {
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
    // Also where the reader goes on to another page meanwhile.
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
  });
});

test("a list of one's own offers to show what another tab changed, a page that is everyone's does not", async ({
  page,
  context,
  request,
}) => {
  const title = "Filler Paper Number 36";
  expect((await request.put("/api/v1/bookmarks/2512.80037")).status()).toBe(204);
  const [own, edition] = [await context.newPage(), await context.newPage()];
  await own.goto("/library");
  await edition.goto(day);
  await page.goto(day);
  await keep(page, title).click();
  await expect(page.locator("article[data-keep]")).toHaveCount(0);
  for (const tab of [edition, own]) await tab.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(drop(edition, title)).toBeVisible();
  // A change of this page's own leaves the offer standing.
  await own.getByRole("button", { name: "Mark as seen: Filler Paper Number 37" }).click();
  await expect(own.locator("article[data-seen]")).toHaveCount(0);
  await own.getByRole("link", { name: "Reload" }).click();
  await expect(drop(own, title)).toBeVisible();
  await expect(edition.getByText("does not show your latest change")).toHaveCount(0);
  const count = own.locator("[data-bookmarks]");
  const before = Number.parseInt((await count.textContent()) ?? "", 10);
  await drop(own, title).click();
  await expect(own.locator("article[data-keep]")).toHaveCount(0);
  await expect(count).toHaveText(before === 2 ? "1 paper" : `${before - 1} papers`);
  await own.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(drop(own, title)).toBeHidden();
  await expect(own.getByText("does not show your latest change")).toHaveCount(0); // it was its own
  for (const mark of ["bookmarks", "seen"]) await request.delete(`/api/v1/${mark}/2512.80037`);
});

test("a second tab agrees when it is looked at again", async ({ page, context }) => {
  const title = "Filler Paper Number 33";
  const other = await context.newPage();
  await other.goto(day);
  await page.goto(day);
  await keep(page, title).click();
  await expect(page.locator("article[data-keep]")).toHaveCount(0);
  await expect(keep(other, title)).toBeVisible();
  // A browser without a screen shows every tab, so the event of coming back is made by hand.
  await other.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(drop(other, title)).toBeVisible();
  await drop(other, title).click();
  await expect(other.locator("article[data-keep]")).toHaveCount(0);
});

for (const remembered of [true, false]) {
  test.describe(`Back and Forward ${remembered ? "with" : "without"} the back-forward cache`, () => {
    let browser: Browser;
    test.beforeAll(async ({ launchOptions }) => {
      // Playwright switches that cache off; a reader's browser has it.
      const ignoreDefaultArgs = remembered ? ["--disable-back-forward-cache"] : [];
      browser = await chromium.launch({ ...launchOptions, ignoreDefaultArgs });
    });
    test.afterAll(() => browser.close());

    test("show each mark as it is", async ({ baseURL, request }) => {
      const title = "Filler Paper Number 34";
      const page = await browser.newPage({ baseURL });
      await page.goto(day);
      await keep(page, title).click();
      await expect(page.locator("article[data-keep]")).toHaveCount(0);
      // In the page itself: Playwright waits for a load that a page that comes back does not have.
      await page.evaluate(() =>
        addEventListener("pageshow", (event) => Object.assign(window, { restored: event.persisted })),
      );
      await page.getByRole("link", { name: title }).click();
      await drop(page, title).click();
      await expect(page.locator("article[data-keep]")).toHaveCount(0);
      await page.evaluate(() => void setTimeout(() => history.back())); // after it has answered
      await expect(page).toHaveURL(`${day}#p-2512.80034`);
      await expect(keep(page, title)).toBeVisible();
      expect(await page.evaluate(() => Reflect.get(window, "restored"))).toBe(remembered ? true : undefined);
      expect((await request.put("/api/v1/bookmarks/2512.80034")).status()).toBe(204);
      await page.evaluate(() => void setTimeout(() => history.forward()));
      await expect(page).toHaveURL("/papers/2512.80034");
      await expect(drop(page, title)).toBeVisible();
      expect((await request.delete("/api/v1/bookmarks/2512.80034")).status()).toBe(204);
      await page.evaluate(() => void setTimeout(() => history.back())); // after it has answered
      await expect(page).toHaveURL(`${day}#p-2512.80034`);
      await expect(keep(page, title)).toBeVisible();
      await page.close();
    });
  });
}

test("marks that come late shift nothing", async ({ page, request }) => {
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
  await expect(drop(page, "Filler Paper Number 35")).toBeVisible();
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => Reflect.get(window, "shifts"))).toBe(0);
  await request.delete("/api/v1/bookmarks/2512.80035");
});

test("the form's address refuses rubbish and other sites, and comes back only to this one", async ({
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
  const away = await post("drop=2512.90001", { Referer: "https://evil.example/x" });
  expect([away.status(), away.headers().location]).toEqual([303, "/#p-2512.90001"]);
  expect(away.headers()["clear-site-data"]).toBe('"cache"');
});

test("the reader's own sheet is for this site's pages only, and is never stored", async ({ request }) => {
  await request.put("/api/v1/bookmarks/cs/0512003");
  const ask = (headers = {}) => request.get("/me.css?ids=cs/0512003,2512.90001,%22%5D*", { headers });
  const own = await ask({ "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors" });
  expect(await own.text()).toContain(
    ':is([id="p-cs/0512003"]) [name=keep]{display:none}:is([id="p-cs/0512003"]) [name=drop]{display:flex}\n',
  );
  expect(own.headers()).toMatchObject({
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

test("the sheet of a day has its bookmarks", async ({ request }) => {
  await request.put("/api/v1/bookmarks/2512.90002v3");
  expect(await (await request.get("/me.css?day=2025-12-10")).text()).toContain('[id="p-2512.90002"]');
  expect(await (await request.get("/me.css?day=2025-12-09")).text()).not.toContain("2512.90002");
  expect(await (await request.get("/me.css?day=never")).text()).not.toContain("p-");
  await request.delete("/api/v1/bookmarks/2512.90002");
});

test("the interface sets and clears a bookmark, as often as one likes", async ({ request }) => {
  const address = "/api/v1/bookmarks/2512.90004";
  for (const _ of [1, 2]) expect((await request.put(address)).status()).toBe(204);
  const kept = await request.get("/api/v1/papers/2512.90004");
  expect(await kept.json()).toMatchObject({ id: "2512.90004", bookmarked: true });
  for (const _ of [1, 2]) expect((await request.delete(address)).status()).toBe(204);
  expect((await request.put("/api/v1/bookmarks/nothing")).status()).toBe(404);
  expect((await request.put(address, { headers: { Origin: "https://evil.example" } })).status()).toBe(403);
});
