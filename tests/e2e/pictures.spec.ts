import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { hubAnswer } from "../hub-answer";
import { makePicture } from "../pictures";
import { openOwnServer } from "./own-server";

const { base, env, folder, setHub, start } = openOwnServer(4300);
let hub: Server;

test.beforeEach(async () => {
  const [wide, tall] = [
    await makePicture("png", { width: 1600, height: 900 }),
    await makePicture("jpeg", { width: 300, height: 500, color: "#308040" }),
  ];
  hub = createServer((request, response) => response.end(request.url === "/wide" ? wide : tall));
  await new Promise<void>((resolve) => hub.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
  setHub(address);
  const file = `${folder()}/2025-12-10.json`;
  const media = [`${address}/wide`, `${address}/tall`];
  writeFileSync(
    file,
    hubAnswer([{ id: "2512.00001", title: "Lamps of $\\alpha$", day: "2025-12-10", media }]),
  );
  // Not execFileSync: this process serves the pictures.
  await promisify(execFile)(process.execPath, ["scripts/scrape.mjs", file], { env: env() });
});
test.afterEach(() => {
  hub.closeAllConnections();
  hub.close();
});

test("a paper's page shows its pictures from our own address, without moving anything", async ({ page }) => {
  await start();
  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  await page.goto(`${base}/papers/2512.00001`);
  const figures = page.getByRole("region", { name: "Figures" });
  const pictures = figures.getByRole("img");
  await expect(pictures).toHaveCount(2);
  await expect(pictures.first()).toHaveAttribute("alt", "Figure 1 from Lamps of alpha");
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  const before = await height();
  for (const picture of await pictures.all()) await picture.scrollIntoViewIfNeeded();
  const loaded = () =>
    pictures.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth));
  await expect.poll(loaded).toEqual([1600, 300]);
  expect(await height()).toBe(before);
  expect(requested.filter((url) => !url.startsWith(`${base}/`))).toEqual([]);
  // No wider than the text.
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);

  await figures.getByRole("link").first().click();
  const response = await page.request.get(page.url());
  expect(response.headers()).toMatchObject({
    "content-type": "image/webp",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("default-src 'self'"),
  });
  for (const name of ["x.webp", "..%2flibrary.db", `${"0".repeat(32)}-small.webp`])
    expect((await page.request.get(`${base}/media/${name}`)).status()).toBe(404);
});

test("with pictures off, none is requested", async ({ page }) => {
  await start();
  await page.goto(`${base}/settings`);
  await page.getByRole("group", { name: "Pictures" }).getByLabel("Off").check();
  await expect
    .poll(() =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--pictures")),
    )
    .toBe("off");
  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  await page.goto(`${base}/papers/2512.00001`, { waitUntil: "networkidle" });
  await expect(page.getByRole("region", { name: "Figures" })).toBeHidden();
  await page.mouse.wheel(0, 5000);
  await page.waitForLoadState("networkidle");
  expect(requested.filter((url) => url.startsWith(`${base}/media/`))).toEqual([]);
});

test("without its files, a paper is shown without pictures", async ({ page }) => {
  rmSync(`${folder()}/library.media`, { recursive: true });
  await start();
  await page.goto(`${base}/papers/2512.00001`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("img")).toHaveCount(0);
});
