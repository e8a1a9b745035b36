import path from "node:path";
import { restore } from "@/lib/db/backup";
import { readEnv } from "@/lib/env";
import { runWithFile } from "./scrape/with-file";

const usage = `npm run restore -- FILE

Puts a backup in the place of the library; what was there is kept beside it. The server has
to be stopped first.

Exit: 0 restored · 1 not restored, the line says why · 2 wrong usage`;

/** Runs the program with the words after `npm run restore --`. Returns the exit code. */
export function main(words: string[]): Promise<number> {
  return runWithFile("restore", usage, words, async (file) => {
    const { papers, before } = await restore(file, readEnv().databaseFile);
    const kept = before ? `; what was there is kept as ${path.basename(before)}` : "";
    return `${papers.toLocaleString("en")} papers restored${kept}`;
  });
}
