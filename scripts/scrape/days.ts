import { type Day, moveDay } from "@/lib/days";
import { FetchError } from "@/lib/net/fetch";
import type { Clock } from "@/lib/net/pace";
import { type Progress, rateOf } from "../progress";

type Steps = {
  /** True for a day that need not be asked for again. */
  isSettled(day: Day): Promise<boolean>;
  /** `why` is the error where it could not be read at all. */
  scrapeDay(day: Day): Promise<{ allRead: boolean; why: unknown }>;
  progress: Progress;
  clock: Clock;
};

// A host that failed so often in a row, or gave what is no list of the day, is left alone.
const mostFailures = 3;

/** Asks for each day of a stretch but the settled ones. True where all of them was read. */
export async function scrapeDays(since: Day, until: Day, steps: Steps): Promise<boolean> {
  const { isSettled, scrapeDay, progress, clock } = steps;
  const days: Day[] = [];
  let settled = 0;
  for (let day = since; day <= until; day = moveDay(day, 1)) {
    if (await isSettled(day)) settled++;
    else days.push(day);
  }
  if (settled > 0)
    progress.say(
      `scrape: ${settled} of ${settled + days.length} days were read after their close; not asked again`,
    );

  const begun = clock.now();
  let allRead = true;
  let failed: Day[] = [];
  for (const [index, day] of days.entries()) {
    const rate = rateOf(index, days.length, clock.now() - begun);
    progress.show(index, days.length, `${day}, ${index} of ${days.length} days${rate && `, ${rate}`}`);
    const one = await scrapeDay(day);
    allRead = one.allRead && allRead;
    failed = one.why === undefined ? [] : [...failed, day];
    if (wantsRest(one.why) || failed.length === mostFailures) {
      progress.say(`scrape: stopped at ${day}; go on later with --since ${failed[0] ?? day}`);
      return false;
    }
  }
  return allRead;
}

/** It said so: trying another day would only be rude. */
function wantsRest(why: unknown): boolean {
  return why instanceof FetchError && (why.status === 429 || why.retryAfter !== null);
}
