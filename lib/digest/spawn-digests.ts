import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { readEnv } from "../env";
import { printable } from "../printable";

/** Makes and sends the digests that are due, in a separate process, so that no page waits for it. */
export function spawnDigests(): ChildProcess {
  const program = path.resolve(process.cwd(), "scripts/digest.mjs");
  // As JSON, its lines become lines of the server's log.
  const output = readEnv().logFormat === "json" ? "pipe" : "inherit";
  const child = spawn(process.execPath, ["--max-semi-space-size=4", program, "--send"], {
    stdio: ["ignore", output, output],
  });
  if (child.stdout) createInterface(child.stdout).on("line", (line) => console.log(line));
  if (child.stderr) createInterface(child.stderr).on("line", (line) => console.error(line));
  child.on("error", (error) => console.error(printable(`digest: could not start: ${error.message}`)));
  return child;
}
