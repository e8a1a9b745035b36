import type { Day } from "../days";
import type { Database } from "../db/client";
import { retryWhileLocked } from "../db/retry-while-locked";
import { readEnv } from "../env";
import { listEditionEntries } from "../papers/editions";
import { count } from "../words/count";
import { findDueSeries } from "./due";
import { makeIssue } from "./issues";
import { openMailer } from "./mailer";
import { sendQueued } from "./send-queued";
import { siteOf } from "./site";
import { deleteExpired } from "./subscriptions";

type Options = {
  /** Instead of what is due: the edition of this day. */
  day?: Day | null;
  clock?: () => Date;
  /** Aborted: what was begun is finished, and nothing more is begun. */
  signal?: AbortSignal;
  say: (line: string) => void;
};

/**
 * Makes the digests that are due, and sends everything that is queued. Any number of processes may do so at once. Returns
 * whether all was sent. Throws an Error of one line if the given day has no edition.
 */
export async function runDigests(
  db: Database,
  { day = null, clock = () => new Date(), signal, say }: Options,
): Promise<boolean> {
  const env = readEnv();
  const startedAt = performance.now();
  if (day !== null && (await listEditionEntries(db, day)).length === 0)
    throw new Error(`--day: there is no edition of ${day}`);
  const due = await findDueSeries(db, clock(), day);
  let made = 0;
  for (const one of due) if (!signal?.aborted && (await makeIssue(db, one, clock(), say))) made++;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (made > 0) say(`made ${count(made, "digest")} in ${seconds} s`);
  const mail = env.mail && { mailer: openMailer(env.mail.smtpUrl, env.mail.from), from: env.mail.from };
  try {
    const { webhooksPrivate } = env;
    const options = { mail, site: siteOf(env), webhooksPrivate, clock, signal, say };
    const { sent, later, failed } = await sendQueued(db, options);
    if (sent + later + failed > 0) say(`${sent} sent, ${later} to be tried again, ${failed} failed`);
    await deleteOld(db, clock());
    return later + failed === 0;
  } finally {
    mail?.mailer.close();
  }
}

const dayMs = 24 * 3_600_000;
const keptDays = { content: 8, rows: 60 };
const waits = { state: { in: ["queued", "sending"] } };

/** Deletes requests that expired and the log of two months ago, and empties digests that nobody can get any more. */
async function deleteOld(db: Database, now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * dayMs);
  const isDone = { deliveries: { none: waits } };
  await retryWhileLocked(() => deleteExpired(db, now));
  await retryWhileLocked(() =>
    db.digestIssue.updateMany({
      where: { ...isDone, composedAt: { lt: before(keptDays.content) }, content: { not: new Uint8Array() } },
      data: { content: new Uint8Array() },
    }),
  );
  await retryWhileLocked(() =>
    db.digestIssue.deleteMany({ where: { ...isDone, composedAt: { lt: before(keptDays.rows) } } }),
  );
  await retryWhileLocked(() =>
    db.delivery.deleteMany({ where: { NOT: waits, createdAt: { lt: before(keptDays.rows) } } }),
  );
}
