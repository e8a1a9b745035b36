import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { database } from "../db/client";
import { retryWhileLocked } from "../db/retry-while-locked";

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** The most bytes of an upload, unpacked. */
export const maxUploadBytes = 20 * 2 ** 20;
const maxUploads = 3;
const keptMs = 3_600_000;

/** What a reader adds. `name` is that of the file, null for a pasted text. */
export type Upload = {
  name: string | null;
  body: Buffer;
  /** What became of it, as `finishUpload` stored it. Null until then. */
  result: string | null;
};

/**
 * Stores what a reader wants to add until they confirm it, and returns its token. Deletes what is older than an hour,
 * and all but the reader's latest three.
 */
export async function storeUpload(reader: string, name: string | null, body: Buffer): Promise<string> {
  const packed = new Uint8Array(await pack(body));
  const token = randomBytes(24).toString("base64url");
  await retryWhileLocked(() =>
    database().$transaction(async (tx) => {
      await tx.upload.deleteMany({ where: { createdAt: { lt: oldest() } } });
      await tx.upload.create({
        data: { token, readerId: reader, name, body: packed, createdAt: new Date() },
      });
      const kept = await tx.upload.findMany({
        where: { readerId: reader },
        orderBy: [{ createdAt: "desc" }, { token: "asc" }],
        take: maxUploads,
        select: { token: true },
      });
      const tokens = kept.map((upload) => upload.token);
      await tx.upload.deleteMany({ where: { readerId: reader, token: { notIn: [...tokens, token] } } });
    }),
  );
  return token;
}

/** An upload of this reader that is not older than an hour. Null if there is none. */
export async function findUpload(reader: string, token: string): Promise<Upload | null> {
  const found = await database().upload.findFirst({
    where: { token, readerId: reader, createdAt: { gte: oldest() } },
  });
  if (!found) return null;
  const { name, body, result } = found;
  return { name, result, body: body.length === 0 ? Buffer.alloc(0) : await unpack(body) };
}

/** Replaces the body of an upload by what became of it. */
export async function finishUpload(reader: string, token: string, result: string): Promise<void> {
  await retryWhileLocked(() =>
    database().upload.updateMany({
      where: { token, readerId: reader },
      data: { body: new Uint8Array(), result },
    }),
  );
}

const oldest = () => new Date(Date.now() - keptMs);
