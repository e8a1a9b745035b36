import { formatDay, formatRange, moveDay } from "@/lib/days";
import { listPath } from "@/lib/papers/filter";
import type { Week, Year } from "@/lib/topics/trends";
import { formatPapers, formatUnlisted } from "@/lib/words/paper-counts";
import { Bars } from "./bars";
import { ChartTable, FoundLink } from "./chart-table";

type NamedWeek = Week & { name: string };
type NamedYear = Omit<Year, "weeks"> & { weeks: NamedWeek[] };

/** The average edition. A year without listed papers has none. */
export const formatPerDay = ({ listings, days }: Pick<Year, "listings" | "days">) =>
  days === 0 ? "0" : Math.round(listings / days).toLocaleString("en");

const sizeOf = ({ papers, unlisted }: Week) => papers + unlisted;

/** `12 papers`; `12 papers, +3 published, not listed`. */
const inWords = ({ papers, unlisted }: Pick<Year, "papers" | "unlisted">) =>
  unlisted === 0 ? formatPapers(papers) : `${formatPapers(papers)}, ${formatUnlisted(unlisted)}`;

/** The papers of a week, or those published in it if none was listed. */
const weekPath = ({ papers, find, from, to }: Week) => listPath(papers > 0 ? find : { from, to });

/** Each year as a row of weeks. On a phone the bars are too narrow to touch; the table has the same links. */
export function WeeksChart({ years }: { years: Year[] }) {
  const named = years.map((year) => ({ ...year, weeks: year.weeks.map(nameWeek) }));
  const max = Math.max(...named.flatMap(({ weeks }) => weeks.map(sizeOf)));
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

function nameWeek(week: Week): NamedWeek {
  return { ...week, name: formatRange(week.from, week.to) };
}

function YearRow({ year, max, isLast }: { year: NamedYear; max: number; isLast: boolean }) {
  const { weeks, length, papers, unlisted } = year;
  const fullest = weeks.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a));
  const room = max * 1.25; // leaves room for the number above the highest bar
  const summary = `${year.year}: papers per week. The highest is ${inWords(fullest)}, ${fullest.name}`;
  return (
    <li className="grid items-end gap-x-4 gap-y-1 sm:grid-cols-[7rem_minmax(0,1fr)]">
      <p className="flex items-baseline justify-between gap-x-4 sm:block">
        <a href={listPath({ from: year.from, to: year.to })} className="inline-block font-display text-xl">
          {year.year}
        </a>
        <span className="text-soft text-xs tabular-nums">
          <span className="sm:block">{formatPerDay(year)} per day</span>
          <span className="sm:hidden">, </span>
          <span className="sm:block">{formatPapers(papers)}</span>
          {unlisted > 0 && <span className="sr-only">, {formatUnlisted(unlisted)}</span>}
        </span>
      </p>
      <div className="relative h-16 border-edge border-b text-edge">
        <svg role="img" aria-label={summary} className="absolute inset-0 size-full overflow-visible">
          <Bars
            values={weeks.map((week) => week.papers)}
            over={weeks.map((week) => week.unlisted)}
            max={room}
            slots={length}
            endsToday={isLast}
          />
          <text
            x={`${((weeks.indexOf(fullest) + 0.5) / length) * 100}%`}
            y={`${100 - (sizeOf(fullest) / room) * 100}%`}
            dy="-0.3em"
            textAnchor="middle"
            fill="currentColor"
            className="text-soft text-xs tabular-nums forced-colors:text-[CanvasText]"
          >
            {sizeOf(fullest).toLocaleString("en")}
          </text>
        </svg>
        {/* These links are for the mouse. Keyboards and screen readers use the table. */}
        <div aria-hidden="true" className="absolute inset-0 flex *:flex-1 print:hidden [&>a]:hover:bg-ink/15">
          {Array.from({ length }, (_, at) => {
            const week = weeks[at];
            return week && sizeOf(week) > 0 ? (
              // biome-ignore lint/a11y/useAnchorContent: hidden from a screen reader, which has the table
              <a
                key={week.name}
                href={weekPath(week)}
                tabIndex={-1}
                title={`${week.name}: ${inWords(week)}`}
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
  const hasUnlisted = years.some(({ unlisted }) => unlisted > 0);
  return (
    <ChartTable
      name="weeks"
      caption={`Papers per ISO week (Monday to Sunday)${hasUnlisted ? "; + published, not listed" : ""}`}
    >
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
              return (
                <td key={year}>
                  {week && <FoundLink found={week} name={week.name} />}
                  {week && <More papers={week.unlisted} />}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          {years.map((year) => (
            <td key={year.year}>
              {year.papers.toLocaleString("en")}
              <More papers={year.unlisted} />
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

const More = ({ papers }: { papers: number }) =>
  papers > 0 && <span className="text-soft"> +{papers.toLocaleString("en")}</span>;
