import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { LibraryState } from "../db/watch";
import { escapeHtml } from "../html";
import { currentReader } from "../readers/current-reader";
import { type Address, toAddress } from "./address";
import { CachedAnswer } from "./cached-answer";
import { newFrontCounts } from "./front-counts";
import { hashOf, securityHeaders, toPolicy } from "./headers";
import { isAllowedHost } from "./host";
import { isPrivate, isRefused } from "./origin";
import type { Handler, PageRequest, RawAnswer, Render } from "./render";
import { noteFailure, requestId } from "./request-id";
import { methodsOf, routeOf } from "./routes";
import { senderAddress, senderHeader } from "./sender";
import { unknownReason } from "./unavailable";
import { withoutNextClient } from "./without-next-client";

/** `until`: when the page stops being right, in Unix ms, or null. */
type Cached = { revision: string | null; until: number | null; answer: CachedAnswer; currentAt: number };

const maxWaitMs = 1000;
// How long after it was last current a page may be sent while an import runs. With the time between two checks of the
// library, it is then less than two seconds old.
const maxStaleMs = 500;
// Rendering takes the processor of one thread. More pages at a time would only delay each other, and the check of the library.
const maxRendering = 6;
const megabyte = 2 ** 20;
const openCache = (megabytes: number) =>
  new LRUCache<string, Cached>({
    maxSize: Math.round(megabytes * megabyte),
    sizeCalculation: ({ answer }) => answer.size,
  });

/**
 * Handles every request before Next does. It refuses foreign requests, caches answers that are the same for every
 * reader until the library's revision changes, compresses them, and shows its own page if the library cannot be read.
 * During an import, a page cached within the last seconds is sent at once and rendered again in the background, one
 * page at a time; a reload waits for the new page. `renderPage` asks Next for an answer, `checkLibrary` updates `library`, `scripts`
 * are the inline scripts that pages may run, `megabytes` is how much each cache holds, and `counts` is what it counts.
 */
export function openFront(
  renderPage: Render,
  library: LibraryState,
  hosts: string[],
  checkLibrary: () => Promise<void> = async () => {},
  scripts: string[] = [],
  megabytes = { pages: 8, queries: 2 }, // 8 MB are about 300 editions
  counts = newFrontCounts(),
): Handler {
  let renderingNow = 0;
  const waiting: (() => void)[] = [];
  /**
   * Renders at most six pages at a time. Changes do not take part: they may wait for another server, and the pages must
   * not. Nor do checks, and the page that says what is wrong. If the library fails meanwhile, what waits is not rendered.
   */
  const render: Render = async (asked) => {
    const takesPart = asked.method === "GET" && !isUrgent.test(asked.url);
    counts.rendering++;
    try {
      if (takesPart && renderingNow === maxRendering) {
        await new Promise<void>((go) => waiting.push(go));
        if (library.problem !== null) return toUnavailable(library.problem);
      } else if (takesPart) renderingNow++;
      return await renderPage(asked);
    } finally {
      counts.rendering--;
      const next = takesPart ? waiting.shift() : undefined;
      if (next) next();
      else if (takesPart) renderingNow--;
    }
  };
  const hashes = scripts.map(hashOf);
  // A separate cache, so that arbitrary queries cannot evict editions and papers.
  const pages = openCache(megabytes.pages);
  const queries = openCache(megabytes.queries);
  const cacheFor = (key: string) => (key.includes("?") ? queries : pages);
  // Changes to the reader's data that are in progress.
  const changes = new Set<Promise<unknown>>();
  // Cached pages that are being rendered again.
  const rerendering = new Map<string, Promise<unknown>>();
  let lastRenewal: Promise<unknown> = Promise.resolve();
  // When a reader or program was last shown a change. Later pages must show it too.
  let changeShownAt = 0;

  return async (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const { method = "GET" } = request;
    const url = withOrder(toOrigin(request), library.orders[currentReader()] ?? "hub");
    const address = toAddress(url);
    const refusal = refuse(request, method, address, hosts);
    if (refusal) {
      if (refusal.allow) response.setHeader("Allow", refusal.allow);
      return sendLine(response, refusal.status, refusal.line);
    }

    const reading = method === "GET" || method === "HEAD";
    const isPrivateRequest = isPrivate(address);
    // Feeds have absolute addresses.
    const key = `${/^\/feeds\b/.test(url) ? request.headers.host : ""}${url}`;
    const cacheable = reading && !request.headers.rsc;
    const find = () => (cacheable ? cacheFor(key).get(key) : undefined);
    let cached = find();
    if (cached && !isCurrent(cached) && isGoodEnough(cached, request)) {
      if (!rerendering.has(key)) {
        const forwarded = toPageRequest(request, url, null);
        lastRenewal = trackRendering(
          key,
          lastRenewal.then(() => answer(key, forwarded, true)),
        );
      }
      counts.outdated++;
      return cached.answer.send(request, response);
    }
    if (cached && !isCurrent(cached) && rerendering.has(key)) {
      // Concurrent requests for the same page share one rendering.
      await rerendering.get(key);
      cached = find();
    }
    if (cached && isCurrent(cached)) {
      cached.currentAt = performance.now();
      counts.hits++;
      return cached.answer.send(request, response);
    }
    const isCheck = address?.path === "/api/health" || address?.path === "/api/ready";
    if (library.problem && !isAsset(url) && !isCheck)
      return sendUnavailable(request, response, library.problem);

    // A page requested after a click must show the effect of the click, even if that is still waiting for an import.
    if (reading && isPrivateRequest && changes.size > 0) {
      await Promise.race([Promise.allSettled(changes), sleep(maxWaitMs, null, { ref: false })]);
    }
    const body = reading ? null : await buffer(request).catch(() => null);
    if (request.destroyed && !request.complete) return; // the client disconnected
    const forwarded = toPageRequest(request, address?.path === unavailable ? unknownPath : url, body);
    const rendering = answer(key, forwarded, cacheable);
    if (!reading && isPrivateRequest) {
      changes.add(rendering);
      const done = () => changes.delete(rendering);
      rendering.then(done, done); // the error is reported below
    }
    if (cached) trackRendering(key, rendering);
    const raw = await rendering;
    if (raw.cached) counts.misses++;
    // The next pages must show this change: another order of an edition, a fetched paper, a new number of papers. Marks
    // are not part of any cached page.
    if (
      address?.path === "/api/health" ||
      (address && !reading && isPrivateRequest && !isMark.test(address.path))
    ) {
      const checked = checkLibrary();
      // A health answer does not wait for a database that hangs. It then names no papers either.
      await (isCheck ? Promise.race([checked, sleep(maxWaitMs, null, { ref: false })]) : checked);
      changeShownAt = performance.now();
    }
    if (raw.problem !== null) return sendUnavailable(request, response, raw.problem);
    if (raw.answer.status === 500) {
      // The library may be why. Whoever asks has waited already.
      if (library.problem === null)
        await Promise.race([checkLibrary(), sleep(maxWaitMs, null, { ref: false })]);
      return sendUnavailable(request, response, library.problem);
    }
    if (raw.answer.status > 500 && !isCheck) noteFailure(request, response, "the page answered so");
    if (raw.parts) await sendParts(request, response, raw.answer, raw.parts);
    else await raw.answer.send(request, response);
  };

  function isCurrent({ revision, until }: Cached): boolean {
    return (revision === null || revision === library.revision) && (until === null || Date.now() < until);
  }

  /** True for an answer that was current a moment ago, if an import is running and the request is not a reload. */
  function isGoodEnough({ currentAt }: Cached, { headers }: IncomingMessage): boolean {
    const isReload = /no-cache|max-age=0/.test(headers["cache-control"] ?? "");
    const since = Math.max(changeShownAt, performance.now() - maxStaleMs);
    return library.importing && !isReload && currentAt > since;
  }

  /** Lets Next render an answer, and caches it if that is allowed. */
  async function answer(
    key: string,
    forwarded: PageRequest,
    cacheable: boolean,
  ): Promise<{
    answer: CachedAnswer;
    problem: string | null;
    cached: boolean;
    parts: RawAnswer["parts"];
  }> {
    // Read the revision before rendering: an import that finishes meanwhile must not look included.
    const { revision } = library;
    const raw = await render(forwarded);
    const answer = toAnswer(raw, forwarded.url, hashes);
    const always = isAsset(forwarded.url);
    const cached = cacheable && answer.status === 200 && (always || raw.notes.sharedAt === forwarded.url);
    if (cached) {
      await answer.pack();
      cacheFor(key).set(key, {
        revision: always ? null : revision,
        until: raw.notes.sharedUntil,
        answer,
        currentAt: performance.now(),
      });
    }
    return { answer, problem: raw.notes.problem, cached, parts: raw.parts };
  }

  /** Lets other requests for a page wait for this rendering. If it fails, the next request reports the error. */
  function trackRendering(key: string, rendering: Promise<unknown>): Promise<unknown> {
    const done = () => void rerendering.delete(key);
    const renewal = rendering.then(done, done);
    rerendering.set(key, renewal);
    return renewal;
  }

  /** A 503 that says the library cannot be read: a page for readers, one line for programs. */
  async function sendUnavailable(request: IncomingMessage, response: ServerResponse, why: string | null) {
    const line = why ? `The library is unavailable: ${why}.` : unknownReason;
    noteFailure(request, response, line);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Retry-After", "5");
    if (request.url?.startsWith("/api/")) {
      response.setHeader("Content-Type", "application/json");
      return void response.writeHead(503).end(JSON.stringify({ error: line }));
    }
    if (!String(request.headers.accept).includes("text/html")) return sendLine(response, 503, line);
    const raw = await render({ ...toPageRequest(request, unavailable, null), method: "GET" });
    const html = Buffer.from(raw.body).toString();
    const reason = () => escapeHtml(`The library is unavailable: ${why}.`);
    const body = Buffer.from(why ? html.replace(unknownReason, reason) : html);
    const notes = { status: 503, sharedAt: null, sharedUntil: null, problem: null };
    await toAnswer({ ...raw, body, notes }, unavailable, hashes).send(request, response);
  }
}

/** Sends a body part by part. A client that leaves before the end is no failure. */
async function sendParts(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers }: CachedAnswer,
  parts: AsyncGenerator<Uint8Array>,
): Promise<void> {
  response.writeHead(status, headers);
  if (request.method === "HEAD") {
    await parts.return(undefined);
    response.end();
    return;
  }
  await pipeline(parts, response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  });
}

const isMark = /^\/(bookmarks|api\/v1\/(bookmarks|seen)\/.+)$/;
// Not an address of ours, so a direct request for Next's error page is a 404.
const unknownPath = "/nowhere";
// app/unavailable/page.tsx is rendered at build time, so it works without the library.
const unavailable = "/unavailable";

const isUrgent = /^\/(?:api\/(?:health|ready)|unavailable)$/;

/** An answer that was not rendered, because the library cannot be read. */
const toUnavailable = (problem: string): RawAnswer => ({
  status: 503,
  headers: {},
  body: new Uint8Array(),
  notes: { status: null, sharedAt: null, sharedUntil: null, problem },
  parts: null,
});

const isAsset = (url: string) => url.startsWith("/_next/static/");

/** The request as Next gets it. Always asks for the complete answer, even if the client wants less (HEAD, conditional). */
function toPageRequest(request: IncomingMessage, url: string, body: Buffer | null): PageRequest {
  const { method = "GET", headers } = request;
  requestId(request);
  const { "if-none-match": _1, "if-modified-since": _2, range: _3, ...rest } = headers;
  const sent = { ...rest, [senderHeader]: senderAddress(request) };
  return { method: method === "HEAD" ? "GET" : method, url, headers: sent, body };
}

function toAnswer(
  { status: made, headers, body, notes }: RawAnswer,
  url: string,
  hashes: string[],
): CachedAnswer {
  const status = made === 200 ? (notes.status ?? made) : made;
  const { date: _, connection: _1, "keep-alive": _2, "transfer-encoding": _3, etag: _4, ...fields } = headers;
  let bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (/^text\/html/.test(String(fields["content-type"]))) {
    const html = withoutNextClient(bytes.toString());
    bytes = Buffer.from(html);
    fields["content-security-policy"] ??= toPolicy(html, hashes); // a route may have its own
    // Neither proxies nor browsers may show an old page. The reader's own pages are not even stored for Back.
    const shared = status === 200 && notes.sharedAt === url;
    fields["cache-control"] = shared ? "private, no-cache" : "private, no-store";
  } else fields["cache-control"] ??= "private, no-store";
  return new CachedAnswer(status, fields, bytes);
}

/** The address of an edition in the reader's preferred order. Each order is cached as a page of its own. */
function withOrder(url: string, order: string): string {
  if (order === "hub" || !/^\/(papers\/date\/[^/?]+(\?tag=[^&]*)?)?$/.test(url)) return url;
  return `${url}${url.includes("?") ? "&" : "?"}sort=${order}`;
}

type Refusal = { status: number; line: string; allow?: string };

/** The requested path, even if the request has it in absolute form (RFC 9112, 3.2.2). */
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
  if (!isAllowedHost(headers.host, hosts)) {
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
  // Next's own addresses other than its files. No page of ours requests them.
  if (/^\/_next\/(?!static\/)/.test(address.path)) return { status: 404, line: "Not found." };
  if (isRefused(method, address, headers)) {
    return { status: 403, line: "Refused: this request came from another site." };
  }
  // Forms and programs must declare the length of their body, so that none is read that is too long.
  if (headers["transfer-encoding"]) return { status: 411, line: "Expected a Content-Length header." };
  const megabytes = Number(headers["content-length"] ?? 0) / megabyte;
  const { maxBodyMegabytes = 1 } = routeOf(address.path);
  if (megabytes > maxBodyMegabytes) {
    const got = megabytes.toLocaleString("en", { maximumFractionDigits: 1 });
    return { status: 413, line: `Expected a body of at most ${maxBodyMegabytes} MB, got ${got} MB.` };
  }
  return null;
}

function sendLine(response: ServerResponse, status: number, line: string): void {
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.writeHead(status).end(`Broadsheet: ${line}\n`);
}
