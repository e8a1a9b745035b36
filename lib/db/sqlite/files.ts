import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { partOf, removeLeftovers } from "../../leftovers";
import type { Files, StoredFile } from "../files";

/** The files of a folder, which is created with the first. */
export function filesInFolder(root: string): Files {
  const pathOf = (name: string) => path.join(/* turbopackIgnore: true */ root, name);
  return {
    place: root,

    async list(folder = "") {
      if (!existsSync(pathOf(folder))) return [];
      const entries = await readdir(pathOf(folder), { recursive: true, withFileTypes: true });
      const names = entries
        .filter((entry) => entry.isFile() && !entry.name.endsWith(".broadsheet-part"))
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
      const files = await Promise.all(names.map((name) => readFacts(pathOf(name), name)));
      return files.filter((file) => file !== null);
    },

    having: async (names) => new Set(names.filter((name) => existsSync(pathOf(name)))),

    read: (name) => readFile(pathOf(name)).catch(ifMissing),

    async write(name, content, writtenAt) {
      const file = pathOf(name);
      const part = partOf(file);
      await mkdir(path.dirname(file), { recursive: true });
      removeLeftovers(path.dirname(file));
      try {
        await writeFile(part, content);
        if (writtenAt !== undefined) await utimes(part, writtenAt / 1000, writtenAt / 1000);
        await rename(part, file);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },

    rename: (name, to) => rename(pathOf(name), pathOf(to)),

    remove: (name) => rm(pathOf(name), { force: true }),
  };
}

/** Null if another process has removed it. */
async function readFacts(file: string, name: string): Promise<StoredFile | null> {
  const found = await stat(file).catch(ifMissing);
  return found && { name, bytes: found.size, writtenAt: found.mtimeMs };
}

function ifMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
