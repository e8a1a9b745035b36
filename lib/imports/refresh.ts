import { learnPriors } from "../catalog/learn-priors";
import { type Day, toDay } from "../days";
import type { Database } from "../db/client";
import { FetchError, type Network } from "../net/fetch";
import { printable } from "../printable";
import type { Priors } from "../tags/priors";
import { openBodies } from "./bodies";
import { recordFailure } from "./history";
import { askHub } from "./hub";
import { importSource } from "./import";
import type { ImportResult } from "./import-result";
import { listDaysToRefresh } from "./refresh-days";
import { claimRefresh, findRefresh, heartbeatMs, type RefreshState, updateRefresh } from "./refresh-state";
import { markIncomplete } from "./settled";
import { databaseValidators, recordUnchanged } from "./unchanged";

const maxFailuresInARow = 3;

type OnDay = { imported: (result: ImportResult) => void; failed: (day: Day, why: string) => void };
type Hub = { network: Network; hub: string };

/**
 * Fetches one day from Hugging Face, or else the last two weeks and any day missed in the last 60, newest first: adds new
 * papers and updates votes. Only one process refreshes at a time; returns null if another one does. Stops early if Hugging
 * Face refuses, or three days in a row fail.
 */
export async function refresh(
  db: Database,
  hub: Hub,
  onDay: OnDay,
  day: Day | null = null,
  now = new Date(),
): Promise<RefreshState | null> {
  if (!(await claimRefresh(db, now))) return null;
  // The next heartbeat may succeed. If the library stays locked, the next step reports it.
  const heartbeat = setInterval(
    () =>
      updateRefresh(db, {}).catch((error: Error) =>
        console.error(printable(`refresh: could not write its heartbeat: ${error.message}`)),
      ),
    heartbeatMs,
  );
  const totals: Totals = { new: 0, updated: 0, failed: 0, skipped: 0 };
  let failedInARow = 0;
  let reason: string | null = null;
  try {
    const days = day ? [day] : await listDaysToRefresh(db, now);
    const priors = await learnPriors(db);
    for (const [index, day] of days.entries()) {
      await updateRefresh(db, { message: `${day}, ${index + 1} of ${days.length} days` });
      try {
        const result = await refreshDay(db, hub, day, priors);
        if (result) onDay.imported(result);
        totals.new += result?.counts.new ?? 0;
        totals.updated += result?.counts.updated ?? 0;
        failedInARow = 0;
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
        await recordFailure(db, hub.hub, { kind: "day", period: day }, reason);
        onDay.failed(day, reason);
        totals.failed++;
        failedInARow++;
        if (failedInARow === maxFailuresInARow || (error instanceof FetchError && error.status === 429)) {
          totals.skipped = days.length - index - 1;
          break;
        }
      }
    }
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
    throw error;
  } finally {
    clearInterval(heartbeat);
    const message = toWords(totals, reason);
    await updateRefresh(db, { finishedAt: new Date(), message, failed: reason !== null });
  }
  return findRefresh(db);
}

type Totals = { new: number; updated: number; failed: number; skipped: number };

function toWords(totals: Totals, reason: string | null): string {
  const papers = totals.new === 1 ? "1 new paper" : `${totals.new} new papers`;
  const saved = `${papers}, ${totals.updated} updated`;
  if (reason === null) return saved;
  const failed = totals.failed === 1 ? "1 day" : `${totals.failed} days`;
  const skipped = totals.skipped === 0 ? "" : `, ${totals.skipped} skipped`;
  return `${saved}; ${failed} failed${skipped}: ${reason}`;
}

/** Null if Hugging Face says nothing has changed. */
async function refreshDay(
  db: Database,
  { network, hub }: Hub,
  day: Day,
  priors: Priors,
): Promise<ImportResult | null> {
  const requested = { kind: "day", period: day } as const;
  const answer = await askHub(network, hub, requested, databaseValidators(db));
  if ("notModified" in answer) {
    await recordUnchanged(db, day);
    return null;
  }
  const startedAt = new Date();
  const options = {
    pageDate: null,
    kind: null,
    today: toDay(startedAt),
    bodies: openBodies(db),
    requested,
    priors,
  };
  const result = await importSource(answer.source, options, db, () => {});
  if (answer.partial) await markIncomplete(db, day, startedAt, answer.problems.join("; "));
  else await answer.remember();
  return result;
}
