import { createHash } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants, gzip } from "node:zlib";
import Negotiator from "negotiator";

const brotli = promisify(brotliCompress);
const unpack = promisify(brotliDecompress);
// For a page of 25 papers, quality 5 takes 3 ms and is a tenth smaller than gzip; quality 9 takes five times as long to
// save another twentieth. A window of 256 KB holds a page; the default 4 MB would cost memory in every compressing
// thread.
const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 18 };
const encoders = { br: (body: Buffer) => brotli(body, { params }), gzip: promisify(gzip) };
type Encoding = keyof typeof encoders;
// Its types are older than the `preferred` option.
type PreferringNegotiator = { encoding(of: string[], options: { preferred: string[] }): string | undefined };

// Types worth compressing. A body smaller than a packet gains nothing.
const compressible = /^(text\/|application\/(json|javascript|xml|[a-z.-]+\+(json|xml))|image\/svg)/;
const minCompressedSize = 1000;
const overhead = 1000; // headers and bookkeeping

/** An answer that can be sent many times: its bytes, and compressed forms made on first use. */
export class CachedAnswer {
  readonly etag: string;
  private readonly encoded = new Map<Encoding, Promise<Buffer>>();
  private plain: Buffer | null;
  private readonly compresses: boolean;
  /** Approximate memory, in bytes. */
  size: number;

  constructor(
    readonly status: number,
    readonly headers: Record<string, OutgoingHttpHeader>,
    body: Buffer,
  ) {
    // Weak, because it covers the content and is the same for each compressed form.
    this.etag = `W/"${createHash("sha1").update(body).digest("base64url")}"`;
    this.plain = body;
    this.compresses = body.length >= minCompressedSize && compressible.test(String(headers["content-type"]));
    this.size = body.length + overhead;
  }

  /**
   * Drops the uncompressed bytes, to save memory while the answer is cached: a page is five times as large as its
   * compressed form.
   */
  async pack(): Promise<void> {
    if (!this.compresses) return;
    const { length } = await this.encode("br");
    this.size = 2 * length + overhead; // room for the gzip form too
    this.plain = null;
  }

  /** Sends the answer in the form the request prefers, without a body if the client already has it. */
  async send(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(this.headers)) response.setHeader(name, value);
    response.setHeader("Vary", "Accept-Encoding");
    // No ETag on no-store responses.
    if (this.status === 200 && !String(this.headers["cache-control"]).includes("no-store")) {
      response.setHeader("ETag", this.etag);
      if (isNotModified(request, this.etag, this.headers["last-modified"]))
        return void response.writeHead(304).end();
    }
    const encoding = this.chooseEncoding(request);
    if (encoding) response.setHeader("Content-Encoding", encoding);
    const body = await (encoding ? this.encode(encoding) : this.unpacked());
    if (this.status !== 204) response.setHeader("Content-Length", body.length);
    response.writeHead(this.status).end(request.method === "HEAD" ? undefined : body);
  }

  private chooseEncoding(request: IncomingMessage): Encoding | null {
    if (!this.compresses) return null;
    const negotiator = new Negotiator(request) as unknown as PreferringNegotiator;
    const chosen = negotiator.encoding(["br", "gzip", "identity"], { preferred: ["br", "gzip"] });
    return chosen === "br" || chosen === "gzip" ? chosen : null;
  }

  private encode(encoding: Encoding): Promise<Buffer> {
    const bytes = this.encoded.get(encoding) ?? this.unpacked().then(encoders[encoding]);
    this.encoded.set(encoding, bytes);
    return bytes;
  }

  private async unpacked(): Promise<Buffer> {
    return this.plain ?? unpack(await this.encode("br"));
  }
}

/**
 * Whether the client has this answer: `If-None-Match` names it, by weak comparison (RFC 9110, 13.1.2), or, without that
 * header, nothing has changed since `If-Modified-Since`.
 */
function isNotModified(
  request: IncomingMessage,
  etag: string,
  lastModified: OutgoingHttpHeader | undefined,
): boolean {
  const { "if-none-match": named, "if-modified-since": since } = request.headers;
  if (!named) return since !== undefined && Date.parse(String(lastModified)) <= Date.parse(since);
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return named === "*" || named.split(",").some((tag) => bare(tag) === bare(etag));
}
