// Finds a browser for the tests: Playwright's own, one on PATH, Playwright's download, or Debian's package.
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { run } from "./setup.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * `{ path, description }`. `path` is null if Playwright finds the browser by itself. Throws an Error that says what to
 * install.
 */
export async function findBrowser() {
  const { chromium } = await import("@playwright/test");
  if (existsSync(chromium.executablePath())) return { path: null, description: "Playwright's Chromium" };
  const installed = onPath();
  if (installed) return { path: installed, description: installed };
  if (await isReachable("https://cdn.playwright.dev")) {
    const { code } = await run([
      process.execPath,
      "node_modules/@playwright/test/cli.js",
      "install",
      "chromium",
    ]);
    if (code === 0) return { path: null, description: "Playwright's Chromium, downloaded now" };
  }
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const quiet = { DEBIAN_FRONTEND: "noninteractive" };
    await run(["apt-get", "update"], quiet);
    const { code, output } = await run(
      ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
      quiet,
    );
    const fetched = onPath();
    if (fetched) return { path: fetched, description: `${fetched}, Debian's package, installed now` };
    throw new Error(
      `no browser: apt-get install chromium exited with ${code}: ${output.trim().split("\n").at(-1)}`,
    );
  }
  throw new Error("no browser: run `npx playwright install chromium`, or put Chromium or Chrome on PATH");
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(isProgram) ?? null;
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch (error) {
    if (["ENOENT", "EACCES", "ENOTDIR"].includes(error.code)) return false;
    throw error;
  }
}

async function isReachable(url) {
  const answer = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(5000) }).catch((error) => {
    console.log(`browser: ${url} cannot be reached (${error.cause?.code ?? error.name})`);
    return null;
  });
  return answer !== null;
}
