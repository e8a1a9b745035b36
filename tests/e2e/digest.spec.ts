import { expect, test } from "./test";

const colorsOf = { light: "rgb(252, 250, 246)", dark: "rgb(21, 18, 15)" };

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the next mail is shown as it would be sent, also in the other color scheme and as plain text", async ({
    page,
  }) => {
    await page.goto("/digest");
    await expect(page.getByText(/^Daily papers, 11 December: \d+ papers$/)).toBeVisible();
    const mail = page.frameLocator("iframe");
    await expect(mail.getByRole("heading", { level: 1 })).toHaveText("Thursday, 11 December 2025");
    for (const [view, color] of [
      ["Dark", colorsOf.dark],
      ["Light", colorsOf.light],
    ] as const) {
      await page.getByRole("link", { name: view, exact: true }).click();
      await expect(mail.locator("body")).toHaveCSS("background-color", color);
    }
    await page.getByRole("link", { name: "Plain text" }).click();
    await expect(page.locator("pre")).toContainText("Unsubscribe: ");
    await page.getByRole("searchbox", { name: "Search", exact: true }).last().fill("zebra");
    await page.getByLabel("Weekly").check();
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page.getByText("so no mail would be sent")).toBeVisible();
    await expect(page).toHaveURL("/digest?q=zebra&rhythm=weekly");
  });
});

test("the preview of a mail may use its own styles, but run nothing and be framed by no other site", async ({
  request,
}) => {
  const response = await request.get("/digest/preview");
  const policy = response.headers()["content-security-policy"];
  expect(policy).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
  );
  expect(await response.text()).toContain('<base target="_blank">');
});
