import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline, Readable } from "node:stream";
import { pipeline as finished } from "node:stream/promises";
import { createGunzip } from "node:zlib";

// The largest real listing is under 2 MB; the bound keeps a wrong file, or one line of it, from taking the memory.
export const mostBytes = 64 * 1024 * 1024;
const tooMuch = `expected at most ${mostBytes / 1024 / 1024} MB, got more`;

/** A body that can be read from its beginning as often as it is wanted. */
export type Source = {
  /** A file's path, an address, or `-`. */
  name: string;
  url: string | null;
  /** Its bytes, unpacked where they are gzip. */
  open: () => AsyncIterable<Buffer>;
};

/** Every file in a folder and below it, sorted; hidden ones are left out. A file stands for itself, `-` for standard input. */
export async function listFiles(source: string): Promise<string[]> {
  if (source === "-") return [source];
  if (!(await stat(source)).isDirectory()) return [source];
  const found = await readdir(source, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !path
          .relative(source, file)
          .split(path.sep)
          .some((part) => part.startsWith(".")),
    )
    .sort();
  if (files.length === 0) throw new Error("expected listings, got a folder without files");
  return files;
}

/** A file; `-`, standard input, is written to a temporary one, since a long body is read twice. */
export async function openFile(name: string): Promise<Source> {
  const file = name === "-" ? await spool() : name;
  const handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2).finally(() => handle.close());
  return { name, url: null, open: () => unpack(createReadStream(file), buffer) };
}

/** A body that has come over the network, or was kept. */
export function openBody(name: string, url: string | null, body: Buffer): Source {
  return { name, url, open: () => unpack(Readable.from([body]), body) };
}

async function spool(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "standard-input");
  await finished(process.stdin, createWriteStream(file));
  return file;
}

async function* unpack(stream: Readable, beginning: Buffer): AsyncIterable<Buffer> {
  const packed = beginning[0] === 0x1f && beginning[1] === 0x8b;
  // The callback has nothing to add: an error of either stream reaches whoever reads.
  const bytes = packed ? pipeline(stream, createGunzip(), () => {}) : stream;
  try {
    yield* bytes;
  } catch (error) {
    if (!packed) throw error;
    throw new Error(`expected a whole gzip file, got a damaged one (${(error as Error).message})`);
  }
}

/** The whole text of a source. Throws an Error of one line for what is no text or too long. */
export async function readBody(source: Source): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source.open()) {
    length += chunk.length;
    if (length > mostBytes) throw new Error(tooMuch);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  return decode(new TextDecoder("utf-8", { fatal: true }), bytes, false);
}

/** The lines of a source, one at a time. Throws as `readBody` does, a line's length being what is bounded. */
export async function* readLines(source: Source): AsyncIterable<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const chunk of source.open()) {
    const lines = (rest + decode(decoder, chunk, true)).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > mostBytes) throw new Error(`${tooMuch} without a line's end`);
    yield* lines;
  }
  rest += decode(decoder, Buffer.alloc(0), false);
  if (rest !== "") yield rest;
}

const headBytes = 256 * 1024;

/** The first whole lines of a source, of a quarter of a megabyte at most, or one that is longer. Damage is left for the whole reading to find. */
export async function readFirstLines(source: Source): Promise<string[]> {
  const chunks: Buffer[] = [];
  let length = 0;
  let whole = true;
  let firstEnd = 0; // past the end of the first line; 0 before that came
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

function decode(decoder: TextDecoder, bytes: Buffer, stream: boolean): string {
  try {
    const text = decoder.decode(bytes, { stream });
    if (!text.includes("\0")) return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw new Error(
    `expected text in UTF-8, got other bytes (it begins with ${bytes.subarray(0, 8).toString("hex")})`,
  );
}
