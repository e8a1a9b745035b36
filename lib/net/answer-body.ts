import { Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Dispatcher } from "undici";
import { FetchError } from "./fetch-error";

// The largest real listing is under 2 MB; the bound keeps a wrong file, or one line of it, from taking the memory.
export const mostBytes = 64 * 1024 * 1024;

/** A header that came several times is read as one. */
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

// As many as curl undoes; each takes memory, and a header has room for thousands.
const mostEncodings = 5;

/**
 * The unpacked bytes of an answer, however often it was packed. Throws a FetchError as soon as there are too many of them,
 * packed or unpacked. Whatever goes wrong, nothing of the answer is left open: a process would wait for it, or end waiting.
 */
export async function readAll(response: Dispatcher.ResponseData): Promise<Buffer> {
  const { statusCode: status, body } = response;
  const header = headerOf(response, "content-encoding") ?? "";
  const encodings = header.toLowerCase().split(",");
  const packed = encodings.map((name) => name.trim()).filter((name) => name !== "" && name !== "identity");
  const unpacking = packed.map((name) => unpackers[name]);
  body.on("error", () => {}); // it also reaches whoever reads; after a failure elsewhere nobody does
  try {
    if (unpacking.includes(undefined) || packed.length > mostEncodings)
      throw new FetchError(`expected an answer in gzip or br, got "${header.slice(0, 100)}"`, status);
    const chunks: Buffer[] = [];
    const streams = unpacking.reverse().flatMap((open) => open?.() ?? []); // the last one was put on last
    const keep = new Writable({
      write(chunk, _, done) {
        chunks.push(chunk);
        done();
      },
    });
    await pipeline([body, bound(status), ...streams, bound(status), keep]);
    return Buffer.concat(chunks);
  } finally {
    body.destroy();
  }
}

function bound(status: number): Transform {
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      length += chunk.length;
      if (length <= mostBytes) return done(null, chunk);
      done(new FetchError(`expected at most ${mostBytes / 1024 / 1024} MB, got more`, status));
    },
  });
}
