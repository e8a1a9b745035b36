import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { LibraryState } from "../db/watch";
import { escapeHtml } from "../html";
import { type Address, toAddress } from "./address";
import type { Ask, Asked, Handler, Made } from "./ask-next";
import { hashOf, securityHeaders, toPolicy } from "./headers";
import { isOurHost } from "./host";
import { KeptAnswer } from "./kept-answer";
import { methodsOf } from "./methods";
import { isReadersOwn, isRefused } from "./origin";
import { toPlainDocument } from "./plain-document";
import { unknownReason } from "./unavailable";

type Kept = { revision: string | null; answer: KeptAnswer; currentAt: number };

const longestWaitMs = 1000;
// What a page may lack while an import goes on: the papers of so long before.
const mostBehindMs = 10_000;
const megabyte = 2 ** 20;
const sized = (megabytes: number) =>
  new LRUCache<string, Kept>({ maxSize: megabytes * megabyte, sizeCalculation: ({ answer }) => answer.size });

/**
 * What stands between the network and Next: it refuses what is not ours, keeps answers that are the same for every reader
 * until the library's revision moves, sends them compressed, and has a page of its own where the library cannot be read.
 * While an import goes on, what was kept seconds ago is sent at once and made anew behind it, one page after the other; a
 * reload waits for what is new. `ask` has Next make an answer, `look` brings `library` up to date; `scripts` are the inline
 * scripts that may run in a page.
 */
export function openFront(
  ask: Ask,
  library: LibraryState,
  hosts: string[],
  look: () => Promise<void> = async () => {},
  scripts: string[] = [],
): Handler {
  const hashes = scripts.map(hashOf);
  // Apart, so that questions, of which anybody can invent any number, never push an edition or a paper out.
  const pages = sized(8); // some 300 editions
  const questions = sized(2);
  const room = (key: string) => (key.includes("?") ? questions : pages);
  // Changes of the reader's own things that are being made.
  const changes = new Set<Promise<unknown>>();
  // Pages that were kept and are being made anew.
  const renewing = new Map<string, Promise<unknown>>();
  let lastRenewal: Promise<unknown> = Promise.resolve();
  // Since when somebody knows what a page has to hold.
  let exactSince = 0;

  return async (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const { method = "GET" } = request;
    const url = toOrdered(toOrigin(request), library.order);
    const address = toAddress(url);
    const refusal = refuse(request, method, address, hosts);
    if (refusal) {
      if (refusal.allow) response.setHeader("Allow", refusal.allow);
      return say(response, refusal.status, refusal.line);
    }

    const reading = method === "GET" || method === "HEAD";
    const isOwn = isReadersOwn(address);
    const key = `${url.startsWith("/feeds/") ? request.headers.host : ""}${url}`;
    const keepable = reading && !request.headers.rsc;
    const find = () => (keepable ? room(key).get(key) : undefined);
    let kept = find();
    if (kept && !isCurrent(kept) && isGoodEnough(kept, request)) {
      if (!renewing.has(key)) {
        const asked = toAsked(request, url, null);
        lastRenewal = renew(
          key,
          lastRenewal.then(() => answer(key, asked, true)),
        );
      }
      return kept.answer.send(request, response);
    }
    if (kept && !isCurrent(kept) && renewing.has(key)) {
      // Of all who ask for it at once, one has it made.
      await renewing.get(key);
      kept = find();
    }
    if (kept && isCurrent(kept)) {
      kept.currentAt = performance.now();
      return kept.answer.send(request, response);
    }
    if (library.away && !isAsset(url)) return sendAway(request, response, library.away);

    // A page that is asked for after a click shows what the click did, also where that waits for a scrape's write.
    if (reading && isOwn && changes.size > 0) {
      await Promise.race([Promise.allSettled(changes), sleep(longestWaitMs, null, { ref: false })]);
    }
    const body = reading ? null : await buffer(request).catch(() => null);
    if (request.destroyed && !request.complete) return; // nobody is there any more
    const asked = toAsked(request, address?.path === unavailable ? nowhere : url, body);
    const making = answer(key, asked, keepable);
    if (!reading && isOwn) {
      changes.add(making);
      const over = () => changes.delete(making);
      making.then(over, over); // what is wrong with it is said below
    }
    if (kept) renew(key, making);
    const made = await making;
    // What was changed or told has to be on the pages that are asked for next: another order of an edition, a paper fetched,
    // how many papers there are. A mark stands on none of them.
    if (address && ((!reading && isOwn && !isMark.test(address.path)) || address.path === "/api/health")) {
      await look();
      exactSince = performance.now();
    }
    if (made.trouble !== null) return sendAway(request, response, made.trouble);
    if (made.answer.status === 500) {
      await look();
      return sendAway(request, response, library.away);
    }
    await made.answer.send(request, response);
  };

  function isCurrent({ revision }: Kept): boolean {
    return revision === null || revision === library.revision;
  }

  /** True for what was current a moment ago, while an import goes on and nobody asks for it anew. */
  function isGoodEnough({ currentAt }: Kept, { headers }: IncomingMessage): boolean {
    const anew = /no-cache|max-age=0/.test(headers["cache-control"] ?? "");
    const since = Math.max(exactSince, performance.now() - mostBehindMs);
    return library.importing && !anew && currentAt > since;
  }

  /** Has Next make an answer, and keeps it where it may be kept. */
  async function answer(
    key: string,
    asked: Asked,
    keepable: boolean,
  ): Promise<{ answer: KeptAnswer; trouble: string | null }> {
    // The revision before it is made: what a scrape ends meanwhile is not taken for part of it.
    const { revision } = library;
    const made = await ask(asked);
    const answer = toAnswer(made, asked.url, hashes);
    const always = isAsset(asked.url);
    if (keepable && answer.status === 200 && (always || made.said.sharedAt === asked.url)) {
      await answer.pack();
      room(key).set(key, { revision: always ? null : revision, answer, currentAt: performance.now() });
    }
    return { answer, trouble: made.said.trouble };
  }

  /** Whoever asks for a page that is being made anew may wait for that. Where it fails, the next who asks hears why. */
  function renew(key: string, making: Promise<unknown>): Promise<unknown> {
    const over = () => void renewing.delete(key);
    const renewal = making.then(over, over);
    renewing.set(key, renewal);
    return renewal;
  }

  /** The page, or for a program the line, that says that the library cannot be read; 503. */
  async function sendAway(request: IncomingMessage, response: ServerResponse, why: string | null) {
    const line = why ? `The library is unavailable: ${why}.` : unknownReason;
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Retry-After", "5");
    if (request.url?.startsWith("/api/")) {
      response.setHeader("Content-Type", "application/json");
      return void response.writeHead(503).end(JSON.stringify({ error: line }));
    }
    if (!String(request.headers.accept).includes("text/html")) return say(response, 503, line);
    const made = await ask({ ...toAsked(request, unavailable, null), method: "GET" });
    const html = Buffer.from(made.body).toString();
    const reason = () => escapeHtml(`The library is unavailable: ${why}.`);
    const body = Buffer.from(why ? html.replace(unknownReason, reason) : html);
    const said = { status: 503, sharedAt: null, trouble: null };
    await toAnswer({ ...made, body, said }, unavailable, hashes).send(request, response);
  }
}

const isMark = /^\/(bookmarks|api\/v1\/(bookmarks|seen)\/.+)$/;
// No page of ours is called so: whoever asks for the page of a failure itself is told that there is none.
const nowhere = "/nowhere";
// app/unavailable/page.tsx: made when the site is built, so it needs no library.
const unavailable = "/unavailable";

const isAsset = (url: string) => url.startsWith("/_next/static/");

/** What Next is asked: always for the whole, also for a question that would take less. */
function toAsked({ method = "GET", headers }: IncomingMessage, url: string, body: Buffer | null): Asked {
  const { "if-none-match": _1, "if-modified-since": _2, range: _3, ...rest } = headers;
  return { method: method === "HEAD" ? "GET" : method, url, headers: rest, body };
}

function toAnswer({ status: made, headers, body, said }: Made, url: string, hashes: string[]): KeptAnswer {
  const status = made === 200 ? (said.status ?? made) : made;
  const { date: _, connection: _1, "keep-alive": _2, "transfer-encoding": _3, etag: _4, ...kept } = headers;
  let bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (/^text\/html/.test(String(kept["content-type"]))) {
    const html = toPlainDocument(bytes.toString());
    bytes = Buffer.from(html);
    kept["content-security-policy"] = toPolicy(html, hashes);
    // Neither a proxy nor the browser shows an old page; one that is a reader's own is not even kept for Back.
    const shared = status === 200 && said.sharedAt === url;
    kept["cache-control"] = shared ? "private, no-cache" : "private, no-store";
  } else kept["cache-control"] ??= "private, no-store";
  return new KeptAnswer(status, kept, bytes);
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
      line: `This server does not accept the host name ${name}. If it is yours, add it to ALLOWED_HOSTS.`,
    };
  }
  if (!address) return { status: 400, line: "Malformed address." };
  const allowed = methodsOf(address.path);
  if (!allowed.includes(method)) {
    return {
      status: 405,
      line: `Expected ${allowed.join(" or ")}, got ${method}.`,
      allow: allowed.join(", "),
    };
  }
  // Next's own addresses besides its files: nothing here asks for them.
  if (/^\/_next\/(?!static\/)/.test(address.path)) return { status: 404, line: "Not found." };
  if (isRefused(method, address, headers)) {
    return { status: 403, line: "Refused: this request came from another site." };
  }
  // Forms and programs say how long what they send is; none of ours is longer.
  if (headers["transfer-encoding"]) return { status: 411, line: "Expected a Content-Length header." };
  if (Number(headers["content-length"] ?? 0) > megabyte) {
    return { status: 413, line: "Expected a body of at most 1 MB." };
  }
  return null;
}

function say(response: ServerResponse, status: number, line: string): void {
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.writeHead(status).end(`Broadsheet: ${line}\n`);
}
