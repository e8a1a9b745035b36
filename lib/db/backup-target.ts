import { lstatSync, realpathSync, statSync } from "node:fs";
import path from "node:path";

/** Where to write a backup. Throws if that is not a file, or one of the library's own, of which the first is the library. */
export function findTarget(file: string, own: string[]): string {
  const folder = path.dirname(file);
  if (!statSync(folder, { throwIfNoEntry: false }))
    throw new Error(`${file}: expected a folder ${folder}, there is none`);
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink();
  const existing = statSync(file, { throwIfNoEntry: false });
  if (isLink && !existing) throw new Error(`${file}: expected a file, this is a link that leads nowhere`);
  if (existing?.isDirectory()) throw new Error(`${file}: expected a file, this is a folder`);
  if (existing && !existing.isFile()) throw new Error(`${file}: expected a file, got a device or a pipe`);
  const target = existing ? realpathSync(file) : path.join(realpathSync(folder), path.basename(file));
  for (const [index, name] of own.entries()) {
    const one = statSync(name, { throwIfNoEntry: false });
    const isSame =
      target === name || (existing && one && existing.dev === one.dev && existing.ino === one.ino);
    if (isSame)
      throw new Error(
        `${file}: ${index === 0 ? "is the library itself" : "belongs to the library"}; name another file`,
      );
  }
  return target;
}
