import { formatDay } from "@/lib/days";
import type { Edition } from "@/lib/papers/editions";
import { formatPapers } from "@/lib/words/paper-counts";

/**
 * Three weeks of days as bars that lead to each day. A phone shows two weeks and a small phone one, so that each bar is
 * 24 pixels wide.
 */
export function DayStrip({ day, around }: { day: string; around: Edition["around"] }) {
  const most = Math.max(...around.map(({ papers }) => papers));
  if (most === 0) return null;
  return (
    <nav aria-label="Nearby days" className="mt-4 print:hidden">
      <ul className="flex max-w-[33rem]">
        {around.map(({ day: one, papers }) => {
          const height = papers === 0 ? 1 : Math.max(3, Math.round((papers / most) * 30));
          const bar = (
            <svg
              viewBox="0 0 10 30"
              preserveAspectRatio="none"
              aria-hidden="true"
              className="h-8 w-full"
              fill="currentColor"
            >
              <rect x="2" width="6" y={30 - height} height={height} />
            </svg>
          );
          const name = `${formatDay(one, "EEE d MMM")}: ${formatPapers(papers)}`;
          return (
            <li
              key={one}
              className="flex-1 max-sm:nth-[-n+7]:hidden @max-[23rem]/page:nth-[-n+14]:hidden sm:nth-[7n+1]:not-first:ml-2"
            >
              {papers > 0 ? (
                <a
                  href={`/papers/date/${one}`}
                  title={name}
                  aria-label={name}
                  aria-current={one === day ? "date" : undefined}
                  className="block text-edge hover:text-ink aria-[current=date]:text-accent forced-colors:aria-[current=date]:text-[Highlight]"
                >
                  {bar}
                </a>
              ) : (
                <span className={`block ${one === day ? "text-accent" : "text-edge"}`}>{bar}</span>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
