import { setImmediate as nextTurn } from "node:timers/promises";
import { type Day, fromEpochDay, toEpochDay, toWeek, weekStart } from "../days";
import { type Database, sharedDatabase } from "../db/client";
import { countListed, findLatestListedDay } from "../papers/listed";
import { countDays } from "../papers/periods";
import { countWithin, type DayCounts, type Found, readDayCounts, readUnlisted } from "./day-counts";
import { findNewWords, type NewWords } from "./new-words";
import { findTagTrends, type TagTrends } from "./tag-trends";

/** A week of editions: the papers listed in it, each once, and those published in it but never listed. */
export type Week = Found & { from: Day; to: Day; unlisted: number };

/** A year of whole ISO weeks, from Monday to Sunday. */
export type Year = {
  year: number;
  from: Day;
  to: Day;
  /** The number of papers listed in it, each counted once. */
  papers: number;
  /** The number of papers published in it, but never listed on a day. */
  unlisted: number;
  /** The number of days with listed papers. */
  days: number;
  /** The number of papers listed on each day, added up. */
  listings: number;
  /** 52 or 53. */
  length: number;
  /** All weeks, up to the current one. */
  weeks: Week[];
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
  /** How many of the papers in `tags`, and in `words` since its first day, were never listed on a day. */
  unlisted: { tags: number; words: number };
};

// As many as can be compared at a glance.
const maxYears = 6;

/** The content of the topics page, or null if no paper has a day. */
export async function findTrends(): Promise<Trends | null> {
  const db = sharedDatabase();
  const counts = await readDayCounts(db);
  const today = counts.at(-1)?.day;
  if (today === undefined) return null;
  const lastListed = await findLatestListedDay(db);
  // A paper may be listed again after the first day of every other.
  const lastDay = Math.max(today, lastListed === null ? today : toEpochDay(lastListed));
  const lastYear = Number(toWeek(fromEpochDay(lastDay)).slice(0, 4));
  const start = startOf(lastYear - maxYears + 1);
  const unlisted = await readUnlisted(db, counts, start);
  const tags = await findTagTrends(db, counts, today);
  const words = await findNewWords(db, counts, today);
  const countSince = (day: Day) => countWithin(unlisted, toEpochDay(day), today);
  return {
    today: fromEpochDay(today),
    years: await findYears(db, lastYear, lastDay, unlisted),
    earlier: counts.some(({ day }) => day < start) ? fromEpochDay(start - 1) : null,
    tags,
    words,
    unlisted: { tags: countSince(tags.before.from), words: countSince((words.since ?? words.week).from) },
  };
}

const startOf = (year: number) => toEpochDay(weekStart(`${year}-W01`));

/** The latest years with papers. They are counted like the pages of weeks: by the day that listed a paper. */
async function findYears(
  db: Database,
  lastYear: number,
  lastDay: number,
  unlisted: DayCounts,
): Promise<Year[]> {
  const years: Year[] = [];
  for (let year = lastYear - maxYears + 1; year <= lastYear; year++) {
    const [start, end] = [startOf(year), startOf(year + 1)];
    const [from, to] = [fromEpochDay(start), fromEpochDay(end - 1)];
    await nextTurn();
    const ofDays = await countDays(from, to);
    const listed = ofDays.filter((day) => day.papers > 0);
    const own = countWithin(unlisted, start, end - 1);
    if (listed.length === 0 && own === 0) continue;
    await nextTurn();
    const [papers = 0] = listed.length === 0 ? [] : await countListed(db, [{ from, to }]);
    years.push({
      ...{ year, from, to, papers, unlisted: own, length: (end - start) / 7 },
      days: listed.length,
      listings: listed.reduce((sum, day) => sum + day.papers, 0),
      weeks: await findWeeks(db, start, Math.min(end - 1, lastDay), unlisted),
    });
  }
  return years;
}

async function findWeeks(db: Database, start: number, last: number, unlisted: DayCounts): Promise<Week[]> {
  const mondays: number[] = [];
  for (let monday = start; monday <= last; monday += 7) mondays.push(monday);
  const weeks = mondays.map((monday) => ({ from: fromEpochDay(monday), to: fromEpochDay(monday + 6) }));
  await nextTurn();
  const listed = await countListed(db, weeks);
  return weeks.map(({ from, to }, index) => ({
    from,
    to,
    papers: listed[index] ?? 0,
    unlisted: countWithin(unlisted, toEpochDay(from), toEpochDay(to)),
    find: { week: toWeek(from) },
  }));
}
