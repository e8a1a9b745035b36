import { randomBytes } from "node:crypto";
import { database, type Transaction } from "../db/client";
import { isDuplicate } from "../db/is-duplicate";
import type { Prisma } from "../db/prisma";
import { retryWhileLocked } from "../db/retry-while-locked";
import { mailboxOf } from "../mail-address";
import type { Rhythm } from "./series";

export type Asked = { address: string; q: string; rhythm: Rhythm };
export type Asker = {
  /** Where the request came from. */
  from: string;
  /** The reader, or null from outside. */
  reader: string | null;
};

/** How long a request waits for its confirmation. */
const pendingMs = 48 * 3_600_000;
const dayMs = 24 * 3_600_000;
/** A request that is repeated within this time gets no second mail: the first is on its way. */
const patienceMs = 10 * 60_000;
// So that nobody can be bombarded, and the table has a bound.
export const maxPending = 1000;
export const maxPendingPerSender = 10;
export const maxConfirmMailsPerDay = 3;

/**
 * Queues a mail that asks whoever has the address to confirm a subscription. What is active or was asked for too often
 * gets none, and the caller cannot tell. Returns the name of a problem if the sender, or all together, asked too often.
 */
export async function requestSubscription(
  { address, q, rhythm }: Asked,
  { from, reader }: Asker,
  now: Date,
): Promise<"sender" | "full" | null> {
  const mailbox = mailboxOf(address);
  const request = async (tx: Transaction) => {
    await deleteExpired(tx, now);
    // First, because the answer must not depend on what is known of the address.
    const waiting = { state: "pending" };
    if ((await tx.subscription.count({ where: { ...waiting, askedFrom: from } })) >= maxPendingPerSender)
      return "sender";
    if ((await tx.subscription.count({ where: waiting })) >= maxPending) return "full";
    const where = { mailbox_q_rhythm: { mailbox, q, rhythm } };
    const known = await tx.subscription.findUnique({ where });
    if (known?.state === "active" || known?.state === "paused") return null;
    if (known?.state === "pending" && known.createdAt.getTime() > now.getTime() - patienceMs) return null;
    const since = new Date(now.getTime() - dayMs);
    const mails = await tx.delivery.count({
      where: { issueId: null, createdAt: { gte: since }, subscription: { mailbox } },
    });
    if (mails >= maxConfirmMailsPerDay) return null;
    const pending = { state: "pending", askedFrom: from, createdAt: now, readerId: reader };
    const token = randomBytes(24).toString("base64url");
    const { id } = await tx.subscription.upsert({
      where,
      create: { ...pending, mailbox, address, q, rhythm, token },
      update: pending,
      select: { id: true },
    });
    await tx.delivery.create({
      data: { subscriptionId: id, state: "queued", nextAt: now, createdAt: now },
    });
    return null;
  };
  // Otherwise requests at once would not see each other, and together exceed the limits.
  const alone = { isolationLevel: "Serializable" } as const;
  return retryWhileLocked(() => database().$transaction(request, alone)).catch((error: unknown) => {
    if (isDuplicate(error)) return null; // asked for twice at once
    throw error;
  });
}

/** Deletes the requests that nobody confirmed in time. */
export async function deleteExpired(tx: Transaction, now: Date): Promise<void> {
  await tx.subscription.deleteMany({
    where: { state: "pending", createdAt: { lt: new Date(now.getTime() - pendingMs) } },
  });
}

export type Subscription = Prisma.SubscriptionGetPayload<object>;

/** The subscription with this token. Null if there is none, or if it was not confirmed in time. */
export async function findSubscription(token: string, now: Date): Promise<Subscription | null> {
  const found = await database().subscription.findUnique({ where: { token } });
  const isLate = found?.state === "pending" && found.createdAt.getTime() < now.getTime() - pendingMs;
  return isLate ? null : found;
}

/** Confirms a pending subscription. If its latest digest is already made, it is sent now. */
export async function confirmSubscription(token: string, now: Date): Promise<void> {
  await retryWhileLocked(() =>
    database().$transaction(async (tx) => {
      const { count } = await tx.subscription.updateMany({
        where: { token, state: "pending", createdAt: { gte: new Date(now.getTime() - pendingMs) } },
        data: { state: "active", confirmedAt: now, askedFrom: "", failures: 0 },
      });
      if (count === 1) await queueLatest(tx, token, now);
    }),
  );
}

async function queueLatest(tx: Transaction, token: string, now: Date): Promise<void> {
  const { id, q, rhythm, hour, readerId } = await tx.subscription.findUniqueOrThrow({ where: { token } });
  if (hour !== null) return;
  const issue = await tx.digestIssue.findFirst({
    where: { q, rhythm, slot: "", watcher: readerId ?? "" },
    orderBy: { day: "desc" },
    select: { id: true, content: true, composedAt: true },
  });
  const isCurrent =
    issue && now.getTime() - issue.composedAt.getTime() < (rhythm === "daily" ? 1 : 7) * dayMs;
  if (!isCurrent || issue.content.length === 0) return;
  const receives = { subscriptionId: id, issueId: issue.id };
  if (await tx.delivery.findUnique({ where: { subscriptionId_issueId: receives } })) return;
  await tx.delivery.create({ data: { ...receives, state: "queued", nextAt: now, createdAt: now } });
}

export type Choice = { rhythm: Rhythm; hour: number | null; zone: string };

/** Changes when digests come. False if the address already has this search in that rhythm. */
export async function changeSubscription(
  token: string,
  { rhythm, hour, zone }: Choice,
  now: Date,
): Promise<boolean> {
  const data = { rhythm, hour, zone: hour === null ? "UTC" : zone, changedAt: now };
  try {
    await retryWhileLocked(() =>
      database().subscription.updateMany({ where: { token, state: { not: "pending" } }, data }),
    );
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** Pauses or resumes a subscription. Resuming also forgives failures. */
export async function pauseSubscription(token: string, isPaused: boolean): Promise<void> {
  await retryWhileLocked(() =>
    database().subscription.updateMany({
      where: { token, state: isPaused ? "active" : { in: ["paused", "disabled"] } },
      data: isPaused ? { state: "paused" } : { state: "active", failures: 0 },
    }),
  );
}

/** Deletes a subscription and all that is stored about it. False if there was none. */
export async function deleteSubscription(token: string): Promise<boolean> {
  const { count } = await retryWhileLocked(() => database().subscription.deleteMany({ where: { token } }));
  return count > 0;
}

/** Deletes all subscriptions of an address, however it is spelled. Returns how many there were. */
export async function deleteAddress(address: string): Promise<number> {
  const where = { mailbox: mailboxOf(address) };
  return (await retryWhileLocked(() => database().subscription.deleteMany({ where }))).count;
}

/** What was sent to a subscription lately. */
export function findDeliveries(where: { subscriptionId: number } | { webhookId: number }) {
  return database().delivery.findMany({
    where,
    orderBy: { id: "desc" },
    take: 20,
    select: {
      id: true,
      state: true,
      attempts: true,
      createdAt: true,
      endedAt: true,
      answer: true,
      issue: { select: { day: true } },
    },
  });
}
