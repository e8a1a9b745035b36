import { formatDay } from "@/lib/days";
import type { Edition } from "@/lib/papers/editions";

/**
 * Three weeks of days as bars, so that a reader sees how full each was and goes there. The date field beside it is the
 * same control with larger targets.
 */
export function DayStrip({ day, around }: { day: string; around: Edition["around"] }) {
  const most = Math.max(...around.map(({ papers }) => papers));
  if (most === 0) return null;
  return (
    <nav aria-label="Days around" className="mt-4 print:hidden">
      <ul className="grid max-w-lg grid-cols-21 gap-px">
        {around.map(({ day: one, papers }) => {
          const height = papers === 0 ? 0 : Math.max(3, Math.round((papers / most) * 28));
          const bar = (
            <svg
              viewBox="0 0 10 30"
              preserveAspectRatio="none"
              aria-hidden="true"
              className="block h-8 w-full"
              fill="currentColor"
            >
              <rect x="0" width="10" y={29 - height} height={height + 1} />
            </svg>
          );
          const name = `${formatDay(one, "EEE d MMM")}: ${papers === 1 ? "1 paper" : `${papers} papers`}`;
          return (
            <li key={one} className="nth-[7n+1]:not-first:ml-1.5 nth-[7n+1]:not-first:-mr-1.5">
              {papers > 0 ? (
                <a
                  href={`/papers/date/${one}`}
                  title={name}
                  aria-label={name}
                  aria-current={one === day ? "date" : undefined}
                  className="block px-px text-edge hover:text-ink aria-[current=date]:text-accent"
                >
                  {bar}
                </a>
              ) : (
                <span className={`block px-px ${one === day ? "text-accent" : "text-rule"}`}>{bar}</span>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
