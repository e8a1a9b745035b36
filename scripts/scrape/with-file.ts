import path from "node:path";
import Sqlite from "better-sqlite3";
import { databaseProblem } from "@/lib/db/problem";
import { printable } from "@/lib/printable";
import { systemProblem } from "@/lib/system-problem";

/** Runs a program that takes one file and prints one line. Returns its exit code. */
export async function runWithFile(
  name: string,
  usage: string,
  args: string[],
  run: (file: string) => Promise<string>,
): Promise<number> {
  const [file, ...rest] = args;
  if (file === "--help" || file === "-h") {
    console.log(usage);
    return 0;
  }
  if (file === undefined || file === "" || file.startsWith("-") || rest.length > 0) {
    console.error(
      `${name}: expected one FILE, got ${args.length === 0 ? "none" : `"${args.join(" ")}"`}\n${usage.split("\n")[0]}   (see --help)`,
    );
    return 2;
  }
  // npm runs programs in the project's folder, but file names are relative to the folder the user is in.
  const full = path.resolve(process.env.INIT_CWD || process.cwd(), file);
  try {
    console.log(await run(full));
    return 0;
  } catch (error) {
    console.error(printable(`${name}: ${messageOf(error, full)}`));
    return 1;
  }
}

/** An error about a file as one line. Codes of the system or SQLite are explained in words. */
function messageOf(error: unknown, file: string): string {
  if (!(error instanceof Error)) return String(error);
  const problem = systemProblem(error);
  if (problem) return `${"path" in error && error.path ? error.path : file}: ${problem}`;
  return error instanceof Sqlite.SqliteError
    ? `${file}: ${databaseProblem(error) ?? error.message}`
    : error.message;
}
