import { expect, test } from "./test";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("the reads are listed with their counts, by the link at the foot of every page", async ({
      page,
    }) => {
      await page.goto("/");
      await page.getByRole("link", { name: /^Library last read/ }).click();
      await expect(page).toHaveURL("/reads");
      const read = page.getByRole("listitem").filter({ hasText: "2025-12-10.json" });
      await expect(read).toContainText("3 listed: 3 new, 0 updated, 0 unchanged, 0 rejected");
      await read.getByText("Take it back").click();
      await expect(read.getByRole("button", { name: /^Take listing \d+ back$/ })).toBeVisible();
    });
  });
}

test("taking back refuses rubbish and other sites", async ({ request }) => {
  const post = (form: Record<string, string>, headers = {}) =>
    request.post("/reads/forget", { form, headers, maxRedirects: 0 });
  expect((await post({ listing: "all" })).status()).toBe(400);
  expect((await post({})).status()).toBe(400);
  expect((await post({ listing: "99999" })).status()).toBe(404);
  expect((await post({ listing: "1" }, { Origin: "https://elsewhere.example" })).status()).toBe(403);
});
