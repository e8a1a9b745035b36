import { spawn } from "node:child_process";
import path from "node:path";

/**
 * Begins a refresh in a process of its own, so that no reader waits for it; its lines appear in the server's output. Where
 * another is going on already, that process ends at once.
 */
export function startRefresh(): void {
  const program = path.resolve(/* turbopackIgnore: true */ process.cwd(), "scripts/scrape.mjs");
  const child = spawn(process.execPath, ["--max-semi-space-size=4", program, "--refresh"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  child.on("error", (error) => console.error(`refresh: not begun: ${error.message}`));
}
