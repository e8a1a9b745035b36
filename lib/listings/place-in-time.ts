import path from "node:path";
import { type Day, isDay, isMonth, isWeek, monthEnd, moveDay, toWeek, weekStart } from "../days";
import type { Context, Kind } from "./listing";

/** The day according to a body's context: its address, or else `--page-date`, or else a day in the file's name. */
export function dayFromContext(context: Context): Day | null {
  return firstDayIn(context.url) ?? context.pageDate ?? firstDayIn(path.basename(context.source));
}

/** The first complete day in a text. */
export function firstDayIn(text: string | null): Day | null {
  return text?.match(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g)?.find(isDay) ?? null;
}

/**
 * What a listing of this kind lists, from a day, a week or a month. All null if that does not determine it. Only a
 * day's listing has a day of its own.
 */
export function placeInTime(
  kind: Kind,
  text: string | null,
): { period: string | null; listedOn: Day | null } {
  const day = text !== null && isDay(text) ? text : null;
  if (kind === "day") return { period: day, listedOn: day };
  if (text === null || kind === "trending" || kind === "search" || kind === "library")
    return { period: null, listedOn: null };
  if (kind === "week") return { period: day ? toWeek(day) : isWeek(text) ? text : null, listedOn: null };
  return { period: day ? day.slice(0, 7) : isMonth(text) ? text : null, listedOn: null };
}

/** The last day of a day, week or month. */
export function endOf(period: string): Day {
  if (isDay(period)) return period;
  if (isWeek(period)) return moveDay(weekStart(period), 6);
  return monthEnd(period);
}

/** What an address of a Hugging Face page or API call asks for. Null if it does not say. */
export function requestIn(url: string | null): { kind: Kind; period: string | null } | null {
  if (url === null || !URL.canParse(url)) return null;
  const { pathname, searchParams } = new URL(url);
  const [, form, value] = /\/papers\/(date|week|month|trending)\/?([\w-]*)$/.exec(pathname) ?? [];
  const asked = (name: string) => searchParams.get(name) ?? (form === name ? value : undefined);
  if (form === "trending" || searchParams.get("sort") === "trending")
    return { kind: "trending", period: null };
  if (searchParams.get("q")) return { kind: "search", period: null };
  const [day = "", week = "", month = ""] = [asked("date"), asked("week"), asked("month")];
  if (isDay(day)) return { kind: "day", period: day };
  if (isWeek(week)) return { kind: "week", period: week };
  return isMonth(month) ? { kind: "month", period: month } : null;
}
