import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { markOf, toUtf8 } from "../net/charset";
import { FetchError } from "../net/fetch-error";

const unpack = promisify(gunzip);

/** Why an upload cannot be taken at all. */
export type Refusal = "empty" | "size" | "gzip";

/** The bytes of an upload, unpacked if they are gzip: at most `limit`, or the reason why not. */
export async function unpackUpload(bytes: Buffer, limit: number): Promise<Buffer | Refusal> {
  if (bytes.length > limit) return "size";
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.length === 0 ? "empty" : bytes;
  try {
    const unpacked = await unpack(bytes, { maxOutputLength: limit });
    return unpacked.length === 0 ? "empty" : unpacked;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return "code" in error && error.code === "ERR_BUFFER_TOO_LARGE" ? "size" : "gzip";
  }
}

/**
 * The text of an upload: UTF-8, UTF-16 with its mark, the charset that markup declares, or else Windows-1252, of which
 * Latin-1 is a part. Throws an Error of one line for anything that is not text.
 */
export function decodeUpload(body: Buffer): string {
  const text = toText(body);
  const at = text.search(control);
  if (at < 0) return text;
  const code = text.charCodeAt(at).toString(16).padStart(4, "0");
  throw new Error(`expected text, got U+${code} at character ${(at + 1).toLocaleString("en")}`);
}

function toText(body: Buffer): string {
  try {
    return toUtf8(body, null, 0).toString("utf8");
  } catch (error) {
    if (!(error instanceof FetchError) || markOf(body) !== null) throw error;
    return toUtf8(body, "text/plain; charset=windows-1252", 0).toString("utf8");
  }
}

// Those that no text has. Form feeds and the end-of-file mark of DOS occur in real files.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern is meant to match them
const control = /[\u0000-\u0006\u000e-\u0019\u001c-\u001f]/;
