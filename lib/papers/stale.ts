import { closingTimeOf, type Day, isWeekend, moveDay } from "../days";
import { sharedDatabase } from "../db/client";

/** Whether newer papers are probably missing, and until when that answer holds; null if only an import changes it. */
export type Staleness = { isStale: boolean; until: Date | null };

/**
 * Whether a library whose newest papers are from this day has gone stale: a later weekday has closed on Hugging Face, and it
 * was never fetched, or only while it was empty and still open. Weekends are mostly empty, so they do not count.
 */
export async function findStaleness(newest: Day, now = new Date()): Promise<Staleness> {
  const last = await sharedDatabase().import.findFirst({
    where: { kind: "day", error: null, url: { not: null }, period: { gt: newest } },
    orderBy: [{ period: "desc" }, { id: "desc" }],
    select: { period: true, at: true },
  });
  let next = moveDay(newest, 1);
  if (last?.period) next = last.at >= closingTimeOf(last.period) ? moveDay(last.period, 1) : last.period;
  while (isWeekend(next)) next = moveDay(next, 1);
  const until = closingTimeOf(next);
  return now >= until ? { isStale: true, until: null } : { isStale: false, until };
}
