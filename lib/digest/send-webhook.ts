import type { Database } from "../db/client";
import { FetchError, RefusedAddressError } from "../net/fetch-error";
import { postOnce } from "../net/post";
import type { Digest } from "./find-digest";
import { readContent } from "./issues";
import type { Taken } from "./queue";
import { toWebhookBody, type WebhookKind } from "./to-webhook";
import { signatureHeaders } from "./webhook-signature";

type Options = { site: string; webhooksPrivate: boolean };
type Hook = { url: string; kind: string; secret: string };

/** `later`: another attempt may help. `isGone`: the receiver wants nothing more. */
export type Posted = { state: "sent" | "failed" | "later"; answer: string; isGone?: boolean };

/** Posts a digest to a webhook once. `id` names the message. */
export async function postDigest(
  { url, kind, secret }: Hook,
  id: string,
  digest: Digest,
  { site, webhooksPrivate }: Options,
  now: Date,
): Promise<Posted> {
  const { headers, body } = toWebhookBody(kind as WebhookKind /* checked when it was added */, digest, site);
  try {
    const signed = { ...headers, ...signatureHeaders(secret, id, body, now) };
    const answer = await postOnce({ url, headers: signed, body }, { mayBePrivate: webhooksPrivate });
    const { status, statusText, location } = answer;
    const said = `${status} ${statusText}`.trim();
    if (status < 300) return { state: "sent", answer: said };
    if (location !== null && status < 400)
      return { state: "failed", answer: `${said}: redirects are not followed` };
    return status === 410
      ? { state: "failed", answer: said, isGone: true }
      : { state: "later", answer: said };
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    return { state: error instanceof RefusedAddressError ? "failed" : "later", answer: error.message };
  }
}

/** Sends the deliveries of webhooks. */
export function openWebhookSender(db: Database, options: Options) {
  return async ({ id, issueId }: Taken, webhook: Hook, now: Date): Promise<Posted> => {
    const issue = await db.digestIssue.findUniqueOrThrow({
      where: { id: issueId ?? 0 },
      select: { content: true },
    });
    return postDigest(webhook, `msg_${id}`, await readContent(issue.content), options, now);
  };
}
