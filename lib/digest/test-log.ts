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

/** How a test mail went. Null if there is no such record. */
export function findTest(id: number) {
  return database().delivery.findFirst({
    where: { id, issueId: null, subscriptionId: null, webhookId: null },
    select: { state: true, answer: true },
  });
}
