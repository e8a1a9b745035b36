import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { LibraryState } from "../db/watch";
import { escapeHtml } from "../html";
import { type Address, toAddress } from "./address";
import { listen, type Said } from "./answer";
import { hashOf, securityHeaders, toPolicy } from "./headers";
import { type Held, hold } from "./hold";
import { isOurHost } from "./host";
import { KeptAnswer } from "./kept-answer";
import { methodsOf } from "./methods";
import { isReadersOwn, isRefused } from "./origin";
import { toPlainDocument } from "./plain-document";
import { unknownReason } from "./unavailable";

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Kept = { revision: string | null; answer: KeptAnswer };

const longestWaitMs = 1000;
const megabyte = 2 ** 20;
const sized = (megabytes: number) =>
  new LRUCache<string, Kept>({ maxSize: megabytes * megabyte, sizeCalculation: ({ answer }) => answer.size });

/**
 * What stands between the network and Next: it refuses what is not ours, keeps answers that are the same for every reader
 * until the library's revision moves, sends them compressed, and has a page of its own where the library cannot be read.
 * `look` brings `library` up to date; `scripts` are the inline scripts that may run in a page.
 */
export function openFront(
  handle: Handler,
  library: LibraryState,
  hosts: string[],
  look: () => Promise<void> = async () => {},
  scripts: string[] = [],
): Handler {
  const hashes = scripts.map(hashOf);
  // Apart, so that questions, of which anybody can invent any number, never push an edition or a paper out.
  const pages = sized(48);
  const questions = sized(12);
  const room = (key: string) => (key.includes("?") ? questions : pages);
  // Changes of the reader's own things that are being made.
  const changes = new Set<Promise<unknown>>();
  // Pages that were kept and are being made anew.
  const renewing = new Map<string, Promise<unknown>>();

  return async (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const { method = "GET" } = request;
    const url = toOrdered(toOrigin(request), library.order);
    request.url = url;
    const address = toAddress(url);
    const refusal = refuse(request, method, address, hosts);
    if (refusal) {
      if (refusal.allow) response.setHeader("Allow", refusal.allow);
      return say(response, refusal.status, refusal.line);
    }

    if (address?.path === unavailable) request.url = nowhere;
    const reading = method === "GET" || method === "HEAD";
    const isOwn = isReadersOwn(address);
    const key = `${url.startsWith("/feeds/") ? request.headers.host : ""}${url}`;
    const keepable = reading && !request.headers.rsc;
    const find = () => (keepable ? room(key).get(key) : undefined);
    const isCurrent = (kept?: Kept) => kept?.revision === null || kept?.revision === library.revision;
    let kept = find();
    if (kept && !isCurrent(kept) && renewing.has(key)) {
      // Of all who ask for it at once, one has it made.
      await renewing.get(key);
      kept = find();
    }
    if (kept && isCurrent(kept)) return kept.answer.send(request, response);
    const isAsset = url.startsWith("/_next/static/");
    if (library.away && !isAsset) return sendAway(request, response, library.away);

    // A page that is asked for after a click shows what the click did, also where that waits for a scrape's write.
    if (reading && isOwn && changes.size > 0) {
      await Promise.race([Promise.allSettled(changes), sleep(longestWaitMs, null, { ref: false })]);
    }
    // The revision before it is made: what a scrape ends meanwhile is not taken for part of it.
    const { revision } = library;
    const said: Said = { status: null, sharedAt: null, trouble: null };
    const making = make(request, response, said);
    if (!reading && isOwn) {
      changes.add(making);
      const over = () => changes.delete(making);
      making.then(over, over); // what is wrong with it is said below
    }
    if (kept) {
      const over = () => renewing.delete(key);
      renewing.set(key, making.then(over, over)); // the same
    }
    const held = await making;
    // The reader's order of an edition may be another now. And what an open page hears is new has to be on the page it offers.
    if ((!reading && isOwn) || address?.path === "/api/health") await look();
    if (!held) return;
    if (said.trouble !== null) return sendAway(request, response, said.trouble);
    if (held.status === 500) {
      await look();
      return sendAway(request, response, library.away);
    }
    const answer = toAnswer(held, said, url, hashes);
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
    const line = why ? `The library: ${why}.` : "This could not be done; the server's output says why.";
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Retry-After", "5");
    if (request.url?.startsWith("/api/")) {
      response.setHeader("Content-Type", "application/json");
      return void response.writeHead(503).end(JSON.stringify({ error: line }));
    }
    if (!String(request.headers.accept).includes("text/html")) return say(response, 503, line);
    request.url = unavailable;
    const held = await make(request, response, { status: null, sharedAt: null, trouble: null });
    if (!held) return;
    const status = { status: 503, sharedAt: null, trouble: null };
    if (why)
      held.body = Buffer.from(
        held.body.toString().replace(unknownReason, () => escapeHtml(`The library: ${why}.`)),
      );
    await toAnswer(held, status, unavailable, hashes).send(request, response);
  }
}

// No page of ours is called so: whoever asks for the page of a failure itself is told that there is none.
const nowhere = "/nowhere";
// app/unavailable/page.tsx: made when the site is built, so it needs no library.
const unavailable = "/unavailable";

function toAnswer(held: Held, said: Said, url: string, hashes: string[]): KeptAnswer {
  const { headers } = held;
  let { body } = held;
  const status = held.status === 200 ? (said.status ?? held.status) : held.status;
  const { date: _, connection: _1, "keep-alive": _2, "transfer-encoding": _3, etag: _4, ...kept } = headers;
  if (/^text\/html/.test(String(kept["content-type"]))) {
    const html = toPlainDocument(body.toString());
    body = Buffer.from(html);
    kept["content-security-policy"] = toPolicy(html, hashes);
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

function refuse(
  request: IncomingMessage,
  method: string,
  address: Address | null,
  hosts: string[],
): Refusal | null {
  const { headers, rawHeaders } = request;
  if (rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length > 1)
    return { status: 400, line: "Expected one Host header, got several." };
  if (!isOurHost(headers.host, hosts)) {
    const name = JSON.stringify((headers.host ?? "").slice(0, 100));
    return {
      status: 421,
      line: `This server does not answer to the name ${name}. If it is yours, name it in ALLOWED_HOSTS.`,
    };
  }
  if (!address) return { status: 400, line: "This address is not well formed." };
  const allowed = methodsOf(address.path);
  if (!allowed.includes(method)) {
    return {
      status: 405,
      line: `Expected ${allowed.join(" or ")} at this address.`,
      allow: allowed.join(", "),
    };
  }
  // Next's own addresses besides its files: nothing here asks for them.
  if (/^\/_next\/(?!static\/)/.test(address.path))
    return { status: 404, line: "There is nothing at this address." };
  if (isRefused(method, address, headers)) {
    return { status: 403, line: "This may only be asked for by pages of its own." };
  }
  // Forms and programs say how long what they send is; none of ours is longer.
  if (headers["transfer-encoding"]) return { status: 411, line: "A body needs a Content-Length here." };
  if (Number(headers["content-length"] ?? 0) > megabyte) {
    return { status: 413, line: "Expected a body of at most 1 MB." };
  }
  return null;
}

function say(response: ServerResponse, status: number, line: string): void {
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.writeHead(status).end(`Broadsheet: ${line}\n`);
}
