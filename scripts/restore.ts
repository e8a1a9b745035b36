import path from "node:path";
import { restore } from "@/lib/db/sqlite/backup";
import { readEnv } from "@/lib/env";
import { runWithFile } from "./scrape/with-file";

const usage = `npm run restore -- FILE

Replaces the library with a backup. Keeps the previous library beside it. Stop the server
first.

Exit: 0 restored · 1 not restored, with the reason · 2 wrong usage`;

/** Runs the program with its command-line arguments. Returns the exit code. */
export function main(args: string[]): Promise<number> {
  return runWithFile("restore", usage, args, async (file) => {
    const { databaseFile } = readEnv();
    if (databaseFile === null)
      throw new Error(
        "DATABASE_URL is a PostgreSQL database: create an empty one and run pg_restore --dbname=ADDRESS FILE",
      );
    const { papers, before } = await restore(file, databaseFile);
    const suffix = before ? `; the previous library is kept as ${path.basename(before)}` : "";
    return `${papers.toLocaleString("en")} papers restored${suffix}`;
  });
}
