import type { Database } from "../db/client";
import { filesOf } from "../db/engine";
import type { Files } from "../db/files";
import { readEnv } from "../env";
import type { EncodedPicture } from "./encode";

/** Where pictures are stored, and their maximum size in bytes; 0 stores and shows none. */
export type MediaStore = { files: Files; maxBytes: number };

/** The pictures of a library, as many as KEEP_MEDIA allows. */
export const openMedia = (db: Database): MediaStore => ({
  files: filesOf(db, "media"),
  maxBytes: readEnv().keepMedia,
});

const pictureSizes = ["large", "small"] as const;
export type PictureSize = (typeof pictureSizes)[number];

/** The name of a picture's file, also in its address: `/media/HASH-small.webp`. */
export const pictureName = (hash: string, size: PictureSize) => `${hash}-${size}.webp`;

const namePattern = /^([0-9a-f]{32})-(large|small)\.webp$/;

/** The file of a picture with such a name. Null if it is not there, or for any other name. */
export async function readPicture({ files, maxBytes }: MediaStore, name: string): Promise<Buffer | null> {
  return maxBytes > 0 && namePattern.test(name) ? files.read(name) : null;
}

/** Those of these pictures that may be shown: their files are there, and pictures are switched on. */
export async function findShown({ files, maxBytes }: MediaStore, hashes: string[]): Promise<Set<string>> {
  if (maxBytes === 0 || hashes.length === 0) return new Set();
  // The small file is written last.
  const small = new Map(hashes.map((hash) => [pictureName(hash, "small"), hash]));
  const there = await files.having([...small.keys()]);
  return new Set([...small].filter(([name]) => there.has(name)).map(([, hash]) => hash));
}

/** Stores both files of a picture. Returns their size in bytes. */
export async function storePicture({ files }: MediaStore, picture: EncodedPicture): Promise<number> {
  for (const size of pictureSizes) await files.write(pictureName(picture.hash, size), picture[size]);
  return picture.large.length + picture.small.length;
}

export type StoredPicture = { bytes: number; writtenAt: number; isWhole: boolean };

/** The stored pictures by hash. One of whose files is missing is not whole. */
export async function listPictures({ files }: MediaStore): Promise<Map<string, StoredPicture>> {
  const pictures = new Map<string, StoredPicture>();
  for (const { name, bytes, writtenAt } of await files.list()) {
    const hash = namePattern.exec(name)?.[1];
    if (!hash) continue;
    const other = pictures.get(hash);
    pictures.set(hash, {
      bytes: bytes + (other?.bytes ?? 0),
      writtenAt: Math.max(writtenAt, other?.writtenAt ?? 0),
      isWhole: other !== undefined,
    });
  }
  return pictures;
}

export async function removePicture({ files }: MediaStore, hash: string): Promise<void> {
  for (const size of [...pictureSizes].reverse()) await files.remove(pictureName(hash, size));
}
