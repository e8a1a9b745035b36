import { closeOf, type Day, moveDay, toHubDay } from "../days";
import type { Database } from "../db/open-database";

// So long people go on voting for the papers of a day.
const movingDays = 14;

/** True where the Hub's list of a day was read whole after its close, and its votes have come to rest. */
export async function isSettled(db: Database, day: Day, now: Date): Promise<boolean> {
  if (day > moveDay(toHubDay(now), -movingDays)) return false;
  const last = await db.read.findFirst({
    where: { kind: "day", period: day, error: null, url: { not: null } },
    orderBy: { at: "desc" },
    select: { at: true },
  });
  return last !== null && last.at >= closeOf(day);
}

/** Notes that what was read of a day since a moment is not the whole of it, so that it is asked for again. */
export async function noteMissing(db: Database, day: Day, since: Date, why: string): Promise<void> {
  await db.read.updateMany({
    where: { kind: "day", period: day, at: { gte: since }, error: null },
    data: { error: why },
  });
}
