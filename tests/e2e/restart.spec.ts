import { execFileSync, spawn } from "node:child_process";
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { hubAnswer } from "../hub-answer";
import { openOwnServer } from "./own-server";

const { port, base, folder, env, setHub, start, stop } = openOwnServer(3700);

test("a first start imports the seven latest days from Hugging Face, and a second start requests nothing", async ({
  page,
}) => {
  let requests = 0;
  const hub = createServer((incoming, response) => {
    requests++;
    const day = new URL(incoming.url ?? "/", base).searchParams.get("date") ?? "2025-12-11";
    response.end(hubAnswer([{ id: `2512.000${day.slice(8)}`, day, title: `Read on the ${day.slice(8)}th` }]));
  });
  await new Promise<void>((resolve) => hub.listen(0, "127.0.0.1", resolve));
  // An AddressInfo, because it listens on a port.
  setHub(`http://127.0.0.1:${(hub.address() as AddressInfo).port}`);
  await start();
  await page.goto(base);
  await expect(page.getByRole("link", { name: "Read on the 11th" })).toBeVisible();
  const health = await (await page.request.get(`${base}/api/health`)).json();
  expect(health).toEqual({ status: "ok", papers: 7, latestEdition: "2025-12-11" });
  await stop("SIGTERM");
  expect(requests).toBe(8);
  await start();
  expect(requests).toBe(8);
  hub.close();
});

test("a first start shows the sample edition, bookmarks survive a restart, and an import replaces the sample", async ({
  page,
}) => {
  await start();
  expect(await (await page.request.get(`${base}/api/health`)).json()).toEqual({
    status: "ok",
    papers: 7,
    latestEdition: null,
  });
  await page.goto(base);
  await expect(page.getByRole("note")).toContainText("This is a sample edition");
  await page.getByRole("button", { name: /^Bookmark: A k-NN Baseline/ }).click();
  await page.getByRole("link", { name: "A k-NN Baseline That Refuses to Die" }).click();
  await expect(page.getByRole("note")).toHaveText("This paper is made up: it belongs to the sample edition.");
  expect(await stop("SIGTERM")).toBe(0);

  await start();
  await page.goto(`${base}/library`);
  await expect(page.getByRole("article")).toHaveCount(1);
  execFileSync(process.execPath, ["scripts/scrape.mjs", "tests/fixtures/e2e/2025-12-10.json"], {
    env: env(),
  });
  await page.goto(base);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Wednesday, 10 December 2025");
  await expect(page.getByText("This is a sample edition")).toHaveCount(0);
  await page.goto(`${base}/library`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your library is empty");
  expect(await stop("SIGINT")).toBe(0);
});

test("an import by another process shows without a restart, and an unchanged page answers 304", async ({
  request: client,
}) => {
  const scrape = (file: string) =>
    execFileSync(process.execPath, ["scripts/scrape.mjs", `tests/fixtures/e2e/${file}`], { env: env() });
  scrape("2025-12-10.json");
  await start();
  const first = await client.get(base);
  expect(await first.text()).toContain("Wednesday");
  const etag = first.headers().etag ?? "";
  expect((await client.get(base, { headers: { "If-None-Match": etag } })).status()).toBe(304);
  scrape("2025-12-11.json");
  await expect.poll(async () => (await client.get(base)).text()).toContain("Thursday");
});

test("while the library's file is missing, cached pages are served and others answer 503, until it is back", async ({
  page,
}) => {
  execFileSync(process.execPath, ["scripts/scrape.mjs", "tests/fixtures/e2e/2025-12-10.json"], {
    env: env(),
  });
  await start();
  await page.goto(base);
  const file = path.join(folder(), "library.db");
  for (const suffix of ["", "-wal", "-shm"])
    if (existsSync(file + suffix)) renameSync(file + suffix, `${file}.away${suffix}`);
  await expect.poll(async () => (await page.request.get(`${base}/api/ready`)).status()).toBe(503);
  expect(await (await page.request.get(`${base}/api/ready`)).json()).toEqual({
    status: "not ready",
    reasons: ["The library is unavailable: its file has been moved or deleted."],
  });
  expect((await page.request.get(`${base}/api/health`)).status()).toBe(200);
  await page.goto(base);
  await expect(page.getByRole("article")).toHaveCount(3);
  const other = await page.goto(`${base}/papers/2512.90001`);
  expect(other?.status()).toBe(503);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Temporarily unavailable");
  expect(await (await page.request.get(`${base}/api/v1/papers`)).json()).toEqual({
    error: "The library is unavailable: its file has been moved or deleted.",
  });
  expect((await page.request.put(`${base}/api/v1/bookmarks/2512.90001`)).status()).toBe(503);
  for (const suffix of ["", "-wal", "-shm"])
    if (existsSync(`${file}.away${suffix}`)) renameSync(`${file}.away${suffix}`, file + suffix);
  await expect.poll(async () => (await page.request.get(`${base}/papers/2512.90001`)).status()).toBe(200);
  expect((await page.request.put(`${base}/api/v1/bookmarks/2512.90001`)).status()).toBe(204);
  await stop("SIGTERM");
});

test("SIGTERM lets an open request finish and refuses new ones, and SIGINT stops at once", async () => {
  await start();
  const body = "keep=nothing";
  const headers = { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": body.length };
  const begin = () => {
    const posted = request(`${base}/bookmarks`, { method: "POST", headers });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      posted.on("response", (answer) => resolve(answer.resume().statusCode)).on("error", reject);
    });
    posted.flushHeaders();
    return { posted, answered };
  };
  const slow = begin();
  await expect.poll(() => slow.posted.socket?.bytesWritten ?? 0).toBeGreaterThan(0);
  const stopped = stop("SIGTERM");
  await expect
    .poll(() =>
      fetch(base).then(
        () => "served",
        () => "refused",
      ),
    )
    .toBe("refused");
  slow.posted.end(body);
  expect(await slow.answered).toBe(404);
  expect(await stopped).toBe(0);

  await start();
  const hanging = begin();
  await expect.poll(() => hanging.posted.socket?.bytesWritten ?? 0).toBeGreaterThan(0);
  const cut = expect(hanging.answered).rejects.toThrow();
  expect(await stop("SIGINT")).toBe(0);
  await cut;
});

test("a refused WebSocket does not keep the server from stopping", async () => {
  await start();
  await fetch(base);
  const upgrade = request(`${base}/_next/webpack-hmr`, {
    headers: { Host: "evil.example", Upgrade: "websocket", Connection: "Upgrade" },
  });
  const status = new Promise<number | undefined>((resolve, reject) => {
    upgrade.on("response", (answer) => resolve(answer.resume().statusCode)).on("error", reject);
  });
  upgrade.end();
  expect(await status).toBe(421);
  expect(await stop("SIGTERM")).toBe(0);
});

test("bookmarks can be added and removed while an import writes", async () => {
  const line = (at: number) =>
    JSON.stringify({ id: `2501.${String(at).padStart(5, "0")}`, title: `Line ${at}`, abstract: "Of many." });
  writeFileSync(
    path.join(folder(), "many.jsonl"),
    Array.from({ length: 3000 }, (_, at) => line(at + 1)).join("\n"),
  );
  execFileSync(process.execPath, ["scripts/scrape.mjs", "tests/fixtures/e2e/2025-12-10.json"], {
    env: env(),
  });
  await start();
  const scrape = spawn(process.execPath, ["scripts/scrape.mjs", path.join(folder(), "many.jsonl")], {
    env: env(),
  });
  const ended = new Promise<number | null>((resolve) => scrape.once("exit", resolve));
  let finished = false;
  ended.then(() => {
    finished = true;
  });
  const statuses: number[] = [];
  for (let method = "PUT"; !finished; method = method === "PUT" ? "DELETE" : "PUT") {
    statuses.push((await fetch(`${base}/api/v1/bookmarks/2512.90001`, { method })).status);
  }
  expect(await ended).toBe(0);
  expect(statuses.length).toBeGreaterThan(5);
  expect(new Set(statuses)).toEqual(new Set([204]));
});

test("a taken port is reported in one line that says how to choose another", async () => {
  const other = createServer().listen(port, "127.0.0.1");
  const result = await new Promise<{ code: number | null; stderr: string }>((resolve) => {
    const child = spawn(process.execPath, ["scripts/start.mjs"], { env: env() });
    let stderr = "";
    child.stderr.on("data", (bytes) => {
      stderr += bytes;
    });
    child.on("close", (code) => resolve({ code, stderr }));
  });
  other.close();
  expect(result).toEqual({
    code: 1,
    stderr: `Port ${port} on 127.0.0.1 is already in use. Choose another: PORT=${port + 1} npm start\n`,
  });
});
