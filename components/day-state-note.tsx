import { type Day, formatDay, formatMoment, isWeekend } from "@/lib/days";
import type { DayState } from "@/lib/papers/day-state";

/** What is to be said of a day's list that has papers; a list that is closed and whole needs no word. */
export function DayStateNote({ day, state }: { day: Day; state: DayState }) {
  const said = toWords(day, state);
  if (!said) return null;
  return (
    <div className="mt-4 flex flex-wrap items-baseline gap-x-4 text-soft print:hidden">
      <p className="text-pretty wrap-anywhere">{said}</p>
      {state.is === "open" && (
        <form method="post" action="/refresh">
          <button
            type="submit"
            className="py-1 underline decoration-edge underline-offset-3 hover:text-accent"
          >
            Refresh now
          </button>
        </form>
      )}
    </div>
  );
}

function toWords(day: Day, state: DayState): string | null {
  if (state.is === "open") return `Still open: the Hub adds to this day until ${formatMoment(state.closes)}.`;
  if (state.is === "failed")
    return `Reading it again failed on ${formatMoment(state.at)}: ${state.error}. This is what was read before.`;
  if (state.is === "cut") {
    return `Read on ${formatMoment(state.readAt)}, before the list closed, so it may have more by now: npm run scrape -- --date ${day} asks again.`;
  }
  return null;
}

/** Why a day has no papers. */
export function whyEmpty(day: Day, state: DayState): string {
  const weekday = formatDay(day, "EEEE");
  switch (state.is) {
    case "failed":
      return `Reading this day failed on ${formatMoment(state.at)}: ${state.error}.`;
    case "to come":
      return "This day is still to come: the Hub begins its list at half past nine in the evening before, New York time.";
    case "open":
      return `The Hub has listed nothing on this day yet; its list is open until ${formatMoment(state.closes)}.`;
    case "empty":
      return isWeekend(day)
        ? `The Hub lists nothing on this day: it is a ${weekday}, and most weekends have no list.`
        : `The Hub listed nothing on this day when it was asked, on ${formatMoment(state.readAt)}: it is likely a holiday.`;
    default:
      return isWeekend(day)
        ? `No listing of this day has been read. It is a ${weekday}, and most weekends have none.`
        : "No listing of this day has been read. It may be a holiday, or a day that nobody asked for.";
  }
}
