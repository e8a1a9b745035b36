import { formatDay, moveDay, toWeek, weekStart } from "@/lib/days";
import type { Period } from "@/lib/papers/periods";
import { formatPapers } from "@/lib/words/paper-counts";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

type Props = {
  days: Period["days"];
  /** The day of the page, in the small calendar of an edition, which has bars but no numbers. */
  current?: string;
};

/** The days of a week or month, each with a bar and the number of its papers. */
export function Calendar({ days, current }: Props) {
  const max = Math.max(...days.map(({ papers }) => papers), 1);
  const byDay = new Map(days.map((day) => [day.day, day.papers]));
  const weeks = [...new Set(days.map(({ day }) => toWeek(day)))];
  const hasWeeks = weeks.length > 1 && current === undefined;
  return (
    <table className="mt-2 w-full table-fixed border-collapse tabular-nums print:hidden">
      <caption className="sr-only">Papers per day</caption>
      <thead>
        <tr className="text-faint text-xs">
          {hasWeeks && (
            <th scope="col" className="w-10 font-normal @max-[14rem]/page:hidden">
              <span className="sr-only">Week</span>
            </th>
          )}
          {weekdays.map((name) => (
            <th key={name} scope="col" className="py-1 text-left font-normal">
              {name.slice(0, 1)}
              <span className={current ? "sr-only" : "@max-[14rem]/page:sr-only"}>{name.slice(1)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week} className={current ? undefined : "border-rule border-t"}>
            {hasWeeks && (
              <th
                scope="row"
                className="text-left align-baseline @max-[14rem]/page:hidden font-normal text-faint text-xs"
              >
                <a
                  href={`/papers/week/${week}`}
                  className="inline-block py-1.5"
                  aria-label={`Week ${week.slice(-2)}`}
                >
                  {week.slice(-3)}
                </a>
              </th>
            )}
            {weekdays.map((name, index) => {
              const day = moveDay(weekStart(week), index);
              const papers = byDay.get(day);
              return (
                <td key={name} className="p-0 align-baseline">
                  {papers !== undefined && (
                    <Day
                      day={day}
                      papers={papers}
                      share={papers / max}
                      small={current !== undefined}
                      isCurrent={day === current}
                    />
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DayProps = { day: string; papers: number; share: number; small: boolean; isCurrent: boolean };

function Day({ day, papers, share, small, isCurrent }: DayProps) {
  const date = Number(day.slice(-2));
  const height = small ? "py-0.5 text-xs" : "py-1.5";
  if (papers === 0) {
    return (
      <span
        className={`block pr-1.5 text-faint ${height} ${small ? "pb-2" : ""} ${isCurrent ? "font-semibold underline" : ""}`}
      >
        {date}
      </span>
    );
  }
  return (
    <a
      href={`/papers/date/${day}`}
      aria-label={`${formatDay(day, "EEEE d MMM")}: ${formatPapers(papers)}`}
      aria-current={isCurrent ? "date" : undefined}
      className={`group block pr-1.5 hover:text-ink aria-[current=date]:font-semibold ${height} ${small ? "text-soft aria-[current=date]:text-ink" : "sm:pr-4"}`}
    >
      <span className="flex items-baseline justify-between gap-1">
        <span>{date}</span>
        {!small && <span className="text-faint text-xs @max-[26rem]/page:hidden">{papers}</span>}
      </span>
      <svg
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        aria-hidden="true"
        className="mt-0.5 h-1 w-full text-edge group-hover:text-ink group-aria-[current=date]:text-ink"
      >
        <rect width={Math.max(2, Math.round(share * 100))} height="4" fill="currentColor" />
      </svg>
    </a>
  );
}
