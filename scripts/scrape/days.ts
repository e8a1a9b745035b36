import { type Day, moveDay } from "@/lib/days";
import { FetchError } from "@/lib/net/fetch";
import type { Clock } from "@/lib/net/pace";
import { type Progress, rateOf } from "../progress";

type Steps = {
  /** Whether a day need not be fetched again. */
  isSettled(day: Day): Promise<boolean>;
  /** `why` is the error if the day could not be fetched at all. */
  scrapeDay(day: Day): Promise<{ allImported: boolean; why: unknown }>;
  progress: Progress;
  clock: Clock;
};

// Stops after this many days in a row that fail, or whose answer is not the list of the day.
const maxFailures = 3;

/** Fetches each day of a range, except settled ones. Returns whether all of it was imported. */
export async function scrapeDays(since: Day, until: Day, steps: Steps): Promise<boolean> {
  const { isSettled, scrapeDay, progress, clock } = steps;
  const days: Day[] = [];
  let settled = 0;
  for (let day = since; day <= until; day = moveDay(day, 1)) {
    if (await isSettled(day)) settled++;
    else days.push(day);
  }
  if (settled > 0)
    progress.print(`scrape: skipped ${settled} of ${settled + days.length} days, imported after they closed`);

  const startedAt = clock.now();
  let allImported = true;
  let failed: Day[] = [];
  for (const [index, day] of days.entries()) {
    const rate = rateOf(index, days.length, clock.now() - startedAt);
    progress.show(index, days.length, `${day}, ${index} of ${days.length} days${rate && `, ${rate}`}`);
    const result = await scrapeDay(day);
    allImported = result.allImported && allImported;
    failed = result.why === undefined ? [] : [...failed, day];
    if (asksToWait(result.why) || failed.length === maxFailures) {
      progress.print(`scrape: stopped at ${day}; to continue, run with --since ${failed[0] ?? day}`);
      return false;
    }
  }
  return allImported;
}

/** Whether the host asked for a pause, so that no other day should be tried. */
function asksToWait(why: unknown): boolean {
  return why instanceof FetchError && (why.status === 429 || why.retryAfter !== null);
}
