import { chmodSync, lstatSync, readdirSync } from "node:fs";
import path from "node:path";
import { readEnv } from "../env";

/**
 * Closes the default folder, and what is in it, to other users of this machine: earlier versions made it open to be read.
 * A folder that DATABASE_URL names is its owner's to open or close, so it is left as it is.
 */
export function closeDataFolder(): void {
  const folder = path.resolve(/* turbopackIgnore: true */ process.cwd(), "data");
  if (path.dirname(readEnv().databaseFile) !== folder) return;
  const there = lstatSync(folder, { throwIfNoEntry: false }); // a link leads to a folder of the reader's
  if (!there?.isDirectory() || !isOpen(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const name = path.join(entry.parentPath, entry.name);
    if ((entry.isFile() || entry.isDirectory()) && isOpen(name))
      chmodSync(name, entry.isFile() ? 0o600 : 0o700);
  }
  chmodSync(folder, 0o700); // last: until then the next start does it again
}

/** True for what others may enter, read or write, and this user may close. */
function isOpen(name: string): boolean {
  const { mode, uid } = lstatSync(name);
  return uid === process.getuid?.() && (mode & 0o077) !== 0;
}
