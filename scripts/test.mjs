// npm test: unit and data tests (in the world's first time zone, those about days also in one of the last), the build,
// and the browser tests.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { endWithNpm, nodeTooOld, root, run, setUp, stop } from "./setup/setup.mjs";

const old = nodeTooOld(process.versions.node);
if (old) stop(old);
endWithNpm();
process.chdir(root);
const folder = mkdtempSync(path.join(tmpdir(), "broadsheet-test-"));
const total = { passed: 0, failed: 0, skipped: 0 };

await setUp();
// A zone far from UTC, so that tests fail if a day passes through local time by mistake. `npm run check` uses the local
// zone.
await vitest("tests on SQLite", ["--project=sqlite"], { TZ: "Pacific/Kiritimati" });
// What needs a library, on a real server.
await vitest("tests on PostgreSQL", ["--project=postgres"], { TZ: "Pacific/Kiritimati" });
// Tests that read, count or print days.
const ofDays = [
  ...["days", "url-state", "papers", "topics", "readers", "digest"],
  ...["arxiv", "hf-api", "hf-page", "jsonl", "text-kinds", "text.test", "text-tools"].map(
    (name) => `listings/${name}`,
  ),
  ...["trust", "reread", "save"].map((name) => `catalog/${name}`),
  ...["hub", "refresh", "first-import", "settled"].map((name) => `imports/${name}`),
  "net/rate-limit",
].map((name) => `tests/lib/${name}`);
await vitest("tests of days in America/Los_Angeles", ["--project=sqlite", ...ofDays], {
  TZ: "America/Los_Angeles",
});
await setUp({ build: true });
await playwright();

rmSync(folder, { recursive: true });
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);

async function vitest(name, choice, env) {
  const json = path.join(folder, `${name.replace(/\W/g, "-")}.json`);
  const command = [
    "node_modules/vitest/vitest.mjs",
    "run",
    ...choice,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${json}`,
  ];
  console.log(`\n${name}`);
  const { code } = await run([process.execPath, ...command], env, "inherit");
  count(name, code, json, (report) => [
    report.numPassedTests,
    report.numFailedTests,
    report.numPendingTests + report.numTodoTests,
  ]);
}

async function playwright() {
  console.log("\nbrowser tests");
  const { findBrowser } = await import("./setup/browser.mjs");
  let browser;
  try {
    browser = await findBrowser();
  } catch (error) {
    console.error(error.message);
    total.failed += 1;
    return;
  }
  console.log(`browser: ${browser.description}`);
  const json = path.join(folder, "playwright.json");
  const env = {
    PLAYWRIGHT_JSON_OUTPUT_FILE: json,
    E2E_PORT: String(await freePort()),
    E2E_FOLDER: folder,
    ...(browser.path ? { E2E_BROWSER: browser.path } : {}),
  };
  const { code } = await run(
    [process.execPath, "node_modules/@playwright/test/cli.js", "test"],
    env,
    "inherit",
  );
  count("browser tests", code, json, ({ stats }) => [
    stats.expected,
    stats.unexpected + stats.flaky,
    stats.skipped,
  ]);
}

/** Adds a runner's counts. If it failed without a failed test, that counts as one failure. */
function count(name, code, json, read) {
  const [passed, failed, skipped] = existsSync(json)
    ? read(JSON.parse(readFileSync(json, "utf8")))
    : [0, 0, 0];
  const broken = failed === 0 && (code !== 0 || passed === 0);
  if (!broken) console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  else console.error(`${name}: exited with ${code} after ${passed} tests passed`);
  total.passed += passed;
  total.failed += broken ? 1 : failed;
  total.skipped += skipped;
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
