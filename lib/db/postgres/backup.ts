import { spawn } from "node:child_process";
import { renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { partOf, removeLeftovers } from "../../leftovers";
import { findTarget } from "../backup-target";
import { nameOfDatabase } from "./name";

/**
 * Has pg_dump write a consistent copy of the library to a file, in its custom format, while others use the library. An
 * existing file is replaced only once the copy is complete. Throws an Error of one line.
 */
export async function backUp(url: string, file: string): Promise<{ bytes: number }> {
  const target = findTarget(file, []);
  const part = partOf(target);
  removeLeftovers(path.dirname(target));
  try {
    await dump(url, part);
    const { size } = statSync(part);
    renameSync(part, target);
    return { bytes: size };
  } finally {
    rmSync(part, { force: true });
  }
}

function dump(url: string, file: string): Promise<void> {
  const { address, password } = withoutPassword(url);
  const args = ["--format=custom", "--no-password", `--file=${file}`, `--dbname=${address}`];
  // Other users of the machine can read the arguments of a process, but not its environment.
  const env = password === "" ? process.env : { ...process.env, PGPASSWORD: password };
  return new Promise((resolve, reject) => {
    const child = spawn("pg_dump", args, { env, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (said += text));
    child.on("error", (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === "ENOENT";
      reject(isMissing ? new Error(`pg_dump was not found; ${howToGet}`) : error);
    });
    child.on("close", (code) => {
      if (code === 0) return resolve();
      const why = isOlder.test(said) ? `${inOneLine(said)}; ${howToGet}` : firstLine(said);
      reject(new Error(`${nameOfDatabase(url)}: ${why || `pg_dump ended with ${code}`}`));
    });
  });
}

const howToGet =
  "it comes with PostgreSQL's client programs (Debian: postgresql-client, macOS: brew install libpq), and its version must be at least the server's";

/** pg_dump's first line has the reason; those after it have details. */
const firstLine = (text: string) => text.trim().split("\n", 1)[0] ?? "";
// Here, the details are the two versions.
const isOlder = /server version mismatch/;
const inOneLine = (text: string) => text.trim().replace(/\n(pg_dump: )?/g, "; ");

function withoutPassword(url: string): { address: string; password: string } {
  const address = new URL(url);
  const password = address.searchParams.get("password") ?? decodeURIComponent(address.password);
  address.password = "";
  address.searchParams.delete("password");
  return { address: address.href, password };
}
