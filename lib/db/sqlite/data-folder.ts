import { chmodSync, lstatSync, readdirSync } from "node:fs";
import path from "node:path";
import { readEnv } from "../../env";

/**
 * Closes the default folder and its contents to other users, because earlier versions left it readable. The permissions
 * of a folder in DATABASE_URL are its owner's decision.
 */
export function closeDataFolder(): void {
  const folder = path.resolve(/* turbopackIgnore: true */ process.cwd(), "data");
  if (path.dirname(readEnv().databaseFile ?? "") !== folder) return;
  const stats = lstatSync(folder, { throwIfNoEntry: false }); // the target of a link belongs to the reader
  if (!stats?.isDirectory() || !isOpen(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const name = path.join(entry.parentPath, entry.name);
    if ((entry.isFile() || entry.isDirectory()) && isOpen(name))
      chmodSync(name, entry.isFile() ? 0o600 : 0o700);
  }
  chmodSync(folder, 0o700); // last, so that if this fails the next start tries again
}

/** Whether others can enter, read or write it, and this user can change that. */
function isOpen(name: string): boolean {
  const { mode, uid } = lstatSync(name);
  return uid === process.getuid?.() && (mode & 0o077) !== 0;
}
