import { Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Dispatcher } from "undici";
import { FetchError } from "./fetch-error";

const megabyte = 2 ** 20;
// The largest real listing is under 2 MB. The limit keeps a wrong file, or one line of it, from filling the memory.
export const maxBytes = 64 * megabyte;

/** A repeated header is joined into one. */
export function headerOf({ headers }: Dispatcher.ResponseData, name: string): string | null {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}

const unpackers: Record<string, () => Transform> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

// As many as curl decodes. Each takes memory, and a header could name thousands.
const maxEncodings = 5;

/**
 * The decompressed bytes of an answer, however many encodings it has. Throws a FetchError as soon as the compressed or
 * decompressed size exceeds the limit. Always closes the answer, or the process would wait for it, or exit too early.
 */
export async function readAll(response: Dispatcher.ResponseData, limit = maxBytes): Promise<Buffer> {
  const { statusCode: status, body } = response;
  const header = headerOf(response, "content-encoding") ?? "";
  const encodings = header.toLowerCase().split(",");
  const packed = encodings.map((name) => name.trim()).filter((name) => name !== "" && name !== "identity");
  const unpacking = packed.map((name) => unpackers[name]);
  body.on("error", () => {}); // the reader sees the error too; after a failure elsewhere nobody is reading
  try {
    if (Number(headerOf(response, "content-length") ?? 0) > limit) throw tooLarge(limit, status);
    if (unpacking.includes(undefined) || packed.length > maxEncodings)
      throw new FetchError(`expected an answer in gzip or br, got "${header.slice(0, 100)}"`, status);
    const chunks: Buffer[] = [];
    const streams = unpacking.reverse().flatMap((open) => open?.() ?? []); // the encoding applied last comes off first
    const keep = new Writable({
      write(chunk, _, done) {
        chunks.push(chunk);
        done();
      },
    });
    await pipeline([body, limitSize(limit, status), ...streams, limitSize(limit, status), keep]);
    return Buffer.concat(chunks);
  } finally {
    body.destroy();
  }
}

function tooLarge(limit: number, status: number): FetchError {
  return new FetchError(`expected at most ${limit / megabyte} MB, got more`, status);
}

function limitSize(limit: number, status: number): Transform {
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      length += chunk.length;
      if (length <= limit) return done(null, chunk);
      done(tooLarge(limit, status));
    },
  });
}
