import { gunzipSync, gzipSync } from "node:zlib";
import { hideSecrets } from "../printable";

/** The JSON of an entry's source as bytes, in hex, since it travels as text. Its addresses hold no passwords or tokens. */
export function packSource(source: unknown): string {
  const json = Buffer.from(
    JSON.stringify(source, (_, value) => (isAddress(value) ? hideSecrets(value) : value)),
  );
  // An entry is a few kilobytes: with zlib's whole window its state of 268 KB would cost more than the packing.
  const small = gzipSync(json, { windowBits: 13, memLevel: 6 });
  return (small.length < json.length ? small : json).toString("hex");
}

function isAddress(value: unknown): value is string {
  return typeof value === "string" && /^\s*\S*https?:\/\S+\s*$/i.test(value);
}

/** What was packed: the JSON of an entry's source, kept as bytes, gzip where that was smaller. */
export function unpackSource(source: Uint8Array): unknown {
  const bytes = source[0] === 0x1f && source[1] === 0x8b ? gunzipSync(source) : source;
  return JSON.parse(Buffer.from(bytes).toString("utf8"));
}
