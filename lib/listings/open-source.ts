import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { maxBytes } from "../net/answer-body";
import { markOf } from "../net/charset";
import { hideSecrets } from "../printable";
import { isJsonLines } from "./formats/jsonl";
import { kindOf } from "./list-files";
import { readFirstLines, tooLong } from "./read-source";
import type { Source } from "./source";
import { spool } from "./spool";

/** Opens a file. Standard input (`-`) and pipes are first written to a file, because a long body is read twice. */
export async function openFile(name: string): Promise<Source> {
  return sourceOf(name, await toReader(name));
}

async function sourceOf(name: string, read: () => Readable): Promise<Source> {
  let beginning = Buffer.alloc(0);
  for await (const chunk of read()) {
    beginning = chunk;
    break;
  }
  return { name, url: null, open: () => toUtf8(unpack(read(), beginning)) };
}

async function toReader(name: string): Promise<() => Readable> {
  if (name === "-") return spoolBody(process.stdin);
  const stats = await stat(name);
  if (stats.isFIFO()) return spoolBody(createReadStream(name));
  if (stats.isSocket() || stats.isCharacterDevice() || stats.isBlockDevice())
    throw new Error(`expected a file or a pipe, got ${kindOf(stats)}`);
  return () => createReadStream(name);
}

/** Only JSON Lines may be long, so the rest of anything else is not read. */
function spoolBody(stream: Readable): Promise<() => Readable> {
  return spool(stream, maxBytes, async (read) => {
    if (!isJsonLines(await readFirstLines(await sourceOf("-", read)))) throw new Error(tooLong);
  });
}

/** A body that was downloaded or stored. Its address is kept without passwords and tokens. */
export function openBody(name: string, url: string | null, body: Buffer): Source {
  return {
    name: hideSecrets(name),
    url: url && hideSecrets(url),
    open: () => unpack(Readable.from([body]), body),
  };
}

async function* unpack(stream: Readable, beginning: Buffer): AsyncIterable<Buffer> {
  const packed = beginning[0] === 0x1f && beginning[1] === 0x8b;
  // Nothing to do: the reader sees the errors of both streams.
  const bytes = packed ? pipeline(stream, createGunzip(), () => {}) : stream;
  try {
    yield* bytes;
  } catch (error) {
    if (!packed) throw error;
    throw new Error(`expected a whole gzip file, got a damaged one (${(error as Error).message})`);
  }
}

/** A file with a UTF-16 byte order mark, as Windows saves text. Downloaded bodies are already UTF-8. */
async function* toUtf8(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let decoder: TextDecoder | null | undefined;
  for await (const chunk of bytes) {
    const mark = decoder === undefined ? markOf(chunk) : null;
    if (decoder === undefined)
      decoder = mark?.startsWith("utf-16") ? new TextDecoder(mark, { fatal: true }) : null;
    if (decoder) yield decodeSome(decoder, chunk, true);
    else yield mark ? chunk.subarray(3) : chunk;
  }
  if (decoder) yield decodeSome(decoder, Buffer.alloc(0), false);
}

function decodeSome(decoder: TextDecoder, bytes: Buffer, stream: boolean): Buffer {
  try {
    return Buffer.from(decoder.decode(bytes, { stream }));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Error(`expected text in ${decoder.encoding}, got other bytes`);
  }
}
