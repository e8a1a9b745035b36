import type { IncomingHttpHeaders } from "node:http";
import type { Address } from "./address";

/**
 * True where a request's headers say that another site's page made it. Programs send neither header and are let through;
 * every browser of today sends at least one with a POST.
 */
export function isForeign(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin, host } = headers; // over plain http a browser sends the former to localhost only
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase();
}

// What tells of the reader: a foreign page that included it could learn what is bookmarked.
const readersOwn = /^\/(me\.css|library|catch-up|settings|bookmarks|undo|sources|refresh|fetch|api)(\/|$)/i;

/** True for addresses whose answers tell of the reader, and those that change them; one that names nothing is none. */
export function isReadersOwn(address: Address | null): boolean {
  return address !== null && (readersOwn.test(address.path) || address.query.has("bookmarked"));
}

/** True where a foreign page may not have the answer: a change, or what is the reader's own, unless it is a link to it. */
export function isRefused(method: string, address: Address, headers: IncomingHttpHeaders): boolean {
  if (!isForeign(headers)) return false;
  if (!["GET", "HEAD", "OPTIONS"].includes(method)) return true;
  return isReadersOwn(address) && headers["sec-fetch-mode"] !== "navigate";
}
