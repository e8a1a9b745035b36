import { type Day, firstHubDay, formatDay, formatMoment, isWeekend } from "@/lib/days";
import { canFetch, type DayState } from "@/lib/papers/day-state";
import { RefreshButton } from "./refresh-button";

/** A note on a day whose list may be incomplete. Nothing if the list is closed and complete. */
export function DayStateNote({ day, state }: { day: Day; state: DayState }) {
  const note = toWords(state);
  if (!note) return null;
  return (
    <div className="mt-4 flex flex-wrap items-baseline gap-x-4 text-soft print:hidden">
      <p className="text-pretty wrap-anywhere">{note}</p>
      {state.is === "open" && <RefreshButton name="Refresh now" inText />}
      {(state.is === "failed" || state.is === "cut") && canFetch(day) && (
        <RefreshButton name="Fetch this day" day={day} inText />
      )}
    </div>
  );
}

function toWords(state: DayState): string | null {
  if (state.is === "open") return `Still open: Hugging Face adds papers until ${formatMoment(state.closes)}.`;
  if (state.is === "failed")
    return `Could not refresh this day on ${formatMoment(state.at)}: ${state.error}. Showing the papers imported before.`;
  if (state.is === "cut") {
    return `Imported on ${formatMoment(state.importedAt)}, before the day closed, so papers may be missing.`;
  }
  return null;
}

/** Whether fetching a day without papers may find some. */
export function isWorthFetching(day: Day, state: DayState): boolean {
  return ["failed", "not imported", "open"].includes(state.is) && canFetch(day);
}

/** Why a day has no papers. */
export function emptyReason(day: Day, state: DayState): string {
  const weekday = formatDay(day, "EEEE");
  switch (state.is) {
    case "failed":
      return `Could not fetch this day on ${formatMoment(state.at)}: ${state.error}.`;
    case "to come":
      return "This day hasn’t started yet. Hugging Face opens its list at 9:30 pm New York time the evening before.";
    case "too early":
      return `Hugging Face began its daily papers on ${formatDay(firstHubDay, "d MMMM yyyy")}.`;
    case "open":
      return `No papers yet. Hugging Face adds to this day until ${formatMoment(state.closes)}.`;
    case "empty":
      return isWeekend(day)
        ? `Hugging Face listed no papers. This is a ${weekday}, and most weekends are empty.`
        : `Hugging Face listed no papers as of ${formatMoment(state.importedAt)}. It was probably a holiday.`;
    default:
      return isWeekend(day)
        ? `Nothing was imported for this day. It is a ${weekday}, and most weekends are empty.`
        : "Nothing was imported for this day. It may be a holiday, or it was never fetched.";
  }
}
