import type { ReactNode } from "react";
import { formatDay, formatRange } from "@/lib/days";
import { listPath } from "@/lib/papers/filter";
import { type NewWords, wordRule } from "@/lib/topics/new-words";
import { type TagTrends, tagRule } from "@/lib/topics/tag-trends";
import type { Trends, Year } from "@/lib/topics/trends";
import { formatPapers, formatUnlisted } from "@/lib/words/paper-counts";
import { linkTo } from "./chart-table";
import { TagsChart } from "./tags-chart";
import { formatPerDay, WeeksChart } from "./weeks-chart";
import { WordsChart } from "./words-chart";

const inFull = (day: string) => formatDay(day, "d MMM yyyy");
const number = (value: number) => value.toLocaleString("en");
const underlined = "underline decoration-edge underline-offset-3";

/** Three charts of the library, each with an explanation and a table. */
export function TopicsView({ trends: { today, years, earlier, tags, words, unlisted } }: { trends: Trends }) {
  return (
    <div className="max-w-column">
      <header className="border-ink border-b-2 pt-4 pb-3">
        <h1 className="font-display text-3xl sm:text-4xl">Topics</h1>
        <p className="mt-2 text-soft text-pretty">
          Papers up to {inFull(today)}.{" "}
          <span className="print:hidden">Select a bar, tag or word to see its papers.</span>
        </p>
      </header>
      <Part id="days" title="Papers per day">
        <Days years={years} earlier={earlier} />
      </Part>
      <Part id="tags" title="Rising and falling tags">
        <Tags trends={tags} unlisted={unlisted.tags} />
      </Part>
      <Part id="words" title="New words this week">
        <Words words={words} unlisted={unlisted.words} />
      </Part>
    </div>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="mt-12">
      <h2 id={id} className="font-display text-3xl">
        {title}
      </h2>
      {children}
    </section>
  );
}

const Lead = ({ children }: { children: ReactNode }) => (
  <p className="mt-2 max-w-measure font-text text-lg text-pretty">{children}</p>
);

const Rule = ({ children }: { children: ReactNode }) => (
  <p className="mt-4 max-w-measure text-soft text-pretty">{children}</p>
);

function Days({ years, earlier }: { years: Year[]; earlier: string | null }) {
  const weeks = years.flatMap((year) => year.weeks.filter(({ papers, unlisted }) => papers + unlisted > 0));
  const [first, last] = [years[0], years.at(-1)];
  const [only] = weeks;
  if (weeks.length < 2 || !first || !last) {
    return (
      <Lead>
        This chart needs papers from at least two weeks.
        {only && (
          <>
            {" "}
            So far there {only.papers === 1 ? "is" : "are"}{" "}
            {only.papers > 0 ? (
              <a href={linkTo(only)} className={underlined}>
                {formatPapers(only.papers)}
              </a>
            ) : (
              formatPapers(only.papers)
            )}
            {only.unlisted > 0 && ` (${formatUnlisted(only.unlisted)})`} from{" "}
            {formatRange(only.from, only.to)}
            {earlier && " in these years"}.
          </>
        )}
      </Lead>
    );
  }
  return (
    <>
      <Lead>{describePace(years)}</Lead>
      <WeeksChart years={years} />
      <Rule>
        Each bar is a week. All years share one scale. A paper counts in each week that listed it; averages
        count only days with papers.
        {years.some(({ unlisted }) => unlisted > 0) &&
          " The paler bars are papers published in that week, but never listed."}
        {earlier && (
          <>
            {" "}
            <a href={listPath({ to: earlier })} className={underlined}>
              Papers up to {inFull(earlier)}
            </a>{" "}
            are not shown.
          </>
        )}
      </Rule>
    </>
  );
}

function describePace(years: Year[]): string {
  const listed = years.filter(({ days }) => days > 0);
  const [first, last] = [listed[0], listed.at(-1)];
  if (!first || !last)
    return "No listing names the day of these papers. They are shown by the day they were published.";
  const papers = (year: Year) => (formatPerDay(year) === "1" ? "1 paper" : `${formatPerDay(year)} papers`);
  return first === last
    ? `${papers(last)} per day in ${last.year}.`
    : `From ${papers(first)} per day in ${first.year} to ${formatPerDay(last)} in ${last.year}.`;
}

/** Tags and words count a paper once, so the sum of the weeks above may differ. */
const countingRule = (unlisted: number) =>
  `Each paper counts once, on the first day that listed it${
    unlisted > 0 ? `, or on the day it was published if none did (${formatPapers(unlisted)})` : ""
  }.`;

function Tags({ trends, unlisted }: { trends: TagTrends; unlisted: number }) {
  const { now, before, enough } = trends;
  const { minNow, minBefore, minRisen, minFallenShare, minChange, oneIn, spans } = tagRule;
  const weeks = (spans - 1) * 4;
  if (!enough) {
    return (
      <Lead>
        Not enough papers to compare yet. This needs {minNow} in the last four weeks (now {number(now.papers)}
        ) and {minBefore} in the {weeks} weeks before (now {number(before.papers)}).
      </Lead>
    );
  }
  return (
    <>
      <Lead>
        Share of papers with each tag: the last four weeks ({formatRange(now.from, now.to)}) compared with{" "}
        {formatRange(before.from, before.to)}.
      </Lead>
      <TagsChart trends={trends} />
      <Rule>
        Each bar covers four weeks and each tag has its own scale. The dashed line is the earlier share. A tag
        appears if its share changed by at least {minChange * 100}% and by more than chance would explain in 1
        of {number(oneIn)} tags, most significant first. A rising tag has at least {minRisen} papers in the
        last four weeks; a falling one was on at least 1 in {1 / minFallenShare} papers before. Hugging Face
        tags and tags found in the text are compared separately. arXiv categories are left out.{" "}
        {countingRule(unlisted)}
      </Rule>
    </>
  );
}

type WordsProps = { words: NewWords; unlisted: number };

function Words({ words: { week, since, known, minPapers, maxKnown, words }, unlisted }: WordsProps) {
  const days = formatRange(week.from, week.to);
  if (!since) {
    return (
      <Lead>
        Not enough papers to compare yet. This needs {number(wordRule.minKnown)} from before the last{" "}
        {Math.min(...wordRule.weeks)} weeks (now {number(known)}).
      </Lead>
    );
  }
  return (
    <>
      <Lead>
        {words.length === 0 ? "No words" : words.length === 1 ? "One word" : "Words"} in the{" "}
        <a href={linkTo(week)} className={underlined}>
          {formatPapers(week.papers)}
        </a>{" "}
        from {days} that {words.length === 1 ? "was" : "were"} rare or unknown before {inFull(since.from)}.
      </Lead>
      {words.length > 0 && <WordsChart words={words} week={week} since={since} />}
      <Rule>
        A word appears if at least {minPapers} papers of these seven days use it, at least {wordRule.minSince}{" "}
        since {inFull(since.from)}, and {maxKnown === 0 ? "none" : `at most ${maxKnown}`} of the{" "}
        {number(known)} papers before.
        {words.length > 0 && " Each bar is a week. All words share one scale."} {countingRule(unlisted)}
      </Rule>
    </>
  );
}
