import path from "node:path";
import { listFiles } from "@/lib/listings/list-files";
import { openBody, openFile } from "@/lib/listings/open-source";
import { attempt, type Run, scrapeOne } from "./run";

// npm runs programs in the project's folder, but file names are relative to the folder the user is in.
const userFolder = process.env.INIT_CWD || process.cwd();

/** Whether everything at an address, in a file, or in every file of a folder was imported. */
export async function scrapeSource(source: string, run: Run): Promise<boolean> {
  if (/^https?:\/\//i.test(source)) {
    return attempt(source, run, async () => {
      const { url, body } = await run.network.get(source);
      return scrapeOne(openBody(source, url, body), source, run);
    });
  }
  let files: string[] = [];
  let allImported = true;
  const whole = source === "-" ? source : path.resolve(userFolder, source);
  // As the user wrote it: relative to their folder, or absolute.
  const toName = (file: string) => (path.isAbsolute(source) ? file : path.relative(userFolder, file) || ".");
  const list = async () => {
    files = await listFiles(whole, async (file, why) => {
      allImported = await attempt(toName(file), run, () => Promise.reject(why), { source: file });
    });
    return allImported;
  };
  allImported = await attempt(source === "-" ? source : toName(whole), run, list, { source: whole });
  for (const [index, file] of files.entries()) {
    if (files.length > 1) run.progress.show(index, files.length, `${index} of ${files.length} files`);
    const name = file === "-" ? "standard input" : toName(file);
    const step = async () => scrapeOne(await openFile(file), name, run);
    allImported = (await attempt(name, run, step, { source: file })) && allImported;
  }
  return allImported;
}
