import { type Day, formatDay, formatRange, moveDay } from "@/lib/days";
import type { Span } from "@/lib/topics/day-counts";
import type { NewWord } from "@/lib/topics/new-words";
import { formatPapers } from "@/lib/words/paper-counts";
import { Bars } from "./bars";
import { ChartTable, FoundLink, linkTo } from "./chart-table";

type Props = { words: NewWord[]; week: Span; since: Span };

/** A row for each word, starting with the first week it counts as new. */
export function WordsChart({ words, week, since }: Props) {
  const max = Math.max(...words.flatMap(({ series }) => series));
  return (
    <>
      <ol className="mt-4">
        {words.map((word) => (
          <li key={word.word} className="break-inside-avoid border-rule border-b">
            <a
              href={linkTo(word.week)}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-x-4 pt-2 sm:grid-cols-[minmax(0,12rem)_minmax(0,1fr)_5rem]"
            >
              <span className="pb-1 font-text text-lg/6 wrap-anywhere">{word.word}</span>
              <span className="h-8 text-edge max-sm:order-3 max-sm:col-span-2">
                <Bars values={word.series} max={max} />
              </span>
              <span className="pb-1 text-right text-ink text-xs/6 tabular-nums">
                {formatPapers(word.week.papers)}
              </span>
            </a>
          </li>
        ))}
      </ol>
      <WordsTable words={words} week={week} since={since} />
    </>
  );
}

function WordsTable({ words, week, since }: Props) {
  const weekName = formatRange(week.from, week.to);
  const sinceName = `since ${inFull(since.from)}`;
  const weeks = words[0]?.series.map((_, at) => moveDay(since.from, at * 7)) ?? [];
  return (
    <ChartTable name="words" caption="Papers using each new word">
      <thead>
        <tr>
          <th scope="col">Word</th>
          <th scope="col" className="text-right">
            {weekName}
          </th>
          <th scope="col" className="text-right">
            Since {inFull(since.from)}
          </th>
          <th scope="col" className="text-right">
            Before
          </th>
          {weeks.map((day) => (
            <th key={day} scope="col" className="text-right">
              Week from
              <br />
              {formatDay(day, "d MMM")}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {words.map(({ word, week: now, since: all, before, series }) => (
          <tr key={word}>
            <th scope="row">{word}</th>
            <td>
              <FoundLink found={now} name={`${word}, ${weekName}`} />
            </td>
            <td>
              <FoundLink found={all} name={`${word}, ${sinceName}`} />
            </td>
            <td>
              <FoundLink found={before} name={`${word}, before`} />
            </td>
            {weeks.map((day, at) => (
              <td key={day}>{series[at]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </ChartTable>
  );
}

const inFull = (day: Day) => formatDay(day, "d MMM yyyy");
