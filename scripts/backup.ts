import path from "node:path";
import { backUp } from "@/lib/db/backup";
import { readEnv } from "@/lib/env";
import { runWithFile } from "./scrape/with-file";

const usage = `npm run backup -- FILE

Writes the whole library to one file, also while the server runs. What stood there is
replaced when the new copy is whole.

Exit: 0 written · 1 not written, the line says why · 2 wrong usage`;

/** Runs the program with the words after `npm run backup --`. Returns the exit code. */
export function main(words: string[]): Promise<number> {
  return runWithFile("backup", usage, words, async (file) => {
    const { papers, bytes } = await backUp(readEnv().databaseFile, file);
    const size = (bytes / 2 ** 20).toFixed(1);
    return `${path.basename(file)}: ${papers.toLocaleString("en")} papers, ${size} MB`;
  });
}
