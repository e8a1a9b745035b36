import type { Digest } from "./find-digest";

export type WebhookKind = "json" | "slack" | "discord" | "ntfy";

/** The body and headers of a webhook, without the signature. */
export function toWebhookBody(
  kind: WebhookKind,
  digest: Digest,
  site: string,
): { headers: Record<string, string>; body: string } {
  const { name, q, rhythm, day, keys } = digest;
  const body = JSON.stringify({ type: "digest", kind, site, data: { name, q, rhythm, day, papers: keys } });
  return { headers: { "content-type": "application/json" }, body };
}
