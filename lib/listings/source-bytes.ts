import { gunzipSync, gzipSync } from "node:zlib";
import { hideSecrets } from "../printable";

/** The JSON of an entry's source as bytes. Its addresses hold no passwords or tokens. */
export function packSource(source: unknown): Uint8Array {
  const json = Buffer.from(
    JSON.stringify(source, (_, value) => (isAddress(value) ? hideSecrets(value) : value)),
  );
  // An entry is a few kilobytes: with zlib's whole window its state of 268 KB would cost more than the packing.
  const small = gzipSync(json, { windowBits: 13, memLevel: 6 });
  // A copy, since both may be a small part of a large buffer, all of which would be sent to another thread.
  return new Uint8Array(small.length < json.length ? small : json);
}

function isAddress(value: unknown): value is string {
  return typeof value === "string" && /^\s*\S*https?:\/\S+\s*$/i.test(value);
}

/** What was packed: the JSON of an entry's source, kept as bytes, gzip where that was smaller. */
export function unpackSource(source: Uint8Array): unknown {
  const bytes = source[0] === 0x1f && source[1] === 0x8b ? gunzipSync(source) : source;
  return JSON.parse(Buffer.from(bytes).toString("utf8"));
}
