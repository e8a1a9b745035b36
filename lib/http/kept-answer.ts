import { createHash } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants, gzip } from "node:zlib";
import Negotiator from "negotiator";

const brotli = promisify(brotliCompress);
const unpack = promisify(brotliDecompress);
// A page of 25 papers: 5 takes 3 ms and is a tenth smaller than gzip; 9 takes five times as long for another twentieth.
// A window of 256 KB holds a page; one of the usual 4 MB is memory for each of the threads that compress.
const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 18 };
const encoders = { br: (body: Buffer) => brotli(body, { params }), gzip: promisify(gzip) };
type Encoding = keyof typeof encoders;
// Its types are of a version that had no order for encodings of one quality.
type Preferring = { encoding(of: string[], options: { preferred: string[] }): string | undefined };

// Of these types a compressed body is smaller; below a packet there is nothing to gain.
const compressible = /^(text\/|application\/(json|javascript|xml|[a-z.-]+\+(json|xml))|image\/svg)/;
const least = 1000;
const overhead = 1000; // headers, and what holds it all

/** An answer that can be sent many times: its bytes, and each compressed form of them, made when first asked for. */
export class KeptAnswer {
  readonly etag: string;
  private readonly encoded = new Map<Encoding, Promise<Buffer>>();
  private plain: Buffer | null;
  private readonly compresses: boolean;
  /** Bytes of memory that it takes, about. */
  size: number;

  constructor(
    readonly status: number,
    readonly headers: Record<string, OutgoingHttpHeader>,
    body: Buffer,
  ) {
    // Weak, since it is of what the bytes mean: the same for each compressed form.
    this.etag = `W/"${createHash("sha1").update(body).digest("base64url")}"`;
    this.plain = body;
    this.compresses = body.length >= least && compressible.test(String(headers["content-type"]));
    this.size = body.length + overhead;
  }

  /** Forgets the bytes themselves, which what is kept for long can be without: a page is five times as long as packed. */
  async pack(): Promise<void> {
    if (!this.compresses) return;
    const { length } = await this.encode("br");
    this.size = 2 * length + overhead; // as gzip too, where that is asked for
    this.plain = null;
  }

  /** Sends it in the form that the request prefers; without its body where the request has it already. */
  async send(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(this.headers)) response.setHeader(name, value);
    response.setHeader("Vary", "Accept-Encoding");
    // What is never to be stored has no name to be asked for again by.
    if (this.status === 200 && !String(this.headers["cache-control"]).includes("no-store")) {
      response.setHeader("ETag", this.etag);
      if (hasIt(request, this.etag, this.headers["last-modified"])) return void response.writeHead(304).end();
    }
    const encoding = this.chooseEncoding(request);
    if (encoding) response.setHeader("Content-Encoding", encoding);
    const body = await (encoding ? this.encode(encoding) : this.unpacked());
    if (this.status !== 204) response.setHeader("Content-Length", body.length);
    response.writeHead(this.status).end(request.method === "HEAD" ? undefined : body);
  }

  private chooseEncoding(request: IncomingMessage): Encoding | null {
    if (!this.compresses) return null;
    const negotiator = new Negotiator(request) as unknown as Preferring;
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
 * True where `If-None-Match` names the answer, weakly compared (RFC 9110, 13.1.2); without one, where nothing has changed
 * since `If-Modified-Since`.
 */
function hasIt(
  request: IncomingMessage,
  etag: string,
  lastModified: OutgoingHttpHeader | undefined,
): boolean {
  const { "if-none-match": named, "if-modified-since": since } = request.headers;
  if (!named) return since !== undefined && Date.parse(String(lastModified)) <= Date.parse(since);
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return named === "*" || named.split(",").some((tag) => bare(tag) === bare(etag));
}
