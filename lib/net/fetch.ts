import { type Dispatcher, request } from "undici";
import { headerOf, maxBytes, readAll } from "./answer-body";
import { toUtf8 } from "./charset";
import { FetchError, failureOf, RefusedAddressError, refusalOf } from "./fetch-error";
import { openGuard } from "./guard";
import type { HostTurns } from "./host-turns";
import { type Clock, openPace, realClock } from "./pace";
import { isPrivateHost } from "./private-address";
import { readAllowances, readRetryAfter } from "./rate-limit";
import { makeUserAgent } from "./user-agent";
import type { Validator } from "./validators";

export { FetchError, RefusedAddressError } from "./fetch-error";

/** A fetched body. `url` is the last address, after redirects. */
export type Answer = {
  url: string;
  /** Decompressed, and in UTF-8 if it is text. */
  body: Buffer;
  next: string | null;
  /** For the next conditional request. Null if the answer has none, or was redirected. */
  validator: Validator | null;
};

/** The content has not changed since its validator. */
export type NotModified = { notModified: true };

export type Network = {
  /** Throws a FetchError of one line for anything but a usable answer. */
  get(url: string): Promise<Answer>;
  get(url: string, known: Validator | undefined): Promise<Answer | NotModified>;
  /** The bytes of a file, as they are. Throws like `get`, also for a file of another type or size. */
  download(url: string, file: FileRequest): Promise<Buffer>;
  close(): Promise<void>;
};

/** A file to download. */
export type FileRequest = {
  /** What it is, worded to follow "expected". */
  what: string;
  /** The `Accept` header. */
  accept: string;
  /** Whether its bytes are worth reading, by its `Content-Type`. */
  acceptsType(type: string): boolean;
  maxBytes: number;
};

const listing: FileRequest = { what: "a listing", accept: "*/*", acceptsType: () => true, maxBytes };

type Options = {
  /** How many attempts each address gets. */
  tries?: number;
  /** The longest wait, for whatever reason. */
  patienceMs?: number;
  /** From the end of one request to the start of the next to the same host. arXiv's is longer. */
  spacingMs?: number;
  /** For a complete answer, from the request to its last byte. */
  timeoutMs?: number;
  /** Aborts everything at once. */
  signal?: AbortSignal;
  clock?: Clock;
  /** Addresses that the configuration or the operator names. Their hosts may be private. */
  trusted?: string[];
  /** Spacing shared with other processes. */
  turns?: HostTurns | undefined;
  /** Receives a line about each long wait. */
  onLongWait?: (line: string) => void;
};

// For requests that somebody waits for.
const interactiveLimits = { tries: 2, patienceMs: 10_000, spacingMs: 250 };

/** For long imports: at most one request per second to a host. */
export const backgroundLimits = { tries: 3, patienceMs: 600_000, spacingMs: 1000 };

const maxRedirects = 10;
const firstBackoffMs = 1000;
const maxBackoffMs = 60_000;

/**
 * Sends one request at a time to a host, spaced and within its limits, through the proxy in HTTPS_PROXY and NO_PROXY.
 * Retries if a server fails or asks to wait. Answers are limited in time, and in size before and after decompression.
 */
export function openNetwork(options: Options = {}): Network {
  const { tries, patienceMs, spacingMs } = { ...interactiveLimits, ...options };
  const { timeoutMs = 30_000, clock = realClock, trusted = [], turns, signal, onLongWait } = options;
  const hosts = new Set(trusted.flatMap((url) => (URL.canParse(url) ? new URL(url).hostname : [])));
  const trusting = openGuard((hostname) => hosts.has(hostname));
  const strict = openGuard(() => false);
  const pace = openPace({ clock, spacingMs, patienceMs, turns, leaseMs: timeoutMs, signal, onLongWait });
  const userAgent = makeUserAgent();

  async function follow(
    url: string,
    known: Validator | undefined,
    file: FileRequest,
  ): Promise<RawAnswer | NotModified> {
    const visited = new Set<string>();
    let guard = trusting;
    for (let address = url; ; ) {
      if (visited.has(address)) throw new RefusedAddressError("it redirects in a circle");
      if (visited.size > maxRedirects)
        throw new RefusedAddressError(`it redirects more than ${maxRedirects} times`);
      visited.add(address);
      const [here, { agent, check }, validator] = [address, guard, address === url ? known : undefined];
      check(here);
      const answer = await pace.inTurn(here, () => send(here, agent, validator, file));
      if (!("redirectTo" in answer))
        return "body" in answer && visited.size > 1 ? { ...answer, validator: null } : answer;
      address = answer.redirectTo;
      // A public address must never redirect to a private one, even a trusted one.
      if (!(await isPrivateHost(new URL(here).hostname))) guard = strict;
    }
  }

  async function send(
    url: string,
    dispatcher: Dispatcher,
    known: Validator | undefined,
    { what, accept, acceptsType, maxBytes }: FileRequest,
  ): Promise<RawAnswer | NotModified | { redirectTo: string }> {
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      const response = await request(url, {
        dispatcher,
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        headers: {
          "user-agent": userAgent,
          accept,
          "accept-encoding": "gzip, br",
          ...conditionalHeaders(known),
        },
      });
      const header = (name: string) => headerOf(response, name);
      const { statusCode: status, body } = response;
      pace.recordAllowances(url, readAllowances(header, clock.now()));
      if (status >= 200 && status < 300) {
        const type = header("content-type");
        if (!acceptsType(type ?? "")) {
          discard(body);
          throw new FetchError(`expected ${what}, got ${type?.slice(0, 100)}`, status);
        }
        const bytes = await readAll(response, maxBytes);
        const next = nextPageOf(header("link"), url);
        return { url, status, type, body: bytes, next, validator: validatorOf(response) };
      }
      discard(body);
      if (status === 304 && known) return { notModified: true };
      const location = header("location");
      if (status >= 300 && status < 400 && location !== null) return { redirectTo: toAddress(location, url) };
      const after = readRetryAfter(header("retry-after"), clock.now());
      if (after !== null) pace.pauseHost(url, after * 1000);
      throw refusalOf(what, status, response.statusText, after);
    } catch (error) {
      if (error instanceof FetchError) throw error;
      if (limit.aborted)
        throw new FetchError(`expected an answer within ${timeoutMs / 1000} s, got none`, null);
      signal?.throwIfAborted();
      throw failureOf(error, new URL(url).hostname);
    }
  }

  async function ask(
    url: string,
    known: Validator | undefined,
    file: FileRequest,
  ): Promise<RawAnswer | NotModified> {
    const address = toAddress(url);
    for (let attempt = 1; ; attempt++) {
      try {
        return await follow(address, known, file);
      } catch (error) {
        const retries = error instanceof FetchError && error.temporary && attempt < tries;
        if (!retries || (error.retryAfter ?? 0) * 1000 > patienceMs) throw error;
        pace.pauseHost(address, backoffMs(attempt));
      }
    }
  }

  async function get(url: string): Promise<Answer>;
  async function get(url: string, known: Validator | undefined): Promise<Answer | NotModified>;
  async function get(url: string, known?: Validator): Promise<Answer | NotModified> {
    const answer = await ask(url, known, listing);
    if ("notModified" in answer) return answer;
    const { status, type, body, ...rest } = answer;
    return { ...rest, body: toUtf8(body, type, status) };
  }

  return {
    get,
    download: async (url, file) => {
      const answer = await ask(url, undefined, file);
      if ("notModified" in answer) throw new FetchError(`expected ${file.what}, got 304`, 304);
      return answer.body;
    },
    // Does not wait for requests in progress.
    close: async () => {
      await Promise.all([trusting.agent.destroy(), strict.agent.destroy()]);
    },
  };
}

/** Closes an answer whose body is not needed. Its errors do not matter. */
function discard(body: Dispatcher.ResponseData["body"]): void {
  body.on("error", () => {}).destroy();
}

/** Doubles each time, with jitter, so that clients do not retry in step. */
function backoffMs(tried: number): number {
  return Math.min(maxBackoffMs, firstBackoffMs * 2 ** (tried - 1)) * (0.5 + Math.random() / 2);
}

type RawAnswer = Answer & { status: number; type: string | null };

function conditionalHeaders(known: Validator | undefined): Record<string, string> {
  return {
    ...(known?.etag ? { "if-none-match": known.etag } : {}),
    ...(known?.lastModified ? { "if-modified-since": known.lastModified } : {}),
  };
}

function validatorOf(response: Dispatcher.ResponseData): Validator | null {
  const [etag, lastModified] = [headerOf(response, "etag"), headerOf(response, "last-modified")];
  if (etag === null && lastModified === null) return null;
  return { ...(etag === null ? {} : { etag }), ...(lastModified === null ? {} : { lastModified }) };
}

/** The next page in the `Link` header, on the same server. */
function nextPageOf(link: string | null, url: string): string | null {
  const [, next] = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link ?? "") ?? [];
  if (next === undefined || !URL.canParse(next, url)) return null;
  const found = new URL(next, url);
  return found.origin === new URL(url).origin ? found.href : null;
}

function toAddress(text: string, base?: string): string {
  const url = URL.canParse(text, base) ? new URL(text, base) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new RefusedAddressError(`expected an http or https address, got "${text.slice(0, 200)}"`);
  url.hash = "";
  return url.href;
}
