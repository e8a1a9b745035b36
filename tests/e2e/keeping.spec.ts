import { expect, test } from "./test";

// One reader, one library: these change it, so they go one after the other.
test.describe.configure({ mode: "serial" });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a paper is kept from a list, stays kept, and is let go", async ({ page }) => {
      await page.goto("/papers/date/2025-12-09");
      await page.getByRole("button", { name: "Keep: Filler Paper Number 40", exact: true }).click();
      await expect(page).toHaveURL(/\/papers\/date\/2025-12-09#p-2512\.80040$/);
      await expect(
        page.getByRole("button", { name: "Remove from kept: Filler Paper Number 40" }),
      ).toBeInViewport();
      await page.reload();
      await expect(
        page.getByRole("button", { name: "Remove from kept: Filler Paper Number 40" }),
      ).toBeVisible();
      await page.getByRole("link", { name: "Kept" }).click();
      await expect(page.getByRole("article")).toHaveCount(1);
      await page.getByRole("button", { name: "Remove from kept: Filler Paper Number 40" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing kept yet");
    });

    test("a paper is kept on its own page", async ({ page }) => {
      await page.goto("/papers/cs/0512003");
      await page.getByRole("button", { name: "Keep: An Old Paper in C++" }).click();
      await page.getByRole("button", { name: "Remove from kept: An Old Paper in C++" }).click();
      await expect(page.getByRole("button", { name: "Keep: An Old Paper in C++" })).toBeVisible();
    });
  });
}

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
  ].map((answer) => answer.status());
  expect(statuses).toEqual([400, 400, 400, 400, 404, 403, 403]);
  expect((await request.get("/api/v1/papers/2512.90001").then((answer) => answer.json())).bookmarked).toBe(
    false,
  );
  const away = await post("drop=2512.90001", { Referer: "https://evil.example/x" });
  expect([away.status(), away.headers().location]).toEqual([303, "/#p-2512.90001"]);
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
