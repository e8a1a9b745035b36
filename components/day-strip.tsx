import { formatDay } from "@/lib/days";
import type { Edition } from "@/lib/papers/editions";
import { formatPapers } from "@/lib/words/paper-counts";

/**
 * Three weeks of days as bars that lead to each day. A phone shows two weeks and a small phone one, so that each bar is
 * 24 pixels wide.
 */
export function DayStrip({ day, dayCounts }: { day: string; dayCounts: Edition["dayCounts"] }) {
  const max = Math.max(...dayCounts.map(({ papers }) => papers));
  if (max === 0) return null;
  return (
    <nav aria-label="Nearby days" className="mt-1 wide:hidden print:hidden">
      <ul className="flex max-w-[33rem]">
        {dayCounts.map(({ day: otherDay, papers }) => {
          const height = papers === 0 ? 1 : Math.max(3, Math.round((papers / max) * 30));
          const bar = (
            <svg
              viewBox="0 0 10 30"
              preserveAspectRatio="none"
              aria-hidden="true"
              className="h-7 w-full"
              fill="currentColor"
            >
              <rect x="2" width="6" y={30 - height} height={height} />
            </svg>
          );
          const name = `${formatDay(otherDay, "EEE d MMM")}: ${formatPapers(papers)}`;
          return (
            <li
              key={otherDay}
              className="flex-1 max-sm:nth-[-n+7]:hidden @max-[23rem]/page:nth-[-n+14]:hidden sm:nth-[7n+1]:not-first:ml-2"
            >
              {papers > 0 ? (
                <a
                  href={`/papers/date/${otherDay}`}
                  title={name}
                  aria-label={name}
                  aria-current={otherDay === day ? "date" : undefined}
                  className="block text-edge hover:text-ink aria-[current=date]:text-ink forced-colors:aria-[current=date]:text-[Highlight]"
                >
                  {bar}
                </a>
              ) : (
                <span className={`block ${otherDay === day ? "text-ink" : "text-edge"}`}>{bar}</span>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
