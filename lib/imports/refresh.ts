import { type Day, moveDay, toDay, toHubDay } from "../days";
import type { Database } from "../db/client";
import type { Format } from "../formats";
import { FetchError, type Network } from "../net/fetch";
import type { Validators } from "../net/validators";
import { hideSecrets, printable } from "../printable";
import type { BodyStore } from "./bodies";
import { noCounts, recordFailure, recordImport } from "./history";
import { askHub } from "./hub";
import { type ImportResult, importSource } from "./import";
import { isSurelyEmpty, markIncomplete } from "./settled";

/** The state of a refresh, or its result. */
export type RefreshState = {
  running: boolean;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** In words. Null before the first refresh. */
  message: string | null;
  failed: boolean;
};

// Votes change for two weeks. Older days are fetched only if they were missed.
const daysAgain = 14;
const mostDays = 60;
// A refresh without a sign of life for this long has died.
const beatMs = 10_000;
const deadMs = 60_000;
const mostFailures = 3;

export async function findRefresh(db: Database, now = new Date()): Promise<RefreshState> {
  const row = await db.refresh.findUniqueOrThrow({ where: { id: 1 } });
  const { startedAt, beatAt, finishedAt, message, failed } = row;
  const running = startedAt !== null && finishedAt === null;
  // Compares in both directions: if the clock was set back, the start is in the future, and would block refreshes until
  // then.
  if (running && Math.abs(now.getTime() - (beatAt ?? startedAt).getTime()) > deadMs)
    return { running: false, startedAt, finishedAt: beatAt, ...endedEarly };
  return { running, startedAt, finishedAt, message, failed };
}

const endedEarly = { message: "Stopped before finishing.", failed: true };

/** Marks a refresh as ended if it began since then and its process is known to have died. */
export async function endRefresh(db: Database, begunSince: Date): Promise<void> {
  await db.refresh.updateMany({
    where: { id: 1, startedAt: { gte: begunSince }, finishedAt: null },
    data: { finishedAt: new Date(), ...endedEarly },
  });
}

type OnDay = { imported: (outcome: ImportResult) => void; failed: (day: Day, why: string) => void };
type Asked = { network: Network; hub: string; bodies: BodyStore };

/**
 * Fetches the last two weeks and any day missed since the last import from Hugging Face, newest first: adds new papers
 * and updates votes. Only one process refreshes at a time; returns null if another one does. Stops early if Hugging
 * Face refuses, or three days in a row fail.
 */
export async function refresh(
  db: Database,
  { network, hub, bodies }: Asked,
  onDay: OnDay,
  now = new Date(),
): Promise<RefreshState | null> {
  if (!(await begin(db, now))) return null;
  // The next sign of life may succeed. If the library stays locked, the next step reports it.
  const beat = setInterval(
    () =>
      say(db, {}).catch((error: Error) =>
        console.error(printable(`refresh: a sign of life was not written: ${error.message}`)),
      ),
    beatMs,
  );
  const sum: Sum = { new: 0, updated: 0, failures: 0, unasked: 0 };
  let inRow = 0;
  let end: string | null = null;
  try {
    const days = await listDays(db, now);
    for (const [at, day] of days.entries()) {
      await say(db, { message: `${day}, ${at + 1} of ${days.length} days` });
      try {
        const outcome = await readDay(db, { network, hub, bodies }, day);
        if (outcome) onDay.imported(outcome);
        sum.new += outcome?.counts.new ?? 0;
        sum.updated += outcome?.counts.updated ?? 0;
        inRow = 0;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        await recordFailure(db, hub, { kind: "day", period: day }, why);
        onDay.failed(day, why);
        sum.failures++;
        inRow++;
        end = why;
        if (inRow === mostFailures || (error instanceof FetchError && error.status === 429)) {
          sum.unasked = days.length - at - 1;
          break;
        }
      }
    }
  } catch (error) {
    end = error instanceof Error ? error.message : String(error);
    throw error;
  } finally {
    clearInterval(beat);
    await say(db, { finishedAt: new Date(), message: toWords(sum, end), failed: end !== null });
  }
  return findRefresh(db);
}

type Sum = { new: number; updated: number; failures: number; unasked: number };

function toWords(sum: Sum, why: string | null): string {
  const papers = sum.new === 1 ? "1 new paper" : `${sum.new} new papers`;
  const came = `${papers}, ${sum.updated} updated`;
  if (why === null) return came;
  const failed = sum.failures === 1 ? "1 day" : `${sum.failures} days`;
  const unasked = sum.unasked === 0 ? "" : `, ${sum.unasked} skipped`;
  return `${came}; ${failed} failed${unasked}: ${why}`;
}

/** Claims the only slot. False if another process has it. */
async function begin(db: Database, now: Date): Promise<boolean> {
  const free = {
    OR: [
      { startedAt: null },
      { finishedAt: { not: null } },
      { beatAt: { lt: new Date(now.getTime() - deadMs) } },
      { beatAt: { gt: new Date(now.getTime() + deadMs) } },
    ],
  };
  const data = { startedAt: now, beatAt: now, finishedAt: null, message: null, failed: false };
  const { count } = await db.refresh.updateMany({ where: { id: 1, ...free }, data });
  return count === 1;
}

async function say(
  db: Database,
  data: { message?: string; finishedAt?: Date; failed?: boolean },
): Promise<void> {
  const message = data.message && { message: hideSecrets(data.message) };
  await db.refresh.update({ where: { id: 1 }, data: { ...data, ...message, beatAt: new Date() } });
}

/** The days to fetch, newest first, without days known to be empty. */
async function listDays(db: Database, now: Date): Promise<Day[]> {
  const today = toHubDay(now);
  const reads = await db.import.findMany({
    where: { kind: "day", error: null, url: { not: null }, period: { not: null } },
    select: { period: true, at: true, listed: true },
    orderBy: { id: "asc" },
  });
  const last = reads.reduce((latest, { period }) => (period && period > latest ? period : latest), "");
  const answers = new Map<Day, { at: Date; listed: number }[]>();
  for (const { period, at, listed } of reads)
    if (period) answers.set(period, [...(answers.get(period) ?? []), { at, listed }]);
  const isEmpty = (day: Day) => {
    const of = answers.get(day) ?? [];
    return of.every(({ listed }) => listed === 0) && isSurelyEmpty(day, of);
  };
  const days: Day[] = [];
  for (let at = 0; at < mostDays; at++) {
    const day = moveDay(today, -at);
    if (at > daysAgain && (last === "" || day < last)) break;
    if (!isEmpty(day)) days.push(day);
  }
  return days;
}

/** Null if Hugging Face says nothing has changed. */
async function readDay(
  db: Database,
  { network, hub, bodies }: Asked,
  day: Day,
): Promise<ImportResult | null> {
  const asked = { kind: "day", period: day } as const;
  const answer = await askHub(network, hub, asked, databaseValidators(db));
  if ("notModified" in answer) {
    await recordUnchanged(db, day);
    return null;
  }
  const begun = new Date();
  const about = { pageDate: null, kind: null, today: toDay(begun), bodies, asked };
  const outcome = await importSource(answer.source, about, db, () => {});
  if (answer.partial) await markIncomplete(db, day, begun, answer.problems.join("; "));
  else await answer.remember();
  return outcome;
}

/** Records that a day's list has not changed, and returns what it had. Null if there is no record of it. */
export async function recordUnchanged(db: Database, day: Day): Promise<ImportResult | null> {
  const before = await db.import.findFirst({
    where: { kind: "day", period: day, error: null, url: { not: null }, listingId: { not: null } },
    orderBy: { id: "desc" },
  });
  if (!before) return null;
  const { source, url, period, listedOn, listingId, listed } = before;
  const format = before.format as Format; // written by a successful import
  const counts = { ...noCounts, listed, unchanged: listed };
  await recordImport(db, {
    ...{ at: new Date(), source, url, format, kind: "day", period, listedOn, listingId },
    ...{ counts, rejections: [], error: null },
  });
  const head = { format, kind: "day", period, listedOn, listedOnInferred: false } as const;
  return { head, counts, broken: null, storeProblem: null };
}

/** The validators stored in the library. */
export function databaseValidators(db: Database): Validators {
  return {
    get: async (url) => {
      const row = await db.validator.findUnique({ where: { url: hideSecrets(url) } });
      return row
        ? {
            ...(row.etag ? { etag: row.etag } : {}),
            ...(row.lastModified ? { lastModified: row.lastModified } : {}),
          }
        : undefined;
    },
    set: async (asked, { etag = null, lastModified = null }) => {
      const url = hideSecrets(asked);
      const data = { etag, lastModified };
      await db.validator.upsert({ where: { url }, create: { url, ...data }, update: data });
    },
  };
}
