import { closeOf, type Day, isWeekend, moveDay, toDay, toHubDay } from "../days";
import type { Database } from "../db/open-database";

// So long people go on voting for the papers of a day.
const movingDays = 14;

/** True where the Hub's list of a day was read whole after its close, and its votes have come to rest. */
export async function isSettled(db: Database, day: Day, now: Date): Promise<boolean> {
  if (day > moveDay(toHubDay(now), -movingDays)) return false;
  const answers = await db.read.findMany({
    where: { kind: "day", period: day, error: null, url: { not: null } },
    orderBy: { at: "desc" },
    select: { at: true, listed: true },
  });
  const last = answers[0];
  if (!last || last.at < closeOf(day)) return false;
  return last.listed > 0 || isSurelyEmpty(day, answers);
}

// A list that is late, or a Hub that is mended, has come by then.
const lateMs = 3 * 86_400_000;

/**
 * True where what the Hub answered tells that a day has no papers. A weekend mostly has none; of a weekday it is only
 * believed when two answers said so, on different days, both of them three days after its close or later.
 */
export function isSurelyEmpty(day: Day, answers: { at: Date; listed: number }[]): boolean {
  const wait = isWeekend(day) ? 0 : lateMs;
  const empty = answers.filter(
    ({ at, listed }) => listed === 0 && at.getTime() >= closeOf(day).getTime() + wait,
  );
  return new Set(empty.map(({ at }) => toDay(at))).size >= (isWeekend(day) ? 1 : 2);
}

/** Notes that what was read of a day since a moment is not the whole of it, so that it is asked for again. */
export async function noteMissing(db: Database, day: Day, since: Date, why: string): Promise<void> {
  await db.read.updateMany({
    where: { kind: "day", period: day, at: { gte: since }, error: null },
    data: { error: why },
  });
}
