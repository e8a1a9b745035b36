import { isUtf8 } from "node:buffer";
import { randomUUID } from "node:crypto";
import {
  accessSync,
  constants,
  createReadStream,
  createWriteStream,
  openSync,
  read as readBytes,
  rmSync,
  type Stats,
  write,
} from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline, Readable } from "node:stream";
import { pipeline as finished } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { readEnv } from "../env";
import { partOf } from "../leftovers";
import { mostBytes } from "../net/answer-body";
import { markOf } from "../net/charset";
import { hideSecrets } from "../printable";
import { systemProblem } from "../system-problem";
import { isJsonLines } from "./formats/jsonl";
import { excerptOf } from "./reasons";

const tooMuch = `expected at most ${mostBytes / 1024 / 1024} MB, got more`;

/** A body that can be read from its beginning as often as needed. */
export type Source = {
  /** A file's path, an address, or `-`. */
  name: string;
  url: string | null;
  /** Its bytes, decompressed if they are gzip. */
  open: () => AsyncIterable<Buffer>;
};

/**
 * Every file in and below a folder, sorted, without hidden ones. A file, a pipe, or `-` for standard input is returned
 * as is. `fail` is called for anything that is not a file or cannot be read, with the reason; without it, the first one
 * is thrown.
 */
export async function listFiles(
  source: string,
  fail: Fail = (_, why) => Promise.reject(why),
): Promise<string[]> {
  if (source === "-" || !(await stat(source)).isDirectory()) return [source];
  let failed = false;
  const files = await listFolder(source, (file, why) => {
    failed = true;
    return fail(file, why);
  });
  if (files.length === 0 && !failed) throw new Error("expected listings, got a folder without files");
  return files.sort();
}

type Fail = (file: string, why: unknown) => Promise<void>;

async function listFolder(folder: string, fail: Fail): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".")) continue;
    const file = path.join(folder, entry.name);
    try {
      const there = await stat(file);
      if (there.isFile()) files.push(file);
      else if (entry.isDirectory()) files.push(...(await listFolder(file, fail)));
      else if (there.isDirectory())
        throw new Error("a link to a folder is not followed; name it as a SOURCE to read it");
      else throw new Error(`expected a file, got ${kindOf(there)}`);
    } catch (error) {
      await fail(file, error);
    }
  }
  return files;
}

function kindOf(there: Stats): string {
  if (there.isFIFO()) return "a pipe";
  return there.isSocket() ? "a socket" : "a device";
}

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
  if (name === "-") return spool(process.stdin);
  const there = await stat(name);
  if (there.isFIFO()) return spool(createReadStream(name));
  if (there.isSocket() || there.isCharacterDevice() || there.isBlockDevice())
    throw new Error(`expected a file or a pipe, got ${kindOf(there)}`);
  return () => createReadStream(name);
}

/** A body that was downloaded or stored. Its address is kept without passwords and tokens. */
export function openBody(name: string, url: string | null, body: Buffer): Source {
  return {
    name: hideSecrets(name),
    url: url && hideSecrets(url),
    open: () => unpack(Readable.from([body]), body),
  };
}

// All of arXiv's papers are 5 GB. A pipe may be endless, but the disk is not.
const mostPiped = 16 * 1024 ** 3;

async function spool(stream: Readable): Promise<() => Readable> {
  const folder = chooseFolder();
  const fd = openNameless(folder);
  // Node closes the descriptor with the stream, but this file is read several times.
  const keepOpen = { close: (_: number, done: (error?: null) => void) => done() };
  const read = () => createReadStream("", { fd, start: 0, fs: { read: readBytes, ...keepOpen } });
  async function* bound(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    let length = 0;
    for await (const chunk of chunks) {
      const wasShort = length <= mostBytes;
      length += chunk.length;
      // Only JSON Lines may be longer, so for anything else there is no need to read on.
      if (wasShort && length > mostBytes && !isJsonLines(await readFirstLines(await sourceOf("-", read))))
        throw new Error(tooMuch);
      if (length > mostPiped) throw new Error(`expected at most ${mostPiped / 1024 ** 3} GB, got more`);
      yield chunk;
    }
  }
  try {
    await finished(stream, bound, createWriteStream("", { fd, start: 0, fs: { write, ...keepOpen } }));
  } catch (error) {
    const trouble = systemProblem(error);
    throw trouble === null ? error : new Error(`${folder}, where it is kept while it is read: ${trouble}`);
  }
  return read;
}

/** Beside the library, which may not exist in a dry run. */
function chooseFolder(): string {
  const folder = path.dirname(readEnv().databaseFile);
  return isWritable(folder) ? folder : tmpdir();
}

/**
 * Creates a file without a name, which exists as long as this process: nobody else can open it, and a kill leaves
 * nothing behind. The name it has for a moment is one that the next run removes.
 */
function openNameless(folder: string): number {
  const file = partOf(path.join(folder, `.${randomUUID()}`));
  const fd = openSync(file, "wx+", 0o600);
  rmSync(file);
  return fd;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
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

/** The whole text of a source. Throws an Error of one line if it is not text, or too long. */
export async function readBody(source: Source): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source.open()) {
    length += chunk.length;
    if (length > mostBytes) throw new Error(tooMuch);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (!isText(bytes)) throw new Error(whyNoText(bytes));
  return bytes.toString("utf8");
}

/** A line that is not text, and why. */
export type NoText = { reason: string; excerpt: string };

/**
 * The lines of a source, one at a time. Throws like `readBody`, except for invalid text, which is reported for its line
 * only.
 */
export async function* readLines(source: Source): AsyncIterable<string | NoText> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of source.open()) {
    const end = chunk.lastIndexOf(lineEnd);
    if (end >= 0) {
      yield* toLines(Buffer.concat([...rest, chunk.subarray(0, end)]));
      rest = [];
      length = 0;
    }
    rest.push(chunk.subarray(end + 1));
    length += chunk.length - end - 1;
    if (length > mostBytes) throw new Error(`${tooMuch} without a line's end`);
  }
  if (length > 0) yield* toLines(Buffer.concat(rest));
}

const lineEnd = 10;

function toLines(bytes: Buffer): (string | NoText)[] {
  if (isText(bytes)) return bytes.toString("utf8").split("\n");
  return bytes
    .toString("latin1") // one character per byte, and back
    .split("\n")
    .map((line) => Buffer.from(line, "latin1"))
    .map((line) =>
      isText(line)
        ? line.toString("utf8")
        : { reason: whyNoText(line), excerpt: excerptOf(line.toString("utf8")) },
    );
}

const headBytes = 256 * 1024;

/**
 * The first complete lines of a source, up to a quarter of a megabyte, or a single longer one. Ignores damage, which
 * the full read will find.
 */
export async function readFirstLines(source: Source): Promise<string[]> {
  const chunks: Buffer[] = [];
  let length = 0;
  let whole = true;
  let firstEnd = 0; // past the end of the first line, or 0 before that
  try {
    for await (const chunk of source.open()) {
      if (firstEnd === 0 && chunk.includes(10)) firstEnd = length + chunk.indexOf(10) + 1;
      chunks.push(chunk);
      length += chunk.length;
      whole = length <= headBytes;
      if (length > (firstEnd > 0 ? headBytes : mostBytes)) break;
    }
  } catch {
    whole = false;
  }
  const end = firstEnd === 0 ? length : Math.max(headBytes, firstEnd);
  const lines = Buffer.concat(chunks).subarray(0, end).toString("utf8").split("\n");
  if (!whole && firstEnd > 0) lines.pop();
  return lines.slice(0, 20);
}

function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

/** Position of the first invalid UTF-8 byte. */
function whyNoText(bytes: Buffer): string {
  const again = Buffer.from(bytes.toString("utf8")); // with a different character for each invalid byte
  const at = bytes.findIndex((byte, index) => byte === 0 || byte !== again[index]);
  const place = at < 0 ? bytes.length - 1 : at; // the last line is cut off
  const there = bytes.subarray(place, place + 8).toString("hex");
  return `expected text in UTF-8, got other bytes (${there} at byte ${(place + 1).toLocaleString("en")})`;
}
