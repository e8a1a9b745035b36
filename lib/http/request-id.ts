import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

const valid = /^[\w.:+=/-]{1,100}$/;

/**
 * The id that names a request in the log: the valid one in `X-Request-Id`, which a proxy may have set, or a new one.
 * It replaces the header, so whoever gets the headers gets the same id.
 */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers["x-request-id"];
  const id = typeof given === "string" && valid.test(given) ? given : randomUUID();
  headers["x-request-id"] = id;
  return id;
}

const reasons = new WeakMap<IncomingMessage, string>();

/** Notes why a request fails, and sends the id with the answer, so that a reader can name it to whoever has the log. */
export function noteFailure(request: IncomingMessage, response: ServerResponse, why: string): void {
  reasons.set(request, why);
  if (!response.headersSent) response.setHeader("X-Request-Id", requestId(request));
}

/** Why a request failed, or null if it did not. */
export function failureOf(request: IncomingMessage): string | null {
  return reasons.get(request) ?? null;
}
