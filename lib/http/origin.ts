import type { IncomingHttpHeaders } from "node:http";
import type { Address } from "./address";
import { routeOf } from "./routes";

/**
 * Whether a request's headers say that a page of another site made it. Programs send neither header and are allowed.
 * Every current browser sends at least one of them with a POST.
 */
export function isCrossSite(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin, host } = headers; // over plain http, browsers send Sec-Fetch-Site to localhost only
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase();
}

/**
 * Whether an address shows something about the reader or changes something, which is true of every route that is not
 * shared. A foreign page that embeds such an answer could learn what is bookmarked. False for a malformed address.
 */
export function isPrivate(address: Address | null): boolean {
  if (address === null) return false;
  return (
    !routeOf(address.path).shared ||
    address.query.has("bookmarked") ||
    isOwn.test(address.query.get("q") ?? "")
  );
}

// The qualifiers that ask for the reader's own papers, among others (lib/search/qualifiers.ts).
const isOwn = /\b(?:is|has|list|note):/i;

/**
 * Whether to refuse a foreign page's request: one that makes a change, or asks for the reader's data, unless it is a
 * link to a page. An address that is a secret itself may be used by any site.
 */
export function isRefused(method: string, address: Address, headers: IncomingHttpHeaders): boolean {
  if (!isCrossSite(headers) || routeOf(address.path).fromAnywhere) return false;
  if (!["GET", "HEAD", "OPTIONS"].includes(method)) return true;
  return isPrivate(address) && headers["sec-fetch-mode"] !== "navigate";
}
