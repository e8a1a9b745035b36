import { closingTimeOf } from "../days";
import { paperPath } from "../words/paper-path";
import { toDiscord, toNtfy, toSlack } from "./chat-bodies";
import type { Digest } from "./find-digest";
import { addressOf, shownPapers } from "./words";

export type WebhookKind = "json" | "slack" | "discord" | "ntfy";
export type WebhookBody = { headers: Record<string, string>; body: string };

const asJson = (value: object): WebhookBody => ({
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(value),
});

/** A digest as the body and the headers of a webhook, without its signature. The same digest is the same body, however often it is sent. */
export function toWebhookBody(kind: WebhookKind, digest: Digest, site: string): WebhookBody {
  switch (kind) {
    case "json":
      return asJson(toEvent(digest, site));
    case "slack":
      return asJson(toSlack(digest, site));
    case "discord":
      return asJson(toDiscord(digest, site));
    case "ntfy":
      return toNtfy(digest, site);
  }
}

/** In the form of Standard Webhooks. Its time is when the edition closed. Papers are as in the API, with their address. */
function toEvent(digest: Digest, site: string): object {
  const { name, q, rhythm, day, keys } = digest;
  const papers = shownPapers(digest).map(({ figure: _, highlights: _2, ...paper }) => ({
    ...paper,
    url: addressOf(paperPath(paper.id), site),
  }));
  return {
    type: "digest",
    timestamp: closingTimeOf(day).toISOString(),
    data: { name, q, rhythm, day, total: keys.length, papers },
  };
}
