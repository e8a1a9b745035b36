import { randomUUID } from "node:crypto";
import {
  accessSync,
  constants,
  createReadStream,
  createWriteStream,
  openSync,
  read as readBytes,
  rmSync,
  write,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readEnv } from "../env";
import { partOf } from "../leftovers";
import { systemProblem } from "../system-problem";

// All of arXiv's papers are 5 GB. A pipe may be endless, but the disk is not.
const maxPipedBytes = 16 * 1024 ** 3;

/**
 * Writes a stream to a temporary file, because a long body is read twice. Returns a function that reads it from the
 * beginning. `check` receives that function once more than `checkAfter` bytes have arrived; if it throws, the rest is
 * not read.
 */
export async function spool(
  stream: Readable,
  checkAfter: number,
  check: (read: () => Readable) => Promise<void>,
): Promise<() => Readable> {
  const folder = chooseFolder();
  const fd = openNameless(folder);
  // Node closes the descriptor with the stream, but this file is read several times.
  const keepOpen = { close: (_: number, done: (error?: null) => void) => done() };
  const read = () => createReadStream("", { fd, start: 0, fs: { read: readBytes, ...keepOpen } });
  async function* limitSize(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    let length = 0;
    for await (const chunk of chunks) {
      const wasShort = length <= checkAfter;
      length += chunk.length;
      if (wasShort && length > checkAfter) await check(read);
      if (length > maxPipedBytes)
        throw new Error(`expected at most ${maxPipedBytes / 1024 ** 3} GB, got more`);
      yield chunk;
    }
  }
  try {
    await pipeline(stream, limitSize, createWriteStream("", { fd, start: 0, fs: { write, ...keepOpen } }));
  } catch (error) {
    const problem = systemProblem(error);
    throw problem === null ? error : new Error(`could not write a temporary copy to ${folder}: ${problem}`);
  }
  return read;
}

/** Beside the library, unless it is on a server, or does not exist in a dry run. */
function chooseFolder(): string {
  const { databaseFile } = readEnv();
  const folder = databaseFile === null ? null : path.dirname(databaseFile);
  return folder !== null && isWritable(folder) ? folder : tmpdir();
}

/**
 * Creates a file and removes its name at once. Nobody else can open it, and it disappears with this process. If the
 * process is killed in between, the next run removes the file.
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
