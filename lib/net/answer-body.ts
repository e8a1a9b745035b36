import { Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Dispatcher } from "undici";
import { FetchError } from "./fetch-error";

// The largest real listing is under 2 MB. The limit keeps a wrong file, or one line of it, from filling the memory.
export const maxBytes = 64 * 1024 * 1024;

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
export async function readAll(response: Dispatcher.ResponseData): Promise<Buffer> {
  const { statusCode: status, body } = response;
  const header = headerOf(response, "content-encoding") ?? "";
  const encodings = header.toLowerCase().split(",");
  const packed = encodings.map((name) => name.trim()).filter((name) => name !== "" && name !== "identity");
  const unpacking = packed.map((name) => unpackers[name]);
  body.on("error", () => {}); // the reader sees the error too; after a failure elsewhere nobody is reading
  try {
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
    await pipeline([body, limitSize(status), ...streams, limitSize(status), keep]);
    return Buffer.concat(chunks);
  } finally {
    body.destroy();
  }
}

function limitSize(status: number): Transform {
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      length += chunk.length;
      if (length <= maxBytes) return done(null, chunk);
      done(new FetchError(`expected at most ${maxBytes / 1024 / 1024} MB, got more`, status));
    },
  });
}
