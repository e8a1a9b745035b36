import { createHash } from "node:crypto";
import { readSender } from "../mail-address";

type Of = { q: string; rhythm: string; token: string };

const shortHash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 24);

/** The addresses in a subscriber's mails. */
export const linksOf = (site: string, token: string) => ({
  site,
  manage: `${site}/subscribe/${token}`,
  leave: `${site}/unsubscribe/${token}`,
});

/**
 * The headers of a digest by which mail programs recognize a list and offer to leave it (RFC 2369, RFC 2919, RFC 8058).
 */
export function listHeaders({ q, rhythm, token }: Of, { site, from }: { site: string; from: string }) {
  const { leave } = linksOf(site, token);
  const list = q === "" ? "edition" : `search-${shortHash(q).slice(0, 12)}`;
  return {
    ...automatic,
    "List-Id": `<${list}.${rhythm}.${new URL(site).hostname}>`,
    "List-Unsubscribe": `<${leave}>, <mailto:${readSender(from)?.address}?subject=unsubscribe%20${token}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    Precedence: "bulk",
  };
}

/** The headers of every mail that no person wrote, so that no program answers it. */
export const automatic = { "Auto-Submitted": "auto-generated" };

/** The same for every attempt, so that a mail that arrives twice is recognized. */
export function messageIdOf(delivery: number, token: string, site: string): string {
  return `<${shortHash(`${delivery} ${token}`)}@${new URL(site).hostname}>`;
}
