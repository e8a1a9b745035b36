import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";

// The largest real listing is under 2 MB; the bound keeps a wrong file from taking the memory.
const mostBytes = 128 * 1024 * 1024;

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

/** The text of a file or of standard input (`-`), unpacked where it is gzip. Throws an Error of one line for what is no text. */
export async function readBody(source: string): Promise<string> {
  const stream = source === "-" ? process.stdin : createReadStream(source, { end: mostBytes });
  let bytes: Buffer = await buffer(stream);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = unpack(bytes);
  if (bytes.length > mostBytes) throw new Error(`expected at most ${mostBytes / 1024 / 1024} MB, got more`);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw new Error(
    `expected text in UTF-8, got other bytes (it begins with ${bytes.subarray(0, 8).toString("hex")})`,
  );
}

function unpack(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    throw new Error(
      `expected a gzip file that can be unpacked to at most ${mostBytes / 1024 / 1024} MB: ${(error as Error).message}`,
    );
  }
}
