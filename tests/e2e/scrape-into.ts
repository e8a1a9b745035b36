import { execFileSync } from "node:child_process";
import { copyFileSync, renameSync, rmSync } from "node:fs";

/** Imports a file or folder of listings into a library with the scrape program. */
export function scrapeInto(env: NodeJS.ProcessEnv, source: string): void {
  execFileSync(process.execPath, ["scripts/scrape.mjs", source], {
    env: { ...env, INIT_CWD: "" },
    stdio: "inherit",
  });
}

const fixtureLibrary = () => `${process.env.E2E_FOLDER}/filled.db`;

/** Imports the listings of `tests/fixtures/e2e` once, into a library that tests copy. */
export function createFixtureLibrary(): void {
  scrapeInto({ ...process.env, DATABASE_URL: `file:${fixtureLibrary()}` }, "tests/fixtures/e2e");
}

/** Copies that library into the folder of a test. */
export function copyFixtureLibrary(folder: string): void {
  copyFileSync(fixtureLibrary(), `${folder}/library.db`);
}

/** The same, in place of a library that a server has open. */
export function replaceWithFixtureLibrary(folder: string): void {
  copyFileSync(fixtureLibrary(), `${folder}/next.db`);
  for (const end of ["-wal", "-shm"]) rmSync(`${folder}/library.db${end}`, { force: true });
  renameSync(`${folder}/next.db`, `${folder}/library.db`);
}
