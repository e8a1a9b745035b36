import { defineConfig, devices } from "@playwright/test";

// Set by scripts/test.mjs; the defaults serve `npx playwright test` by hand.
const port = process.env.E2E_PORT ?? "3199";
process.env.E2E_FOLDER ??= `/tmp/broadsheet-e2e-${process.pid}`;
process.env.HUB_URL = "http://127.0.0.1:1"; // nothing listens there: no test may contact the real one
process.env.ARXIV_API_URL = process.env.HUB_URL;
process.env.REFRESH = "";
process.env.E2E_DATABASE_URL = `file:${process.env.E2E_FOLDER}/e2e.db`;

// Without these, a Chromium other than Playwright's contacts Google at every start, and does not run as root.
const args = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
if (process.getuid?.() === 0) args.push("--no-sandbox");

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  workers: 2,
  // Long keyboard tests and axe's checks are slow on a busy machine, and slowness is not a failure.
  timeout: 300_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [["list"], ["json"]],
  globalSetup: "./tests/e2e/global-setup.ts",
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: "en-GB",
    actionTimeout: 30_000,
    launchOptions: { args, ...(process.env.E2E_BROWSER ? { executablePath: process.env.E2E_BROWSER } : {}) },
  },
  projects: [{ name: "chromium", use: devices["Desktop Chrome"] }],
  webServer: {
    command: "node scripts/start.mjs",
    env: { PORT: port, HOST: "127.0.0.1", DATABASE_URL: process.env.E2E_DATABASE_URL },
    url: `http://127.0.0.1:${port}/api/health`,
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
  },
});
