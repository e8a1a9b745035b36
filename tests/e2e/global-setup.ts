import { execFileSync } from "node:child_process";

/** Fills the library of the served site, as its user would. */
export default function setup(): void {
  execFileSync(process.execPath, ["scripts/scrape.mjs", "tests/fixtures/e2e"], {
    env: { ...process.env, INIT_CWD: "", DATABASE_URL: process.env.E2E_DATABASE_URL },
    stdio: "inherit",
  });
}
