import { TZDate } from "@date-fns/tz";
import { UTCDate, utc } from "@date-fns/utc";
// Imported one by one: the index of date-fns loads everything, 35 MB and a quarter of a second at each start.
import { addDays } from "date-fns/addDays";
import { format } from "date-fns/format";
import { isValid } from "date-fns/isValid";
import { parseISO } from "date-fns/parseISO";

/** A calendar day, `YYYY-MM-DD`. It never passes through local time, because only this file converts. */
export type Day = string;

/**
 * Whether a day exists: `2024-02-29` does, `2025-02-30` does not. Limited to the years 1900 to 2999, so that
 * neighboring days exist too.
 */
export function isDay(text: string): text is Day {
  if (!/^(19|2\d)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new UTCDate(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The UTC day of an instant. */
export function toDay(instant: Date): Day {
  return instant.toISOString().slice(0, 10);
}

/** Days since 1970-01-01. */
export function toEpochDay(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** The day this many days after 1970-01-01. */
export function fromEpochDay(days: number): Day {
  return toDay(new Date(days * 86_400_000));
}

/** The ISO week of a day, with the week's own year: `2027-01-01` is in `2026-W53`. */
export function toWeek(day: Day): string {
  return format(toDate(day), "RRRR-'W'II");
}

/** Whether an ISO week exists: `2026-W53` does, `2025-W53` does not. */
export function isWeek(text: string): boolean {
  if (!/^\d{4}-W\d{2}$/.test(text)) return false;
  const monday = parseISO(`${text}-1`, { in: utc });
  return isValid(monday) && toWeek(toDay(monday)) === text;
}

/** The Monday of an existing ISO week. */
export function weekStart(week: string): Day {
  return toDay(parseISO(`${week}-1`, { in: utc }));
}

/** Whether this is a month, such as `2025-12`. */
export function isMonth(text: string): boolean {
  return isDay(`${text}-01`);
}

/** The last day of a month. */
export function monthEnd(month: string): Day {
  const inNext = moveDay(`${month}-28`, 4);
  return moveDay(`${inNext.slice(0, 7)}-01`, -1);
}

/** The day this many days later, or earlier if `days` is negative. */
export function moveDay(day: Day, days: number): Day {
  return toDay(addDays(toDate(day), days));
}

/** The day whose list Hugging Face is filling at this instant. The next day begins at 21:30 in New York. */
export function toHubDay(instant: Date): Day {
  const inNewYork = new TZDate(instant, "America/New_York");
  const day = format(inNewYork, "yyyy-MM-dd");
  return inNewYork.getHours() * 60 + inNewYork.getMinutes() >= 21 * 60 + 30 ? moveDay(day, 1) : day;
}

/** The first day with a list on Hugging Face. */
export const firstHubDay: Day = "2023-05-04";

/** The instant at which Hugging Face closes the list of a day: 21:30 in New York. */
export function closingTimeOf(day: Day): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(new TZDate(year, month - 1, date, 21, 30, "America/New_York").getTime());
}

/** `Thursday, 11 December 2025`, or another format of date-fns. */
export function formatDay(day: Day, form = "EEEE, d MMMM yyyy"): string {
  return format(toDate(day), form);
}

/** Whether a day is a Saturday or Sunday. */
export function isWeekend(day: Day): boolean {
  return [0, 6].includes(toDate(day).getUTCDay());
}

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/**
 * A range of days, as short as possible: `15–21 Aug 2026`, `30 Jul – 5 Aug 2026`. Does not use date-fns, because a page
 * has hundreds of ranges.
 */
export function formatRange(from: Day, to: Day): string {
  const dayOf = (day: Day) => String(Number(day.slice(8)));
  const inMonth = (day: Day) => `${dayOf(day)}\u00a0${months[Number(day.slice(5, 7)) - 1]}`;
  const inFull = (day: Day) => `${inMonth(day)} ${day.slice(0, 4)}`;
  if (from === to) return inFull(from);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${dayOf(from)}–${inFull(to)}`;
  return `${from.slice(0, 4) === to.slice(0, 4) ? inMonth(from) : inFull(from)} – ${inFull(to)}`;
}

/** A range of days as a headline says it: `8 to 14 December 2025`. `end`: the last day, in a format of date-fns. */
export function formatLongRange(from: Day, to: Day, end = "d MMMM yyyy"): string {
  const year = from.slice(0, 4) === to.slice(0, 4) ? "" : " yyyy";
  const month = year || from.slice(0, 7) !== to.slice(0, 7) ? " MMMM" : "";
  return `${formatDay(from, `d${month}${year}`)} to ${formatDay(to, end)}`;
}

function toDate(day: Day): UTCDate {
  return new UTCDate(`${day}T00:00:00Z`);
}

/** `11 Dec 2025, 21:40 UTC`. Pages show times rather than ages, so they are the same for every reader. */
export function formatMoment(instant: Date): string {
  return format(new UTCDate(instant), "d MMM yyyy, HH:mm 'UTC'");
}
