import { type Day, fromEpochDay, toEpochDay, toWeek, weekStart } from "../days";
import { database } from "../db/client";
import { countWithin, type DayCounts, type Found, readDayCounts, type Span, toSpan } from "./day-counts";
import { findNewWords, type NewWords } from "./new-words";
import { findTagTrends, type TagTrends } from "./tag-trends";

/** A year of whole ISO weeks, from Monday to Sunday. */
export type Year = Span & {
  year: number;
  /** The number of its days with papers. */
  days: number;
  /** 52 or 53. */
  length: number;
  /** All weeks, up to the current one. */
  weeks: Found[];
};

export type Trends = {
  /** The latest feed day. By the clock, a cached page would go out of date. */
  today: Day;
  /** The latest years with papers, oldest first. */
  years: Year[];
  /** The day before the first of these years, if there are earlier papers. */
  earlier: Day | null;
  tags: TagTrends;
  words: NewWords;
};

// As many as can be compared at a glance.
const maxYears = 6;

/** The content of the topics page, or null if no paper has a day. */
export async function findTrends(): Promise<Trends | null> {
  const db = database();
  const counts = await readDayCounts(db);
  const today = counts.at(-1)?.day;
  if (today === undefined) return null;
  const { years, start } = toYears(counts, today);
  return {
    today: fromEpochDay(today),
    years,
    earlier: counts.some(({ day }) => day < start) ? fromEpochDay(start - 1) : null,
    tags: await findTagTrends(db, counts, today),
    words: await findNewWords(db, counts, today),
  };
}

const startOf = (year: number) => toEpochDay(weekStart(`${year}-W01`));

function toYears(counts: DayCounts, today: number): { years: Year[]; start: number } {
  const last = Number(toWeek(fromEpochDay(today)).slice(0, 4));
  const first = last - maxYears + 1;
  const recent = counts.filter(({ day }) => day >= startOf(first));
  const years: Year[] = [];
  for (let year = first; year <= last; year++) {
    const [start, end] = [startOf(year), startOf(year + 1)];
    const span = toSpan(recent, start, end - 1);
    if (span.papers === 0) continue;
    const weeks: Found[] = [];
    for (let monday = start; monday < end && monday <= today; monday += 7) {
      weeks.push(toWeekOf(recent, monday));
    }
    const days = recent.filter(({ day }) => day >= start && day < end).length;
    years.push({ ...span, year, days, length: (end - start) / 7, weeks });
  }
  return { years, start: startOf(first) };
}

function toWeekOf(counts: DayCounts, monday: number): Found {
  return {
    papers: countWithin(counts, monday, monday + 6),
    find: { from: fromEpochDay(monday), to: fromEpochDay(monday + 6) },
  };
}
