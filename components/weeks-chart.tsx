import { formatDay, formatRange, moveDay } from "@/lib/days";
import type { Found } from "@/lib/topics/day-counts";
import type { Year } from "@/lib/topics/trends";
import { formatPapers } from "@/lib/words/paper-counts";
import { Bars } from "./bars";
import { ChartTable, FoundLink, linkTo } from "./chart-table";

type NamedYear = Omit<Year, "weeks"> & { weeks: (Found & { name: string })[] };

const formatPerDay = ({ papers, days }: { papers: number; days: number }) =>
  Math.round(papers / days).toLocaleString("en");

/** Each year as a row of weeks. On a phone the bars are too narrow to touch; the table has the same links. */
export function WeeksChart({ years }: { years: Year[] }) {
  const named = years.map((year) => ({ ...year, weeks: year.weeks.map(nameWeek) }));
  const max = Math.max(...named.flatMap(({ weeks }) => weeks.map(({ papers }) => papers)));
  return (
    <>
      <ol className="mt-6 grid gap-y-4">
        {named.map((year, index) => (
          <YearRow key={year.year} year={year} max={max} isLast={index === named.length - 1} />
        ))}
      </ol>
      <div aria-hidden="true" className="mt-1 grid grid-cols-12 text-center text-faint text-xs sm:ml-32">
        {[..."JFMAMJJASOND"].map((letter, month) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: months stay in their order
          <span key={month}>{letter}</span>
        ))}
      </div>
      <WeeksTable years={named} />
    </>
  );
}

function nameWeek(week: Found) {
  const { from, to } = week.find;
  return { ...week, name: formatRange(from ?? "", to ?? "") };
}

function YearRow({ year, max, isLast }: { year: NamedYear; max: number; isLast: boolean }) {
  const { weeks, length, papers, days } = year;
  const fullest = weeks.reduce((a, b) => (b.papers > a.papers ? b : a));
  const room = max * 1.25; // leaves room for the number above the highest bar
  const summary = `${year.year}: papers per week. The highest is ${formatPapers(fullest.papers)}, ${fullest.name}`;
  return (
    <li className="grid items-end gap-x-4 gap-y-1 sm:grid-cols-[7rem_minmax(0,1fr)]">
      <p className="flex items-baseline justify-between gap-x-4 sm:block">
        <a
          href={linkTo(year)}
          aria-label={`${year.year}, ${formatPapers(papers)}`}
          className="inline-block font-display text-xl"
        >
          {year.year}
        </a>
        <span className="text-soft text-xs tabular-nums">
          <span className="sm:block">{formatPerDay({ papers, days })} per day</span>
          <span className="sm:hidden">, </span>
          <span className="sm:block">{formatPapers(papers)}</span>
        </span>
      </p>
      <div className="relative h-16 border-edge border-b text-edge">
        <svg role="img" aria-label={summary} className="absolute inset-0 size-full overflow-visible">
          <Bars values={weeks.map((week) => week.papers)} max={room} slots={length} endsToday={isLast} />
          <text
            x={`${((weeks.indexOf(fullest) + 0.5) / length) * 100}%`}
            y={`${100 - (fullest.papers / room) * 100}%`}
            dy="-0.3em"
            textAnchor="middle"
            fill="currentColor"
            className="text-soft text-xs tabular-nums forced-colors:text-[CanvasText]"
          >
            {fullest.papers.toLocaleString("en")}
          </text>
        </svg>
        {/* These links are for the mouse. Keyboards and screen readers use the table. */}
        <div aria-hidden="true" className="absolute inset-0 flex *:flex-1 print:hidden [&>a]:hover:bg-ink/15">
          {Array.from({ length }, (_, at) => {
            const week = weeks[at];
            return week && week.papers > 0 ? (
              // biome-ignore lint/a11y/useAnchorContent: hidden from a screen reader, which has the table
              <a
                key={week.name}
                href={linkTo(week)}
                tabIndex={-1}
                title={`${week.name}: ${formatPapers(week.papers)}`}
              />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: weeks stay in their order
              <span key={at} />
            );
          })}
        </div>
      </div>
    </li>
  );
}

function WeeksTable({ years }: { years: NamedYear[] }) {
  const rows = Math.max(...years.map(({ weeks }) => weeks.length));
  const latest = years.at(-1);
  return (
    <ChartTable name="weeks" caption="Papers per ISO week (Monday to Sunday)">
      <thead>
        <tr>
          <th scope="col">Week</th>
          {years.map(({ year }) => (
            <th key={year} scope="col" className="text-right">
              {year}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: rows }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: weeks stay in their order
          <tr key={at}>
            <th scope="row">
              {at + 1}{" "}
              {latest && (
                <span className="text-soft">{formatDay(moveDay(latest.from, at * 7 + 3), "MMM")}</span>
              )}
            </th>
            {years.map(({ year, weeks }) => {
              const week = weeks[at];
              return <td key={year}>{week && <FoundLink found={week} name={week.name} />}</td>;
            })}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          {years.map((year) => (
            <td key={year.year}>
              <FoundLink found={year} name={`${year.year}`} />
            </td>
          ))}
        </tr>
        <tr>
          <th scope="row">Per day</th>
          {years.map((year) => (
            <td key={year.year}>{formatPerDay(year)}</td>
          ))}
        </tr>
      </tfoot>
    </ChartTable>
  );
}
