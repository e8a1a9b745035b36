import { hideSecrets } from "../printable";
import { PrivateAddressError } from "./private-address";

/** Why a fetch failed. `status` is set if the server answered at all. */
export class FetchError extends Error {
  constructor(
    message: string,
    readonly status: number | null,
    /** Seconds the server asks to wait. */
    readonly retryAfter: number | null = null,
    /** Whether a retry could help. */
    readonly temporary = false,
  ) {
    super(hideSecrets(message));
  }
}

/** An address that is never requested: a private one, one that is not http, or one that redirects without end. */
export class RefusedAddressError extends FetchError {
  constructor(message: string) {
    super(message, null);
  }
}

/** What an unsuccessful status means for a caller that wanted `what`. */
export function refusalOf(
  what: string,
  status: number,
  statusText: string,
  retryAfter: number | null,
): FetchError {
  const wait = retryAfter === null ? "" : `; it asks to wait ${retryAfter} s`;
  const text = status === 429 ? "429, too many requests" : `${status} ${statusText}`.trim();
  const temporary = status === 429 || status >= 500;
  return new FetchError(`expected ${what}, got ${text}${wait}`, status, retryAfter, temporary);
}

const messages: Record<string, (host: string) => string> = {
  ECONNREFUSED: (host) => `could not connect to ${host}`,
  ENOTFOUND: (host) => `could not find ${host}; check the name and the network`,
  EAI_AGAIN: (host) => `could not look up ${host}; check the network`,
  ECONNRESET: (host) => `lost the connection to ${host}`,
  UND_ERR_SOCKET: (host) => `lost the connection to ${host}`,
  UND_ERR_CONNECT_TIMEOUT: (host) => `timed out connecting to ${host}`,
};

/** An error of the network or of decompression, in words if its code is known. */
export function failureOf(error: unknown, host: string): FetchError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof PrivateAddressError) return new RefusedAddressError(error.message);
  const cut = code === "ECONNRESET" || code === "UND_ERR_SOCKET";
  const why = messages[code]?.(host);
  return new FetchError(
    why ?? `expected an answer, got an unreadable one (${message.split("\n")[0]})`,
    null,
    null,
    cut || /^(Z_|ERR__ERROR)/.test(code), // gzip or brotli that breaks off or is damaged
  );
}
