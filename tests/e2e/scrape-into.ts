import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";

/** Reads a folder of listings into a library, as its user would. */
export function scrapeInto(env: NodeJS.ProcessEnv, folder: string): void {
  execFileSync(process.execPath, ["scripts/scrape.mjs", folder], {
    env: { ...env, INIT_CWD: "" },
    stdio: "inherit",
  });
}

const filled = () => `${process.env.E2E_FOLDER}/filled.db`;

/** Reads the listings of `tests/fixtures/e2e` once, for all tests that want a library of them. */
export function fillOnce(): void {
  scrapeInto({ ...process.env, DATABASE_URL: `file:${filled()}` }, "tests/fixtures/e2e");
}

/** Gives a test a library of those. */
export function copyFilled(folder: string): void {
  copyFileSync(filled(), `${folder}/library.db`);
}
