import { isUtf8 } from "node:buffer";
import { FetchError } from "./fetch-error";

/**
 * A body as UTF-8 without a byte order mark. The encoding comes from that mark, or else the header's charset, or else
 * the markup. Gzip stays as it is. Throws a FetchError for an unknown charset, or bytes that do not fit it.
 */
export function toUtf8(body: Buffer, contentType: string | null, status: number): Buffer {
  if (body[0] === 0x1f && body[1] === 0x8b) return body;
  const label = markOf(body) ?? charsetOf(contentType) ?? declaredIn(body) ?? "utf-8";
  const decoder = openDecoder(label, status);
  // Many servers add an outdated charset by default. Non-ASCII bytes that are valid UTF-8 are almost never anything
  // else.
  const isLegacy = /^(windows|iso-8859)-/.test(decoder.encoding);
  if (isUtf8(body) && (decoder.encoding === "utf-8" || (isLegacy && !isAsciiOnly(body))))
    return markOf(body) ? body.subarray(3) : body;
  try {
    // In two steps: in one, Node 20 decodes Windows-1252 as Latin-1, so that dashes become control characters.
    return Buffer.from(decoder.decode(body, { stream: true }) + decoder.decode());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const beginning = body.subarray(0, 8).toString("hex");
    throw new FetchError(
      `expected text in ${decoder.encoding}, got other bytes (it begins with ${beginning})`,
      status,
    );
  }
}

function openDecoder(label: string, status: number): TextDecoder {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new FetchError(`expected a known charset, got "${label.slice(0, 40)}"`, status);
  }
}

/** The charset of a byte order mark, or null if there is none. */
export function markOf(body: Buffer): string | null {
  const beginning = body.subarray(0, 3).toString("hex");
  if (beginning === "efbbbf") return "utf-8";
  if (beginning.startsWith("fffe")) return "utf-16le";
  return beginning.startsWith("feff") ? "utf-16be" : null;
}

/** The charset in a `Content-Type` header or a `<meta>` tag. */
function charsetOf(contentType: string | null): string | null {
  const [, quoted, bare] = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;"'>]+))/i.exec(contentType ?? "") ?? [];
  return (quoted ?? bare)?.trim() || null;
}

// Browsers look no further either.
const headBytes = 1024;

function declaredIn(body: Buffer): string | null {
  const head = body.subarray(0, headBytes).toString("latin1");
  if (!/^\s*</.test(head)) return null; // an abstract in JSON may contain markup
  const [, inXml] = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/i.exec(head) ?? [];
  const [, inMeta] = /<meta[^>]*?\scharset\s*=\s*["']?([^\s"'/>]+)/i.exec(head) ?? [];
  const [, content = null] =
    /<meta[^>]*?\scontent\s*=\s*["']([^"']+)/i.exec(head.match(/<meta[^>]*content-type[^>]*>/i)?.[0] ?? "") ??
    [];
  const label = inXml ?? inMeta ?? charsetOf(content);
  // If the markup is readable as ASCII it cannot be UTF-16, whatever it says.
  return label !== null && /^utf-?16/i.test(label) ? "utf-8" : label;
}

function isAsciiOnly(body: Buffer): boolean {
  return body.every((byte) => byte < 0x80);
}
