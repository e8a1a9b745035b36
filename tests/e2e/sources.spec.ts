import { expect, test } from "./test";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("the footer links to Sources, which lists each import with its counts and a Remove button", async ({
      page,
    }) => {
      await page.goto("/");
      await page.getByRole("link", { name: /^Sources · last import/ }).click();
      await expect(page).toHaveURL("/sources");
      const row = page.getByRole("listitem").filter({ hasText: "2025-12-10.json" });
      await expect(row).toContainText("3 listed: 3 new, 0 updated, 0 unchanged, 0 rejected");
      await row.getByText("Remove", { exact: true }).click();
      await expect(row.getByRole("button", { name: /^Remove listing \d+$/ })).toBeVisible();
    });
  });
}

test("removing a listing rejects invalid forms and other sites", async ({ request }) => {
  const post = (form: Record<string, string>, headers = {}) =>
    request.post("/sources/forget", { form, headers, maxRedirects: 0 });
  expect((await post({ listing: "all" })).status()).toBe(400);
  expect((await post({})).status()).toBe(400);
  expect((await post({ listing: "99999" })).status()).toBe(404);
  expect((await post({ listing: "1" }, { Origin: "https://elsewhere.example" })).status()).toBe(403);
});

test("the old addresses of Sources and Topics redirect to the new ones", async ({ request }) => {
  for (const [old, current] of [
    ["/reads", "/sources"],
    ["/trends?from=x", "/topics?from=x"],
  ]) {
    const answer = await request.get(old ?? "", { maxRedirects: 0 });
    expect([answer.status(), answer.headers().location]).toEqual([308, current]);
  }
});
