import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { partOf, removeLeftovers } from "../leftovers";
import type { EncodedPicture } from "./encode";

/** Where pictures are stored, and their maximum size in bytes; 0 stores and shows none. */
export type MediaStore = { folder: string; maxBytes: number };

export const pictureSizes = ["large", "small"] as const;
export type PictureSize = (typeof pictureSizes)[number];

/** The name of a picture's file, also in its address: `/media/HASH-small.webp`. */
export const pictureName = (hash: string, size: PictureSize) => `${hash}-${size}.webp`;

const namePattern = /^([0-9a-f]{32})-(large|small)\.webp$/;

/** The path of a file with such a name, or null for any other name. */
export function pictureFile({ folder }: MediaStore, name: string): string | null {
  return namePattern.test(name) ? path.join(/* turbopackIgnore: true */ folder, name) : null;
}

/** Whether a picture may be shown: its files are there, and pictures are switched on. */
export function hasPicture({ folder, maxBytes }: MediaStore, hash: string): boolean {
  // The small file is written last.
  return (
    maxBytes > 0 && existsSync(path.join(/* turbopackIgnore: true */ folder, pictureName(hash, "small")))
  );
}

/** Stores both files of a picture. Returns their size in bytes. */
export async function storePicture({ folder }: MediaStore, picture: EncodedPicture): Promise<number> {
  await mkdir(folder, { recursive: true });
  removeLeftovers(folder);
  for (const size of pictureSizes) {
    const file = path.join(folder, pictureName(picture.hash, size));
    const part = partOf(file);
    try {
      await writeFile(part, picture[size]);
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }
  return picture.large.length + picture.small.length;
}

export type StoredPicture = { bytes: number; writtenAt: number; isWhole: boolean };

/** The stored pictures by hash. One of whose files is missing is not whole. */
export async function listPictures({ folder }: MediaStore): Promise<Map<string, StoredPicture>> {
  const pictures = new Map<string, StoredPicture>();
  if (!existsSync(folder)) return pictures;
  for (const name of await readdir(folder)) {
    const hash = namePattern.exec(name)?.[1];
    const file = hash && (await stat(path.join(folder, name)).catch(ifMissing));
    if (!file) continue;
    const other = pictures.get(hash);
    pictures.set(hash, {
      bytes: file.size + (other?.bytes ?? 0),
      writtenAt: Math.max(file.mtimeMs, other?.writtenAt ?? 0),
      isWhole: other !== undefined,
    });
  }
  return pictures;
}

/** Another process may have removed it meanwhile. */
function ifMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}

export async function removePicture({ folder }: MediaStore, hash: string): Promise<void> {
  for (const size of [...pictureSizes].reverse())
    await rm(path.join(folder, pictureName(hash, size)), { force: true });
}
