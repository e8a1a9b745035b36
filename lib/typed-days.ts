import { utc } from "@date-fns/utc";
import { isValid } from "date-fns/isValid";
import { parse } from "date-fns/parse";
import { subMonths } from "date-fns/subMonths";
import { type Day, formatDay, isDay, isMonth, isWeek, moveDay, toDay, toWeek } from "./days";

/** A day, week or month that a text may mean: its name and its page. */
export type TypedDay = { name: string; path: string };

const dayForms = ["d MMMM", "d MMM", "MMMM d", "MMM d"];
/** Other words for a day, a week or a month, by how far back it is. */
const daysAgo = ["today", "yesterday", "day before yesterday"];
const weeksAgo = ["this week", "last week"];
const monthsAgo = ["this month", "last month"];
const monthForms = ["MMMM", "MMM"];
const weekdayForms = ["EEEE", "EEE"];

/**
 * The day, week or month that a text names in words or digits: `today`, `3 days ago`, `monday`, `12 may`, `may 12 2026`,
 * `12.5.`, `week 22`, `last week`, `may 2026`. Without a year, the latest one up to `today`. Empty if it names none, or
 * one that does not exist.
 */
export function findTypedDays(text: string, today: Day): TypedDay[] {
  const typed = text.trim().toLowerCase().replaceAll(",", " ").replace(/\s+/g, " ");
  const day = toTypedDay(typed, today);
  if (day) return [{ name: formatDay(day), path: `/papers/date/${day}` }];
  const week = toTypedWeek(typed, today);
  if (week) {
    const name = `Week ${Number(week.slice(-2))}, ${week.slice(0, 4)}`;
    return [{ name, path: `/papers/week/${week}` }];
  }
  const month = toTypedMonth(typed, today);
  return month ? [{ name: formatDay(`${month}-01`, "MMMM yyyy"), path: `/papers/month/${month}` }] : [];
}

function toTypedDay(typed: string, today: Day): Day | null {
  if (/^\d{4}-/.test(typed)) return isDay(typed) ? typed : null;
  const ago = countBack(typed.replace(/^the /, ""), daysAgo, "day");
  if (ago !== null) return moveDay(today, -ago);
  const dotted = /^(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}))?$/.exec(typed)?.slice(1).filter(Boolean);
  if (dotted?.length === 2) return parseUpTo(dotted.join(" "), ["d M"], today);
  if (dotted) return parseAs(dotted.join(" "), ["d M yyyy"], today);
  const weekday = parseAs(typed.replace(/^last /, ""), weekdayForms, today);
  if (weekday) {
    // date-fns takes the one in the current week.
    const isPast = typed.startsWith("last ") ? weekday < today : weekday <= today;
    return isPast ? weekday : moveDay(weekday, -7);
  }
  const year = yearOf(typed);
  if (year !== null) return parseAs(typed, dayForms.map(withYear), today);
  return parseUpTo(typed, dayForms, today);
}

function toTypedWeek(typed: string, today: Day): string | null {
  const ago = countBack(typed, weeksAgo, "week");
  if (ago !== null) return toWeek(moveDay(today, -7 * ago));
  const [, numbered, yearAfter, yearBefore, isoNumbered] =
    /^(?:week|w) ?(\d{1,2})(?: (\d{4}))?$|^(\d{4})-?w(\d{2})$/.exec(typed) ?? [];
  const number = (numbered ?? isoNumbered)?.padStart(2, "0");
  if (!number) return null;
  const current = toWeek(today);
  const year = yearAfter ?? yearBefore;
  const years = year ? [year] : [current.slice(0, 4), String(Number(current.slice(0, 4)) - 1)];
  const weeks = years.map((one) => `${one}-W${number}`).filter(isWeek);
  return weeks.find((week) => year !== undefined || week <= current) ?? null;
}

function toTypedMonth(typed: string, today: Day): string | null {
  if (/^\d{4}-/.test(typed)) return isMonth(typed) ? typed : null;
  const ago = countBack(typed, monthsAgo, "month");
  if (ago !== null) return toDay(subMonths(new Date(`${today}T00:00:00Z`), ago, { in: utc })).slice(0, 7);
  const day =
    yearOf(typed) === null
      ? parseUpTo(typed, monthForms, today)
      : parseAs(typed, monthForms.map(withYear), today);
  return day?.slice(0, 7) ?? null;
}

/** How many days, weeks or months back a text goes: its place among `words`, or the number in `3 days ago`. Null if neither. */
function countBack(typed: string, words: string[], unit: string): number | null {
  const [, count] = new RegExp(`^(\\d{1,4}) ${unit}s? ago$`).exec(typed) ?? [];
  if (count) return Number(count);
  return words.includes(typed) ? words.indexOf(typed) : null;
}

const yearOf = (typed: string) => /(?<=\s)\d{4}$/.exec(typed)?.[0] ?? null;
const withYear = (form: string) => `${form} yyyy`;

/** The text in the first of these forms that fits. What it leaves out is as on `reference`. Null if none fits. */
function parseAs(typed: string, forms: string[], reference: Day): Day | null {
  // date-fns also takes single letters for months and weekdays.
  if (/(?<![a-z])[a-z]{1,2}(?![a-z])/.test(typed)) return null;
  for (const form of forms) {
    const date = parse(typed, form, new Date(`${reference}T00:00:00Z`), { in: utc });
    if (isValid(date)) return isDay(toDay(date)) ? toDay(date) : null;
  }
  return null;
}

/** The same without a year: in the latest year in which it exists and is not after `today`. */
function parseUpTo(typed: string, forms: string[], today: Day): Day | null {
  const thisYear = Number(today.slice(0, 4));
  // 29 February exists at least every eighth year.
  for (let year = thisYear; year >= thisYear - 8; year--) {
    const day = parseAs(`${typed} ${year}`, forms.map(withYear), today);
    if (day && day <= today) return day;
  }
  return null;
}
