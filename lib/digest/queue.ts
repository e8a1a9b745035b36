import { randomUUID } from "node:crypto";
import type { Database, Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { retryWhileLocked } from "../db/retry-while-locked";
import { rows } from "../db/rows";
import type { Series } from "./series";

/**
 * Queues a digest for all who get it: those who chose an hour, only if they had confirmed it by then; those who changed when digests
 * come, only if that was before the edition was over, because they may have had its papers already.
 */
export async function queueIssue(
  tx: Transaction,
  issue: number,
  series: Series,
  at: Date,
  now: Date,
): Promise<void> {
  const { q, rhythm, hour, zone, watcher } = series;
  const given = rows(tx, [{ issue, at, now }], { issue: "int", at: "time", now: "time" });
  const slot =
    hour === null
      ? Prisma.sql`s.hour IS NULL`
      : Prisma.sql`s.hour = ${hour} AND s.zone = ${zone} AND s."confirmedAt" <= given.at`;
  const reader = watcher === null ? Prisma.sql`s."readerId" IS NULL` : Prisma.sql`s."readerId" = ${watcher}`;
  await tx.$executeRaw`
    INSERT INTO "Delivery" ("issueId", "subscriptionId", state, "nextAt", "createdAt")
    SELECT given.issue, s.id, 'queued', given.now, given.now FROM "Subscription" s, ${given} AS given
    WHERE s.state = 'active' AND s.q = ${q} AND s.rhythm = ${rhythm} AND ${slot} AND ${reader}
      AND (s."changedAt" IS NULL OR s."changedAt" <= given.at)`;
  if (rhythm !== "daily" || hour !== null || watcher !== null) return;
  await tx.$executeRaw`
    INSERT INTO "Delivery" ("issueId", "webhookId", state, "nextAt", "createdAt")
    SELECT given.issue, w.id, 'queued', given.now, given.now FROM "Webhook" w, ${given} AS given
    WHERE w."disabledAt" IS NULL AND w.q = ${q}`;
}

/** Something to send, with its receiver. */
export type Taken = Prisma.DeliveryGetPayload<{ include: typeof parts }>;
const parts = { subscription: true, webhook: true } as const;

// Longer than any server may take for one mail.
const leaseMs = 300_000;

const isFree = (now: Date, mail: boolean) =>
  ({
    state: { in: ["queued", "sending"] },
    nextAt: { lte: now },
    OR: [{ leasedUntil: null }, { leasedUntil: { lt: now } }],
    ...(mail ? {} : { subscriptionId: null }),
  }) satisfies Prisma.DeliveryWhereInput;

/** Whether anything can be sent now. `mail`: whether mails can, or webhooks only. */
export async function hasQueued(db: Database, now: Date, mail: boolean): Promise<boolean> {
  return (await db.delivery.findFirst({ where: isFree(now, mail), select: { id: true } })) !== null;
}

/**
 * Takes up to `most` deliveries that are due, the longest waiting first. Others leave them alone for five minutes, or
 * until they are finished or freed. One that another process took and neither finished nor freed is in state `sending`
 * if that process may have sent it. Empty only if nothing is due.
 */
export async function takeQueued(db: Database, now: Date, mail: boolean, most: number): Promise<Taken[]> {
  for (;;) {
    const free = isFree(now, mail);
    const found = await db.delivery.findMany({
      where: free,
      orderBy: [{ nextAt: "asc" }, { id: "asc" }],
      take: most,
      select: { id: true },
    });
    if (found.length === 0) return [];
    const lease = randomUUID();
    const leasedUntil = new Date(now.getTime() + leaseMs);
    const where = { ...free, id: { in: found.map(({ id }) => id) } };
    const { count } = await retryWhileLocked(() =>
      db.delivery.updateMany({ where, data: { lease, leasedUntil } }),
    );
    // Otherwise another process took them all.
    if (count > 0) return db.delivery.findMany({ where: { lease }, include: parts, orderBy: { id: "asc" } });
  }
}

/** Notes that a taken delivery may have been sent from now on. False if it is no longer taken. */
export async function beginSending(db: Database, { id, lease }: Taken, now: Date): Promise<boolean> {
  const leasedUntil = new Date(now.getTime() + leaseMs);
  const data = { state: "sending", attempts: { increment: 1 }, leasedUntil };
  const { count } = await retryWhileLocked(() => db.delivery.updateMany({ where: { id, lease }, data }));
  return count === 1;
}

/** Gives back what was taken and not begun. */
export async function free(db: Database, taken: Taken[]): Promise<void> {
  const where = { OR: taken.map(({ id, lease, state }) => ({ id, lease, state })) };
  await retryWhileLocked(() => db.delivery.updateMany({ where, data: { lease: null, leasedUntil: null } }));
}

/** Lets all mails wait that are due, because their server takes none. It does not count as an attempt. */
export async function postponeMails(db: Database, now: Date, nextAt: Date): Promise<void> {
  const where = { state: "queued", nextAt: { lte: now }, subscriptionId: { not: null } };
  await retryWhileLocked(() => db.delivery.updateMany({ where, data: { nextAt } }));
}

/** What became of an attempt. `nextAt`: when the next one is due. */
export type Ended =
  | { state: "sent" | "failed"; answer: string }
  | { state: "queued"; answer: string; nextAt: Date };

/** Notes how an attempt ended. */
export async function finishSending(
  db: Database,
  { id, lease }: Taken,
  ended: Ended,
  now: Date,
): Promise<void> {
  const endedAt = ended.state === "queued" ? null : now;
  const answer = ended.answer.slice(0, maxAnswer);
  const data = { ...ended, answer, endedAt, lease: null, leasedUntil: null };
  await retryWhileLocked(() => db.delivery.updateMany({ where: { id, lease }, data }));
}

const maxAnswer = 500;

const minutes = [1, 5, 30, 120, 720];

/** How long all mails wait when their server takes none. */
export const pauseMs = 60_000;

/** When to try again after this many attempts. Null: no more. */
export function nextTry(attempts: number, now: Date): Date | null {
  const wait = minutes[attempts - 1];
  return wait === undefined ? null : new Date(now.getTime() + wait * 60_000);
}
