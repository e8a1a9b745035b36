import path from "node:path";
import { type Day, isDay, toWeek } from "../days";
import type { Context, Kind } from "./listing";

/** The day that the surroundings of a body tell: its address, else `--page-date`, else a day in the file's name. */
export function dayAround(context: Context): Day | null {
  return dayIn(context.url) ?? context.pageDate ?? dayIn(path.basename(context.source));
}

/** The first day that a text names in full. */
export function dayIn(text: string | null): Day | null {
  return text?.match(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g)?.find(isDay) ?? null;
}

/** What a listing of this kind lists, seen from one of its days. Only a day's listing has a day of its own. */
export function periodOf(kind: Kind, day: Day | null): { period: string | null; listedOn: Day | null } {
  if (day === null || kind === "trending" || kind === "search") return { period: null, listedOn: null };
  if (kind === "week") return { period: toWeek(day), listedOn: null };
  if (kind === "month") return { period: day.slice(0, 7), listedOn: null };
  return { period: day, listedOn: day };
}
