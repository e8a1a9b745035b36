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
const mostPiped = 16 * 1024 ** 3;

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
  async function* bound(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    let length = 0;
    for await (const chunk of chunks) {
      const wasShort = length <= checkAfter;
      length += chunk.length;
      if (wasShort && length > checkAfter) await check(read);
      if (length > mostPiped) throw new Error(`expected at most ${mostPiped / 1024 ** 3} GB, got more`);
      yield chunk;
    }
  }
  try {
    await pipeline(stream, bound, createWriteStream("", { fd, start: 0, fs: { write, ...keepOpen } }));
  } catch (error) {
    const trouble = systemProblem(error);
    throw trouble === null ? error : new Error(`${folder}, where it is stored while it is read: ${trouble}`);
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
