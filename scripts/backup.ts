import path from "node:path";
import { backUp } from "@/lib/db/sqlite/backup";
import { libraryFile } from "./library-file";
import { runWithFile } from "./scrape/with-file";

const usage = `npm run backup -- FILE

Saves the whole library to one file, even while the server runs. An existing file is replaced
once the new copy is complete.

Exit: 0 saved · 1 not saved, with the reason · 2 wrong usage`;

/** Runs the program with its command-line arguments. Returns the exit code. */
export function main(args: string[]): Promise<number> {
  return runWithFile("backup", usage, args, async (file) => {
    const { papers, bytes } = await backUp(libraryFile(), file);
    const size = (bytes / 2 ** 20).toFixed(1);
    return `${path.basename(file)}: ${papers.toLocaleString("en")} papers, ${size} MB`;
  });
}
