import { expect, test } from "./test";

test("the feed link of a search leads to a page that copies the address of its feed", async ({
  page,
  context,
  baseURL,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/papers?q=quiet");
  await page.getByRole("main").getByRole("link", { name: "feed", exact: true }).click();
  await expect(page).toHaveURL("/feeds?q=quiet");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Feed");
  const address = `${baseURL}/feeds/atom.xml?q=quiet`;
  await expect(page.getByRole("textbox", { name: "Address of the feed" })).toHaveValue(address);
  await page.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Copied." })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);
  await expect(page.locator('link[rel="alternate"]')).toHaveAttribute("href", /\/feeds\/atom\.xml\?q=quiet$/);
  expect((await page.request.get("/feeds/atom.xml?q=quiet")).status()).toBe(200);
});

test("the feed page has the whole library's feed, names invalid filters, and is cached unless it is the reader's own", async ({
  page,
  baseURL,
}) => {
  await page.goto("/feeds");
  const field = page.getByRole("textbox", { name: "Address of the feed" });
  await expect(field).toHaveValue(`${baseURL}/feeds/atom.xml`);
  await page.goto("/feeds?tag=weight+sharing&from=yesterday&page=3&limit=5&x=%22%3E%3Cscript%3E");
  await expect(page.getByText("Ignored from=yesterday: expected a date like 2026-08-21.")).toBeVisible();
  await expect(field).toHaveValue(`${baseURL}/feeds/atom.xml?q=tag%3A%22weight+sharing%22`);
  const cacheOf = async (address: string) => (await page.request.get(address)).headers()["cache-control"];
  expect(await cacheOf("/feeds?q=tag%3A%22weight+sharing%22")).toBe("private, no-cache");
  expect(await cacheOf("/feeds?bookmarked=true")).toBe("private, no-store");
  const { port } = new URL(baseURL ?? "");
  const other = await page.request.get(`http://localhost:${port}/feeds`);
  expect(await other.text()).toContain(`http://localhost:${port}/feeds/atom.xml`);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the feed page has no button to copy, and links to the Atom file", async ({ page }) => {
    await page.goto("/feeds?tag=weight+sharing");
    await expect(page.getByRole("button", { name: "Copy" })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Open the Atom file" })).toHaveAttribute(
      "href",
      "/feeds/atom.xml?q=tag%3A%22weight+sharing%22",
    );
  });
});
