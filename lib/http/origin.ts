import type { IncomingHttpHeaders } from "node:http";
import type { Address } from "./address";

/**
 * Whether a request's headers say that a page of another site made it. Programs send neither header and are allowed.
 * Every current browser sends at least one of them with a POST.
 */
export function isForeign(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin, host } = headers; // over plain http, browsers send Sec-Fetch-Site to localhost only
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase();
}

// Answers about the reader. A foreign page that embeds one could learn what is bookmarked.
const readersOwn = /^\/(me\.css|library|catch-up|settings|bookmarks|undo|sources|refresh|fetch|api)(\/|$)/i;

/** Whether an address answers about the reader, or changes something. False for a malformed one. */
export function isReadersOwn(address: Address | null): boolean {
  return address !== null && (readersOwn.test(address.path) || address.query.has("bookmarked"));
}

/**
 * Whether to refuse a foreign page's request: one that makes a change, or asks for the reader's data, unless it is a
 * link to a page.
 */
export function isRefused(method: string, address: Address, headers: IncomingHttpHeaders): boolean {
  if (!isForeign(headers)) return false;
  if (!["GET", "HEAD", "OPTIONS"].includes(method)) return true;
  return isReadersOwn(address) && headers["sec-fetch-mode"] !== "navigate";
}
