import { closingTimeOf, type Day, isWeekend, moveDay, toDay, toHubDay } from "../days";
import type { Database } from "../db/client";

// How long the votes of a day keep changing.
const votingDays = 14;

/** Whether a day's list was fetched completely after it closed, and its votes no longer change. */
export async function isSettled(db: Database, day: Day, now: Date): Promise<boolean> {
  if (day > moveDay(toHubDay(now), -votingDays)) return false;
  const answers = await db.import.findMany({
    where: { kind: "day", period: day, error: null, url: { not: null } },
    orderBy: { at: "desc" },
    select: { at: true, listed: true },
  });
  const last = answers[0];
  if (!last || last.at < closingTimeOf(day)) return false;
  return last.listed > 0 || isConfirmedEmpty(day, answers);
}

// Long enough for a late list to appear, or a broken server to be repaired.
const confirmAfterMs = 3 * 86_400_000;

/**
 * Whether the answers of Hugging Face show that a day has no papers. Most weekends have none. A weekday is believed
 * only after two empty answers on different days, both at least three days after it closed.
 */
export function isConfirmedEmpty(day: Day, answers: { at: Date; listed: number }[]): boolean {
  const wait = isWeekend(day) ? 0 : confirmAfterMs;
  const empty = answers.filter(
    ({ at, listed }) => listed === 0 && at.getTime() >= closingTimeOf(day).getTime() + wait,
  );
  return new Set(empty.map(({ at }) => toDay(at))).size >= (isWeekend(day) ? 1 : 2);
}

/** Notes that what was imported for a day since this time is incomplete, so that the day is fetched again. */
export async function markIncomplete(db: Database, day: Day, since: Date, why: string): Promise<void> {
  await db.import.updateMany({
    where: { kind: "day", period: day, at: { gte: since }, error: null },
    data: { error: why },
  });
}
