import path from "node:path";
import * as postgres from "@/lib/db/postgres/backup";
import { backUp } from "@/lib/db/sqlite/backup";
import { readEnv } from "@/lib/env";
import { runWithFile } from "./scrape/with-file";

const usage = `npm run backup -- FILE

Saves the whole library to one file, even while the server runs. An existing file is replaced
once the new copy is complete. On PostgreSQL it calls pg_dump; pg_restore reads the file.

Exit: 0 saved · 1 not saved, with the reason · 2 wrong usage`;

/** Runs the program with its command-line arguments. Returns the exit code. */
export function main(args: string[]): Promise<number> {
  return runWithFile("backup", usage, args, async (file) => {
    const { databaseFile, databaseUrl } = readEnv();
    const name = path.basename(file);
    if (databaseFile === null) return `${name}: ${sizeOf((await postgres.backUp(databaseUrl, file)).bytes)}`;
    const { papers, bytes } = await backUp(databaseFile, file);
    return `${name}: ${papers.toLocaleString("en")} papers, ${sizeOf(bytes)}`;
  });
}

const sizeOf = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
