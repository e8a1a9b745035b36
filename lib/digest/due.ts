import { closingTimeOf, type Day, moveDay, toHubDay, toWeek, weekStart } from "../days";
import type { Database } from "../db/client";
import { findDayState } from "../papers/day-state";
import { countDays } from "../papers/periods";
import { findSeries, type Series, toColumns } from "./series";
import { lastHour } from "./time-zone";

export type DueSeries = { series: Series; day: Day; at: Date };

/** The series whose digest is due and not made yet. With a day, those of daily editions, of this day. */
export async function findDueSeries(db: Database, now: Date, day: Day | null = null): Promise<DueSeries[]> {
  const dues = new Map<string, ReturnType<typeof findDue>>();
  const asked: DueSeries[] = [];
  for (const { series, since } of await findSeries(db)) {
    if (day !== null) {
      if (series.rhythm === "daily" && series.hour === null) asked.push({ series, day, at: now });
      continue;
    }
    const key = `${series.rhythm} ${series.hour} ${series.zone}`;
    const finding = dues.get(key) ?? findDue(series, now);
    dues.set(key, finding);
    const due = await finding;
    // Whoever chose an hour gets the first digest at that hour.
    if (due && (series.hour === null || since <= due.at)) asked.push({ series, ...due });
  }
  const days = [...new Set(asked.map((one) => one.day))];
  const made = await db.digestIssue.findMany({
    where: {
      day: { in: days },
      OR: [{ keys: { not: "[]" } }, { composedAt: { gt: new Date(now.getTime() - againMs) } }],
    },
    select: { q: true, rhythm: true, slot: true, watcher: true, day: true },
  });
  const known = new Set(
    made.map(({ q, rhythm, slot, watcher, day }) => JSON.stringify([q, rhythm, slot, watcher, day])),
  );
  return asked.filter(({ series, day }) => {
    const { q, rhythm, slot, watcher } = toColumns(series);
    return !known.has(JSON.stringify([q, rhythm, slot, watcher, day]));
  });
}

// What had nothing new is asked again, because an edition may be imported late.
const againMs = 3_600_000;

// A refresh may fail, and a library may be filled from files alone. After this time an edition is taken as it is.
const graceMs = 6 * 3_600_000;

/**
 * The edition whose digest is due, and since when. Without an hour, it is the last one that is over, once it is complete;
 * otherwise the one that is open at that hour. Of a week, its last day. Null if nothing is due yet.
 */
async function findDue(
  { rhythm, hour, zone }: Pick<Series, "rhythm" | "hour" | "zone">,
  now: Date,
): Promise<{ day: Day; at: Date } | null> {
  const at = hour === null ? now : lastHour(hour, zone, now);
  const today = toHubDay(at);
  if (hour !== null) return { day: rhythm === "daily" ? today : weekEndBefore(today), at };
  const day = rhythm === "daily" ? moveDay(today, -1) : weekEndBefore(today);
  const over = closingTimeOf(day);
  if (now.getTime() >= over.getTime() + graceMs) return { day, at: over };
  if (rhythm === "weekly") return null; // few papers have a Sunday, so its state says little
  const [counted] = await countDays(day, day);
  const state = await findDayState(day, counted?.papers ?? 0, now);
  return state.is === "closed" || state.is === "empty" ? { day, at: over } : null;
}

/** The last Sunday before a day. */
const weekEndBefore = (day: Day): Day => moveDay(weekStart(toWeek(day)), -1);
