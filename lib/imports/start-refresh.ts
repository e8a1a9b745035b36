import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { database } from "../db/open-database";
import { troubleOf } from "../db/troubles";
import { printable } from "../printable";
import { endRefresh } from "./refresh";

/**
 * Begins a refresh in a process of its own, so that no reader waits for it; its lines appear in the server's output. Where
 * another is going on already, that process ends at once. Where it dies without a word, its place is free at once.
 */
export function startRefresh(): ChildProcess {
  const begun = new Date();
  const program = path.resolve(/* turbopackIgnore: true */ process.cwd(), "scripts/scrape.mjs");
  const child = spawn(process.execPath, ["--max-semi-space-size=4", program, "--refresh"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  child.on("error", (error) => console.error(printable(`refresh: not begun: ${error.message}`)));
  child.on("exit", (code) => {
    if (code === 0) return;
    endRefresh(database(), begun).catch((error: unknown) =>
      console.error(printable(`refresh: not ended: ${troubleOf(error) ?? error}`)),
    );
  });
  return child;
}
