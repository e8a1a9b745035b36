import type { Database } from "../db/client";
import { databaseProblem, lineOf } from "../db/problem";
import { retryWhileLocked } from "../db/retry-while-locked";
import { count } from "../words/count";
import { describeFailure } from "./mail-failure";
import type { Mailer } from "./mailer";
import {
  beginSending,
  type Ended,
  finishSending,
  free,
  nextTry,
  pauseMs,
  postponeMails,
  type Taken,
  takeQueued,
} from "./queue";
import { openMailWriter } from "./send-mail";
import { openWebhookSender } from "./send-webhook";

type Options = {
  /** How to send mail. Null: only webhooks are sent. */
  mail: { mailer: Mailer; from: string } | null;
  /** The site that links lead to. */
  site: string;
  webhooksPrivate: boolean;
  clock?: () => Date;
  /** Aborted: nothing more is begun. */
  signal?: AbortSignal | undefined;
  /** Receives a line about everything that is worth knowing. */
  say: (line: string) => void;
};

const atOnce = 50;
const postsAtOnce = 3;
/** How many messages in a row may fail for good before nothing more is sent to an address. */
const maxFailures = 3;

type Outcome = Ended & {
  /** Whether it counts as a failure of the receiver. */
  counts?: boolean;
  /** Whether the mail server is to blame, so that no other mail is tried now. */
  stops?: boolean;
  /** Whether the receiver wants nothing more. */
  isGone?: boolean;
};

/**
 * Sends what is queued and due, until nothing is. Any number of processes may do so at once. Stops early if the mail
 * server does not take mails.
 */
export async function sendQueued(
  db: Database,
  { mail, site, webhooksPrivate, clock = () => new Date(), signal, say }: Options,
): Promise<{ sent: number; later: number; failed: number }> {
  const counts = { sent: 0, later: 0, failed: 0 };
  const write = mail && openMailWriter(db, { site, from: mail.from });
  const postWebhook = openWebhookSender(db, { site, webhooksPrivate });
  let takesMail = mail !== null;

  async function attempt(taken: Taken): Promise<Outcome> {
    const { subscription, webhook } = taken;
    const isWanted = subscription
      ? subscription.state === (taken.issueId === null ? "pending" : "active")
      : webhook?.disabledAt === null;
    if (!isWanted) return { state: "failed", answer: "no longer wanted" };
    if (webhook) return retried(await postWebhook(taken, webhook, clock()), taken);
    if (!subscription || !mail || !write) throw new Error(`delivery ${taken.id}: expected a receiver`);
    const letter = await write(taken, subscription);
    try {
      return { state: "sent", answer: await mail.mailer.send(letter) };
    } catch (error) {
      const { why, of, isFinal } = describeFailure(error);
      const outcome = { answer: why, counts: of === "receiver", stops: of === "server" };
      return isFinal ? { state: "failed", ...outcome } : retried({ state: "later", ...outcome }, taken);
    }
  }

  /** A message that cannot even be written fails, and does not hold up the others. */
  function toFailed(error: unknown): Outcome {
    if (databaseProblem(error) !== null) throw error;
    return { state: "failed", answer: `it could not be written: ${lineOf(error)}` };
  }

  /** An outcome that asks for another attempt, if there is one left. */
  function retried<T extends { state: "sent" | "failed" | "later"; answer: string }>(
    outcome: T,
    { attempts }: Taken,
  ): Outcome {
    const { state, ...rest } = outcome;
    if (state !== "later") return { ...rest, state };
    const nextAt = nextTry(attempts + 1, clock());
    return nextAt
      ? { ...rest, counts: false, state: "queued", nextAt }
      : { ...rest, state: "failed", answer: `given up after ${attempts + 1} attempts: ${rest.answer}` };
  }

  async function deliver(taken: Taken): Promise<void> {
    const { subscription, webhook, state } = taken;
    const to = webhook ? `webhook ${webhook.id} (${webhook.name})` : (subscription?.address ?? "");
    const mayHaveArrived = state === "sending";
    if (!(await beginSending(db, taken, clock()))) return; // another process took it
    if (mayHaveArrived)
      say(
        `${to}: the answer to an earlier attempt was lost, so this may arrive twice, with the same Message-ID`,
      );
    const outcome = await attempt(taken).catch(toFailed);
    const { counts: isCounted = false, stops = false, isGone = false, ...ended } = outcome;
    await finishSending(db, taken, ended, clock());
    if (ended.state === "sent") {
      counts.sent++;
      if (taken.issueId !== null) await setFailures(taken, 0);
      return;
    }
    if (ended.state === "failed") counts.failed++;
    else counts.later++;
    const next = ended.state === "queued" ? `, next attempt at ${ended.nextAt.toISOString()}` : "";
    say(`${to}: ${ended.state === "queued" ? "not sent yet" : "not sent"}: ${ended.answer}${next}`);
    if (stops) takesMail = false;
    if (isGone || (ended.state === "failed" && (isCounted || webhook)))
      await countFailure(taken, isGone ? maxFailures : 1, to);
  }

  async function setFailures({ subscription, webhook }: Taken, failures: number): Promise<void> {
    const where = { failures: { not: failures } };
    if (subscription && subscription.failures !== failures)
      await retryWhileLocked(() =>
        db.subscription.updateMany({ where: { ...where, id: subscription.id }, data: { failures } }),
      );
    if (webhook && webhook.failures !== failures)
      await retryWhileLocked(() =>
        db.webhook.updateMany({ where: { ...where, id: webhook.id }, data: { failures } }),
      );
  }

  async function countFailure({ subscription, webhook }: Taken, by: number, to: string): Promise<void> {
    const failures = (subscription ?? webhook)?.failures ?? 0;
    const isTooMany = failures + by >= maxFailures;
    const data = { failures: { increment: by } };
    if (subscription) {
      const state = isTooMany && subscription.state === "active" ? { state: "disabled" } : {};
      await retryWhileLocked(() =>
        db.subscription.updateMany({ where: { id: subscription.id }, data: { ...data, ...state } }),
      );
    }
    if (webhook) {
      const disabled = isTooMany ? { disabledAt: clock() } : {};
      await retryWhileLocked(() =>
        db.webhook.updateMany({ where: { id: webhook.id }, data: { ...data, ...disabled } }),
      );
    }
    if (isTooMany) say(`${to}: disabled, because it refused ${count(maxFailures, "message")} in a row`);
  }

  while (!signal?.aborted) {
    const taken = await takeQueued(db, clock(), takesMail, atOnce);
    if (taken.length === 0) break;
    const waiting = [...taken];
    const untouched: Taken[] = [];
    const next = async () => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        if (!signal?.aborted && (takesMail || one.webhook)) await deliver(one);
        else untouched.push(one);
      }
    };
    await Promise.all(Array.from({ length: mail?.mailer.connections ?? postsAtOnce }, next));
    if (untouched.length > 0) await free(db, untouched);
  }
  if (mail && !takesMail) await postponeMails(db, clock(), new Date(clock().getTime() + pauseMs));
  return counts;
}
