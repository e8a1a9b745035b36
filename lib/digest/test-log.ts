import { database } from "../db/client";
import { retryWhileLocked } from "../db/retry-while-locked";

/** Records how a test went. Returns the number of the record. */
export async function logTest(
  of: { webhookId?: number },
  sent: boolean,
  answer: string,
  now: Date,
): Promise<number> {
  const state = sent ? "sent" : "failed";
  const times = { nextAt: now, createdAt: now, endedAt: now };
  const data = { ...of, ...times, state, attempts: 1, answer: answer.slice(0, 500) };
  return (await retryWhileLocked(() => database().delivery.create({ data, select: { id: true } }))).id;
}

const maxTestsPerHour = 5;

/** Whether another test mail may be sent: anybody in this machine's networks can, to any address. */
export async function mayTest(now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - 3_600_000);
  const none = { issueId: null, subscriptionId: null, webhookId: null };
  return (
    (await database().delivery.count({ where: { ...none, createdAt: { gte: since } } })) < maxTestsPerHour
  );
}

/** How a test mail went. Null if there is no such record. */
export function findTest(id: number) {
  return database().delivery.findFirst({
    where: { id, issueId: null, subscriptionId: null, webhookId: null },
    select: { state: true, answer: true },
  });
}
