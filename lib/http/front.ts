import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { LibraryState } from "../db/watch";
import { listen, type Said } from "./answer";
import { securityHeaders, toPolicy } from "./headers";
import { type Held, hold } from "./hold";
import { isOurHost } from "./host";
import { KeptAnswer } from "./kept-answer";
import { methodsOf } from "./methods";
import { isReadersOwn, isRefused } from "./origin";
import { toPlainDocument } from "./plain-document";

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Kept = { revision: string | null; answer: KeptAnswer };

const longestWaitMs = 1000;
const megabyte = 2 ** 20;
const sized = (megabytes: number) =>
  new LRUCache<string, Kept>({ maxSize: megabytes * megabyte, sizeCalculation: ({ answer }) => answer.size });

/**
 * What stands between the network and Next: it refuses what is not ours, keeps answers that are the same for every reader
 * until the library's revision moves, sends them compressed, and has a page of its own where the library cannot be read.
 * `look` brings `library` up to date.
 */
export function openFront(
  handle: Handler,
  library: LibraryState,
  hosts: string[],
  look: () => Promise<void> = async () => {},
): Handler {
  // Apart, so that questions, of which anybody can invent any number, never push an edition or a paper out.
  const pages = sized(64);
  const questions = sized(16);
  const room = (key: string) => (key.includes("?") ? questions : pages);
  // Changes of the reader's own things that are being made.
  const changes = new Set<Promise<unknown>>();

  return async (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const { method = "GET" } = request;
    const url = toOrdered(toOrigin(request), library.order);
    request.url = url;
    const refusal = refuse(request, method, url, hosts);
    if (refusal) {
      if (refusal.allow) response.setHeader("Allow", refusal.allow);
      return say(response, refusal.status, refusal.line);
    }

    const reading = method === "GET" || method === "HEAD";
    const key = `${url.startsWith("/feeds/") ? request.headers.host : ""}${url}`;
    const keepable = reading && !request.headers.rsc;
    const kept = keepable ? room(key).get(key) : undefined;
    if (kept && (kept.revision === null || kept.revision === library.revision)) {
      return kept.answer.send(request, response);
    }
    const isAsset = url.startsWith("/_next/static/");
    if (library.away && !isAsset) return sendAway(request, response, library.away);

    // A page that is asked for after a click shows what the click did, also where that waits for a scrape's write.
    if (reading && isReadersOwn(url) && changes.size > 0) {
      await Promise.race([Promise.allSettled(changes), sleep(longestWaitMs, null, { ref: false })]);
    }
    // The revision before it is made: what a scrape ends meanwhile is not taken for part of it.
    const { revision } = library;
    const said: Said = { status: null, sharedAt: null };
    const making = make(request, response, said);
    if (!reading && isReadersOwn(url)) {
      changes.add(making);
      const over = () => changes.delete(making);
      making.then(over, over); // what is wrong with it is said below
    }
    const held = await making;
    if (!reading && isReadersOwn(url)) await look(); // the reader's order of an edition may be another now
    if (!held) return;
    if (held.status === 500) return sendAway(request, response, null);
    const answer = toAnswer(held, said, url);
    if (keepable && answer.status === 200 && (isAsset || said.sharedAt === url)) {
      room(key).set(key, { revision: isAsset ? null : revision, answer });
    }
    await answer.send(request, response);
  };

  /** Has Next make an answer, whole and uncompressed, also for a question that would take less. */
  async function make(request: IncomingMessage, response: ServerResponse, said: Said): Promise<Held | null> {
    const { method, headers } = request;
    const { "if-none-match": _1, "if-modified-since": _2, range: _3, ...rest } = headers;
    request.headers = rest;
    if (method === "HEAD") request.method = "GET";
    const held = await hold(response, () => listen(said, () => handle(request, response)));
    Object.assign(request, { method, headers });
    return held;
  }

  /** The page, or for a program the line, that says that the library cannot be read; 503. */
  async function sendAway(request: IncomingMessage, response: ServerResponse, why: string | null) {
    const line = `The library cannot be read${why ? ` (${why})` : ""}. The output of the server says more.`;
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Retry-After", "5");
    if (request.url?.startsWith("/api/")) {
      response.setHeader("Content-Type", "application/json");
      return void response.writeHead(503).end(JSON.stringify({ error: line }));
    }
    if (!String(request.headers.accept).includes("text/html")) return say(response, 503, line);
    request.url = unavailable;
    const held = await make(request, response, { status: null, sharedAt: null });
    if (held) await toAnswer(held, { status: 503, sharedAt: null }, unavailable).send(request, response);
  }
}

// app/unavailable/page.tsx: made when the site is built, so it needs no library.
const unavailable = "/unavailable";

function toAnswer(held: Held, said: Said, url: string): KeptAnswer {
  const { headers } = held;
  let { body } = held;
  const status = held.status === 200 ? (said.status ?? held.status) : held.status;
  const { date: _, connection: _1, "keep-alive": _2, "transfer-encoding": _3, etag: _4, ...kept } = headers;
  if (/^text\/html/.test(String(kept["content-type"]))) {
    const html = toPlainDocument(body.toString());
    body = Buffer.from(html);
    kept["content-security-policy"] = toPolicy(html);
    // Neither a proxy nor the browser shows an old page; one that is a reader's own is not even kept for Back.
    const shared = status === 200 && said.sharedAt === url;
    kept["cache-control"] = shared ? "private, no-cache" : "private, no-store";
  } else kept["cache-control"] ??= "private, no-store";
  return new KeptAnswer(status, kept, body);
}

/** An edition's address with the order in which the reader likes it: each order is a page of its own. */
function toOrdered(url: string, order: string): string {
  return order !== "hub" && /^\/(papers\/date\/[^/?]+)?$/.test(url) ? `${url}?sort=${order}` : url;
}

type Refusal = { status: number; line: string; allow?: string };

/** The path that is asked for, also where a request names it in absolute form (RFC 9112, 3.2.2). */
function toOrigin(request: IncomingMessage): string {
  const { url = "/", headers } = request;
  const prefix = `http://${headers.host}/`;
  if (url.startsWith(prefix)) request.url = url.slice(prefix.length - 1);
  return request.url ?? "/";
}

function refuse(request: IncomingMessage, method: string, url: string, hosts: string[]): Refusal | null {
  const { headers } = request;
  if (!isOurHost(headers.host, hosts)) {
    const name = JSON.stringify((headers.host ?? "").slice(0, 100));
    return {
      status: 421,
      line: `This server does not answer to the name ${name}. If it is yours, name it in ALLOWED_HOSTS.`,
    };
  }
  const allowed = methodsOf(url);
  if (!allowed.includes(method)) {
    return {
      status: 405,
      line: `Expected ${allowed.join(" or ")} at this address.`,
      allow: allowed.join(", "),
    };
  }
  // Next's own addresses besides its files: nothing here asks for them.
  if (/^\/_next\/(?!static\/)/.test(url)) return { status: 404, line: "There is nothing at this address." };
  if (!isReadable(url)) return { status: 400, line: "This address is not well formed." };
  if (isRefused(method, url, headers)) {
    return { status: 403, line: "This may only be asked for by pages of its own." };
  }
  // Forms and programs say how long what they send is; none of ours is longer.
  if (headers["transfer-encoding"]) return { status: 411, line: "A body needs a Content-Length here." };
  if (Number(headers["content-length"] ?? 0) > megabyte) {
    return { status: 413, line: "Expected a body of at most 1 MB." };
  }
  return null;
}

// A path with a broken escape or a zero byte names nothing.
function isReadable(url: string): boolean {
  if (!url.startsWith("/")) return false;
  try {
    return !decodeURIComponent(url.split("?")[0] ?? "").includes("\0");
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

function say(response: ServerResponse, status: number, line: string): void {
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.writeHead(status).end(`Broadsheet: ${line}\n`);
}
