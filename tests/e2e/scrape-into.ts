import { execFileSync } from "node:child_process";

/** Reads a folder of listings into a library, as its user would. */
export function scrapeInto(env: NodeJS.ProcessEnv, folder: string): void {
  execFileSync(process.execPath, ["scripts/scrape.mjs", folder], {
    env: { ...env, INIT_CWD: "" },
    stdio: "inherit",
  });
}
