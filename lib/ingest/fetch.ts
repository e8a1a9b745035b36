import { setTimeout as sleep } from "node:timers/promises";
import { EnvHttpProxyAgent, fetch, type Response } from "undici";
import { mostBytes } from "./read-source";

/** What came from an address: its last one where it led on to another. */
export type Answer = { url: string; body: Buffer; next: string | null };

export type Network = {
  /** Throws a FetchError of one line for every answer that is none. */
  get(url: string): Promise<Answer>;
  close(): Promise<void>;
};

/** Why an address gave nothing; `status` where it answered at all. */
export class FetchError extends Error {
  constructor(
    message: string,
    readonly status: number | null,
    /** Seconds that it asks to be left alone. */
    readonly retryAfter: number | null = null,
    /** Asking again at once could help. */
    readonly passing = false,
  ) {
    super(message);
  }
}

type Options = {
  /** Between the end of one request and the beginning of the next. */
  spacingMs?: number;
  /** For a whole answer, from asking to its last byte. */
  timeoutMs?: number;
  /** Ends everything at once. */
  signal?: AbortSignal;
};

const tries = 2;
const patienceS = 10;

/**
 * One request at a time, spaced, through the proxy that HTTPS_PROXY and NO_PROXY name. A server that fails or asks for
 * a short rest is asked once more; answers are bounded in time and, unpacked, in bytes.
 */
export function openNetwork({ spacingMs = 250, timeoutMs = 30_000, signal }: Options = {}): Network {
  const dispatcher = openAgent();
  let free = 0;

  async function once(url: string): Promise<Answer> {
    await sleep(Math.max(0, free - Date.now()), undefined, { signal });
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        dispatcher,
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        headers: { "User-Agent": "Broadsheet/0.1 (a reader's own feed of daily papers)" },
      });
      if (!response.ok) {
        await response.body?.cancel();
        throw refusal(response);
      }
      return { url: response.url, body: await readAll(response), next: nextOf(response) };
    } catch (error) {
      if (error instanceof FetchError) throw error;
      if (limit.aborted)
        throw new FetchError(`expected an answer within ${timeoutMs / 1000} s, got none`, null);
      signal?.throwIfAborted();
      throw failure(error);
    } finally {
      free = Date.now() + spacingMs;
    }
  }

  return {
    async get(url) {
      for (let tried = 1; ; tried++) {
        try {
          return await once(url);
        } catch (error) {
          const again = error instanceof FetchError && error.passing && tried < tries;
          if (!again || (error.retryAfter ?? 0) > patienceS) throw error;
          await sleep((error.retryAfter ?? 1) * 1000, undefined, { signal });
        }
      }
    },
    close: () => dispatcher.close(),
  };
}

function openAgent(): EnvHttpProxyAgent {
  try {
    return new EnvHttpProxyAgent();
  } catch (error) {
    const proxy = process.env.HTTPS_PROXY ?? process.env.https_proxy ?? process.env.HTTP_PROXY;
    throw new Error(`HTTPS_PROXY: expected the address of a proxy, got "${proxy}"`, { cause: error });
  }
}

async function readAll(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > mostBytes)
      throw new FetchError(`expected at most ${mostBytes / 1024 / 1024} MB, got more`, response.status);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The next page by the `Link` header. */
function nextOf(response: Response): string | null {
  const [, next] = /<([^>]+)>\s*;\s*rel="?next"?/.exec(response.headers.get("link") ?? "") ?? [];
  return next === undefined ? null : new URL(next, response.url).href;
}

function refusal(response: Response): FetchError {
  const { status } = response;
  const after = toSeconds(response.headers.get("retry-after"));
  const asks = after === null ? "" : `; it asks to be left alone for ${after} s`;
  const words = status === 429 ? "429, too many requests" : `${status} ${response.statusText}`.trim();
  return new FetchError(
    `expected a listing, got ${words}${asks}`,
    status,
    after,
    status === 429 || status >= 500,
  );
}

/** `Retry-After` is a number of seconds or a date. */
function toSeconds(value: string | null): number | null {
  if (value === null) return null;
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}

const words: Record<string, string> = {
  ECONNREFUSED: "nobody answers there",
  ENOTFOUND: "there is no such host, or no network",
  EAI_AGAIN: "the host's name cannot be looked up; is there a network?",
  ECONNRESET: "the connection was cut",
  UND_ERR_SOCKET: "the connection was cut",
  "redirect count exceeded": "it leads in a circle",
  UND_ERR_CONNECT_TIMEOUT: "no connection came about in time",
};

function failure(error: unknown): FetchError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const said = cause instanceof Error ? cause.message : String(cause);
  const cut = code === "ECONNRESET" || code === "UND_ERR_SOCKET" || said === "terminated";
  const why = words[code] ?? (cut ? words.ECONNRESET : words[said]);
  return new FetchError(
    why ?? `expected an answer, got none that can be read (${said.split("\n")[0]})`,
    null,
    null,
    cut,
  );
}
