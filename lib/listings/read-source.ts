import { isUtf8 } from "node:buffer";
import { maxBytes } from "../net/answer-body";
import { excerptOf } from "./reasons";
import type { Source } from "./source";

export const tooLong = `expected at most ${maxBytes / 1024 / 1024} MB, got more`;

/** The whole text of a source. Throws an Error of one line if it is not text, or too long. */
export async function readBody(source: Source): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source.open()) {
    length += chunk.length;
    if (length > maxBytes) throw new Error(tooLong);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (!isText(bytes)) throw new Error(invalidTextReason(bytes));
  return bytes.toString("utf8");
}

/** A line that is not text, and why. */
export type InvalidText = { reason: string; excerpt: string };

/**
 * The lines of a source, one at a time. Throws like `readBody`, except for invalid text, which is reported for its line
 * only.
 */
export async function* readLines(source: Source): AsyncIterable<string | InvalidText> {
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
    if (length > maxBytes) throw new Error(`${tooLong} without a line break`);
  }
  if (length > 0) yield* toLines(Buffer.concat(rest));
}

const lineEnd = 10;

function toLines(bytes: Buffer): (string | InvalidText)[] {
  if (isText(bytes)) return bytes.toString("utf8").split("\n");
  return bytes
    .toString("latin1") // one character per byte, and back
    .split("\n")
    .map((line) => Buffer.from(line, "latin1"))
    .map((line) =>
      isText(line)
        ? line.toString("utf8")
        : { reason: invalidTextReason(line), excerpt: excerptOf(line.toString("utf8")) },
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
      if (length > (firstEnd > 0 ? headBytes : maxBytes)) break;
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

/** Why these bytes are not text, with the position of the first invalid one. */
function invalidTextReason(bytes: Buffer): string {
  const again = Buffer.from(bytes.toString("utf8")); // with a different character for each invalid byte
  const at = bytes.findIndex((byte, index) => byte === 0 || byte !== again[index]);
  const place = at < 0 ? bytes.length - 1 : at; // the last line is cut off
  const badBytes = bytes.subarray(place, place + 8).toString("hex");
  return `expected text in UTF-8, got other bytes (${badBytes} at byte ${(place + 1).toLocaleString("en")})`;
}
