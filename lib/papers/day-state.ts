import { closingTimeOf, type Day, firstHubDay, moveDay, toHubDay } from "../days";
import { type Database, sharedDatabase } from "../db/client";

/**
 * What is known about a day's list. Only a fetch from Hugging Face shows whether a list is complete; a saved file may be
 * from any hour.
 */
export type DayState =
  /** Fetched after it closed, so it is complete. */
  | { is: "closed" }
  /** Hugging Face adds papers until `closes`. */
  | { is: "open"; closes: Date }
  /** Fetched before it closed, so papers may be missing. */
  | { is: "cut"; importedAt: Date }
  /** Known from saved files only. */
  | { is: "saved" }
  /** Fetched, and Hugging Face had no papers. */
  | { is: "empty"; importedAt: Date }
  /** The last attempt failed. Earlier papers remain. */
  | { is: "failed"; at: Date; error: string }
  /** The day has begun, but was never fetched. */
  | { is: "not imported" }
  /** Before Hugging Face listed any papers. */
  | { is: "too early" }
  | { is: "to come" };

/** The state of a day at an instant. `papers` is the number in the library. */
export async function findDayState(day: Day, papers: number, now = new Date()): Promise<DayState> {
  const db = sharedDatabase();
  const last = await findLastImport(db, day, {});
  if (last?.error) return { is: "failed", at: last.at, error: last.error };
  const fromHub = await findLastImport(db, day, { error: null, url: { not: null } });
  const today = toHubDay(now);
  if (day > today) return papers > 0 ? { is: "saved" } : { is: "to come" };
  if (papers > 0) {
    if (day === today) return { is: "open", closes: closingTimeOf(day) };
    if (!fromHub) return { is: "saved" };
    return fromHub.at >= closingTimeOf(day) ? { is: "closed" } : { is: "cut", importedAt: fromHub.at };
  }
  if (!fromHub) return { is: day < firstHubDay ? "too early" : "not imported" };
  return day === today ? { is: "open", closes: closingTimeOf(day) } : { is: "empty", importedAt: fromHub.at };
}

/** When the state of a day changes by itself, because it begins or closes. Null if only an import changes it. */
export function nextStateAt(day: Day, now = new Date()): Date | null {
  const today = toHubDay(now);
  if (day < today) return null;
  return closingTimeOf(day === today ? day : moveDay(day, -1));
}

/** Whether Hugging Face may have papers of this day. */
export function canFetch(day: Day, now = new Date()): boolean {
  return day >= firstHubDay && day <= toHubDay(now);
}

function findLastImport(db: Database, day: Day, where: object) {
  return db.import.findFirst({
    where: { kind: "day", period: day, ...where },
    orderBy: { id: "desc" },
    select: { at: true, error: true },
  });
}
