import { gunzipSync, gzipSync } from "node:zlib";
import { hideSecrets } from "../printable";

/** The JSON of an entry's source as bytes, without passwords or tokens in its addresses. */
export function packSource(source: unknown): Uint8Array {
  const json = Buffer.from(
    JSON.stringify(source, (_, value) => (isAddress(value) ? hideSecrets(value) : value)),
  );
  // An entry is a few kilobytes. With zlib's full window, its state of 268 KB would cost more than the compression.
  const small = gzipSync(json, { windowBits: 13, memLevel: 6 });
  // A copy, because both may be small parts of a large buffer, which would be sent to the other thread whole.
  return new Uint8Array(small.length < json.length ? small : json);
}

function isAddress(value: unknown): value is string {
  return typeof value === "string" && /^\s*\S*https?:\/\S+\s*$/i.test(value);
}

/** The JSON of a stored source: bytes, gzipped if that was smaller. */
export function unpackSource(source: Uint8Array): unknown {
  const bytes = source[0] === 0x1f && source[1] === 0x8b ? gunzipSync(source) : source;
  return JSON.parse(Buffer.from(bytes).toString("utf8"));
}
