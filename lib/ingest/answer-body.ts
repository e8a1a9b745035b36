import { pipeline, Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Dispatcher } from "undici";
import { FetchError } from "./fetch-error";
import { mostBytes } from "./read-source";

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

/** The unpacked bytes of an answer. Throws a FetchError as soon as there are too many of them, packed or unpacked. */
export async function readAll(response: Dispatcher.ResponseData): Promise<Buffer> {
  const { statusCode: status, body } = response;
  const packed = headerOf(response, "content-encoding")?.trim().toLowerCase() || "identity";
  const open = unpackers[packed];
  if (!open && packed !== "identity")
    throw new FetchError(`expected an answer in gzip or br, got "${packed}"`, status);
  // The callback has nothing to add: an error of either stream reaches whoever reads.
  const bytes = open ? pipeline(Readable.from(bounded(body, status)), open(), () => {}) : body;
  const chunks: Buffer[] = [];
  for await (const chunk of bounded(bytes, status)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* bounded(stream: AsyncIterable<Buffer>, status: number): AsyncIterable<Buffer> {
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > mostBytes)
      throw new FetchError(`expected at most ${mostBytes / 1024 / 1024} MB, got more`, status);
    yield chunk;
  }
}
