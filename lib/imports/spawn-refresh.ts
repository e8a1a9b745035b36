import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Day } from "../days";
import { database } from "../db/client";
import { databaseProblem } from "../db/problem";
import { readEnv } from "../env";
import { printable } from "../printable";
import { endRefresh } from "./refresh-state";

/**
 * Starts a refresh, or the fetch of one day, in a separate process, so that no reader waits for it. Its output appears
 * in the server's. If another refresh is running, the process ends at once. If it dies, the slot is freed at once.
 */
export function spawnRefresh(day: Day | null = null): ChildProcess {
  const startedAt = new Date();
  const child = spawnScrape("refresh", day ? ["--date", day] : []);
  child.on("exit", (code) => {
    if (code === 0) return;
    endRefresh(database(), startedAt).catch((error: unknown) =>
      console.error(printable(`refresh: could not mark it as ended: ${databaseProblem(error) ?? error}`)),
    );
  });
  return child;
}

/** Fetches the pictures that papers lack, in a separate process. */
export function spawnPictures(): ChildProcess {
  return spawnScrape("pictures");
}

function spawnScrape(task: "refresh" | "pictures", options: string[] = []): ChildProcess {
  const program = path.resolve(/* turbopackIgnore: true */ process.cwd(), "scripts/scrape.mjs");
  // As JSON, its lines become lines of the server's log.
  const output = readEnv().logFormat === "json" ? "pipe" : "inherit";
  const child = spawn(process.execPath, ["--max-semi-space-size=4", program, `--${task}`, ...options], {
    stdio: ["ignore", output, output],
  });
  if (child.stdout) createInterface(child.stdout).on("line", (line) => console.log(line));
  if (child.stderr) createInterface(child.stderr).on("line", (line) => console.error(line));
  child.on("error", (error) => console.error(printable(`${task}: could not start: ${error.message}`)));
  return child;
}
