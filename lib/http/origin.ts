import type { IncomingHttpHeaders } from "node:http";

/**
 * True where a request's headers say that another site's page made it. Programs send neither header and are let through;
 * every browser of today sends at least one with a POST.
 */
export function isForeign(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
