import { closeOf, type Day, toHubDay } from "../days";
import { type Database, database } from "../db/open-database";

/**
 * How far a day's list is known. Only what was asked of the Hub itself tells whether a list was whole: a saved one may be of
 * any hour.
 */
export type DayState =
  /** Read after it closed: it has no more. */
  | { is: "closed" }
  /** The Hub adds to it until `closes`. */
  | { is: "open"; closes: Date }
  /** Read, but before it closed. */
  | { is: "cut"; readAt: Date }
  /** Known from what was saved, not from the Hub. */
  | { is: "saved" }
  /** Asked for, and the Hub had no papers. */
  | { is: "empty"; readAt: Date }
  /** The last try to read it; what an earlier one had stands. */
  | { is: "failed"; at: Date; error: string }
  /** Nobody asked for it, and it has begun. */
  | { is: "not read" }
  | { is: "to come" };

/** The state of a day at an instant, of which `papers` are here. */
export async function findDayState(day: Day, papers: number, now = new Date()): Promise<DayState> {
  const db = database();
  const last = await findRead(db, day, {});
  if (last?.error) return { is: "failed", at: last.at, error: last.error };
  const fromHub = await findRead(db, day, { error: null, url: { not: null } });
  const today = toHubDay(now);
  if (day > today) return papers > 0 ? { is: "saved" } : { is: "to come" };
  if (papers > 0) {
    if (day === today) return { is: "open", closes: closeOf(day) };
    if (!fromHub) return { is: "saved" };
    return fromHub.at >= closeOf(day) ? { is: "closed" } : { is: "cut", readAt: fromHub.at };
  }
  if (!fromHub) return { is: "not read" };
  return day === today ? { is: "open", closes: closeOf(day) } : { is: "empty", readAt: fromHub.at };
}

function findRead(db: Database, day: Day, where: object) {
  return db.read.findFirst({
    where: { kind: "day", period: day, ...where },
    orderBy: { id: "desc" },
    select: { at: true, error: true },
  });
}
