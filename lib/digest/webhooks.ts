import { database } from "../db/client";
import { retryWhileLocked } from "../db/retry-while-locked";
import { type Env, readEnv } from "../env";
import { isPrivateAddress } from "../net/private-address";
import { findLatestListedDay } from "../papers/listed";
import { composeDigest } from "./issues";
import { postDigest } from "./send-webhook";
import { nameOf, type Series } from "./series";
import { siteOf } from "./site";
import { logTest } from "./test-log";
import type { WebhookKind } from "./to-webhook";
import { makeSecret } from "./webhook-signature";

export const webhookKinds = ["json", "slack", "discord", "ntfy"] as const satisfies WebhookKind[];
export const maxWebhooks = 20;

type New = { name: string; url: string; kind: WebhookKind; q: string };

/** Whether a webhook may lead to this address, as far as can be told before it is connected to. */
export function isWebhookAddress(url: string, { webhooksPrivate }: Pick<Env, "webhooksPrivate">): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  // A name and password in the address would be shown on the page, and not be sent.
  if (!/^https?:$/.test(protocol) || username !== "" || password !== "") return false;
  return webhooksPrivate || !isPrivateAddress(hostname);
}

/** Adds a webhook. Returns its number, or null if the reader has as many as allowed. */
export async function addWebhook(reader: string, webhook: New, now: Date): Promise<number | null> {
  if ((await database().webhook.count({ where: { readerId: reader } })) >= maxWebhooks) return null;
  const data = { ...webhook, readerId: reader, secret: makeSecret(), createdAt: now };
  return (await retryWhileLocked(() => database().webhook.create({ data, select: { id: true } }))).id;
}

/** The reader's webhooks, oldest first, each with its latest deliveries. */
export function findWebhooks(reader: string) {
  return database().webhook.findMany({
    where: { readerId: reader },
    orderBy: { id: "asc" },
    include: {
      deliveries: { orderBy: { id: "desc" }, take: 10, include: { issue: { select: { day: true } } } },
    },
  });
}

/** Deletes a webhook and its log. */
export async function deleteWebhook(reader: string, id: number): Promise<void> {
  await retryWhileLocked(() => database().webhook.deleteMany({ where: { id, readerId: reader } }));
}

/** Takes a webhook into use again that was disabled. */
export async function enableWebhook(reader: string, id: number): Promise<void> {
  const data = { disabledAt: null, failures: 0 };
  await retryWhileLocked(() => database().webhook.updateMany({ where: { id, readerId: reader }, data }));
}

/** Posts the digest of the latest edition to a webhook now, and logs the answer. False if there is no such webhook. */
export async function testWebhook(reader: string, id: number, now: Date): Promise<boolean> {
  const webhook = await database().webhook.findFirst({ where: { id, readerId: reader } });
  if (!webhook) return false;
  const env = readEnv();
  const { q } = webhook;
  const day = (await findLatestListedDay(database(), false)) ?? now.toISOString().slice(0, 10);
  const series: Series = { q, rhythm: "daily", hour: null, zone: "UTC", watcher: null };
  const nothing = {
    name: nameOf(q, "daily"),
    q,
    rhythm: "daily" as const,
    day,
    lead: null,
    groups: [],
    rising: [],
    keys: [],
  };
  const digest = (await composeDigest(database(), series, day)) ?? nothing;
  const options = { site: siteOf(env), webhooksPrivate: env.webhooksPrivate };
  const { state, answer } = await postDigest(
    webhook,
    `msg_test_${id}_${now.getTime()}`,
    digest,
    options,
    now,
  );
  await logTest({ webhookId: id }, state === "sent", answer, now);
  return true;
}
