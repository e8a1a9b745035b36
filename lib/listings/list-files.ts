import type { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";

/**
 * Every file in and below a folder, sorted, without hidden ones. A file, a pipe, or `-` for standard input is returned
 * as is. `onFailure` is called for anything that is not a file or cannot be read, with the reason; without it, the first one
 * is thrown.
 */
export async function listFiles(
  source: string,
  onFailure: Fail = (_, why) => Promise.reject(why),
): Promise<string[]> {
  if (source === "-" || !(await stat(source)).isDirectory()) return [source];
  let failed = false;
  const files = await listFolder(source, (file, why) => {
    failed = true;
    return onFailure(file, why);
  });
  if (files.length === 0 && !failed) throw new Error("expected listings, got a folder without files");
  return files.sort();
}

type Fail = (file: string, why: unknown) => Promise<void>;

async function listFolder(folder: string, onFailure: Fail): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".")) continue;
    const file = path.join(folder, entry.name);
    try {
      const stats = await stat(file);
      if (stats.isFile()) files.push(file);
      else if (entry.isDirectory()) files.push(...(await listFolder(file, onFailure)));
      else if (stats.isDirectory())
        throw new Error("a link to a folder is not followed; name it as a SOURCE to read it");
      else throw new Error(`expected a file, got ${kindOf(stats)}`);
    } catch (error) {
      await onFailure(file, error);
    }
  }
  return files;
}

/** `a pipe`, `a socket` or `a device`. */
export function kindOf(stats: Stats): string {
  if (stats.isFIFO()) return "a pipe";
  return stats.isSocket() ? "a socket" : "a device";
}
