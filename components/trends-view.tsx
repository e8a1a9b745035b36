import type { ReactNode } from "react";
import { formatDay, formatRange } from "@/lib/days";
import { filterState } from "@/lib/papers/filter";
import { type NewWords, wordRule } from "@/lib/topics/new-words";
import { type TagTrends, tagRule } from "@/lib/topics/tag-trends";
import type { Trends, Year } from "@/lib/topics/trends";
import { sayPapers } from "@/lib/words/say-papers";
import { linkTo } from "./picture-table";
import { TagsPicture } from "./tags-picture";
import { WeeksPicture } from "./weeks-picture";
import { WordsPicture } from "./words-picture";

const inFull = (day: string) => formatDay(day, "d MMMM yyyy");
const number = (value: number) => value.toLocaleString("en");
const underlined = "underline decoration-edge underline-offset-3";

/** Three pictures of the library, each with its rule in words and its table. */
export function TrendsView({ trends: { today, years, earlier, tags, words } }: { trends: Trends }) {
  return (
    <div className="mx-auto max-w-column">
      <header className="border-ink border-b-2 pt-8 pb-4">
        <h1 className="font-display text-5xl">Trends</h1>
        <p className="mt-2 text-soft text-pretty">
          What this library shows up to {formatDay(today)}, its latest day.{" "}
          <span className="print:hidden">A bar, a tag or a word leads to its papers.</span>
        </p>
      </header>
      <Part id="days" title="Papers a day, through the years">
        <Days years={years} earlier={earlier} />
      </Part>
      <Part id="tags" title="Tags rising and falling">
        <Tags trends={tags} />
      </Part>
      <Part id="words" title="The week’s new words">
        <Words words={words} />
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
  const weeks = years.flatMap((year) => year.weeks.filter(({ papers }) => papers > 0));
  const [first, last] = [years[0], years.at(-1)];
  const [only] = weeks;
  if (weeks.length < 2 || !first || !last) {
    return (
      <Lead>
        {only && (
          <>
            <a href={linkTo(only)} className={underlined}>
              {only.papers === 1 ? "The one paper" : `All ${sayPapers(only.papers)}`}
            </a>{" "}
            that {only.papers === 1 ? "has" : "have"} a day {only.papers === 1 ? "is" : "are"} of one week
            {earlier && " of these years"}, {formatRange(only.find.from ?? "", only.find.to ?? "")}. A picture
            of the weeks wants at least two.
          </>
        )}
      </Lead>
    );
  }
  return (
    <>
      <Lead>{sayPace(first, last)}</Lead>
      <WeeksPicture years={years} />
      <Rule>
        Each bar is a week, in one scale for all years. Papers a day are of the days that have any.
        {earlier && (
          <>
            {" "}
            <a href={filterState.href("/papers", { to: earlier })} className={underlined}>
              Papers up to {inFull(earlier)}
            </a>{" "}
            are not drawn.
          </>
        )}
      </Rule>
    </>
  );
}

function sayPace(first: Year, last: Year): string {
  const pace = ({ papers, days }: Year) => number(Math.round(papers / days));
  const papers = (year: Year) => (pace(year) === "1" ? "1 paper" : `${pace(year)} papers`);
  return first === last
    ? `${papers(last)} a day in ${last.year}.`
    : `From ${papers(first)} a day in ${first.year} to ${pace(last)} in ${last.year}.`;
}

function Tags({ trends }: { trends: TagTrends }) {
  const { now, before, enough } = trends;
  const { leastNow, leastBefore, leastRisen, leastFallen, leastMove, oneIn, spans } = tagRule;
  const weeks = (spans - 1) * 4;
  if (!enough) {
    return (
      <Lead>
        Too little to compare yet: the last four weeks have {sayPapers(now.papers)} and the {weeks} before
        them {number(before.papers)}, where {leastNow} and {leastBefore} are wanted.
      </Lead>
    );
  }
  return (
    <>
      <Lead>
        The last four weeks, {formatRange(now.from, now.to)}, against the time before,{" "}
        {formatRange(before.from, before.to)}: the share of all papers that have a tag.
      </Lead>
      <TagsPicture trends={trends} />
      <Rule>
        Each bar is the share in four weeks, in a scale of its own; the dashed line is the share in all the
        time before. A tag is shown if its share has moved by at least {leastMove * 100}% of itself, and by
        more than chance would move one tag in {number(oneIn)}. A rising tag is on at least {leastRisen}{" "}
        papers of the last four weeks, a falling one was on at least one in {1 / leastFallen} of those before.
        Keywords of the Hub are compared with keywords of the Hub, and tags made from a paper’s text with such
        tags, since the two name things differently. The surest come first. arXiv’s categories are left out.
      </Rule>
    </>
  );
}

function Words({ words: { week, since, known, least, mostKnown, words } }: { words: NewWords }) {
  const days = formatRange(week.from, week.to);
  if (!since) {
    return (
      <Lead>
        Too little to compare yet: the library has {sayPapers(known)} from before the last{" "}
        {Math.min(...wordRule.weeks)} weeks, where {number(wordRule.leastKnown)} are wanted to know which
        words are new.
      </Lead>
    );
  }
  return (
    <>
      <Lead>
        {words.length === 0 ? "No word" : words.length === 1 ? "One word" : "Words"} of the{" "}
        <a href={linkTo(week)} className={underlined}>
          {sayPapers(week.papers)}
        </a>{" "}
        of the seven days {days} that the library hardly had before {inFull(since.from)}.
      </Lead>
      {words.length > 0 && <WordsPicture words={words} week={week} since={since} />}
      <Rule>
        A word counts if at least {least} papers of these seven days use it, at least {wordRule.leastSince}{" "}
        since {inFull(since.from)}, and {mostKnown === 0 ? "none" : `at most ${mostKnown}`} of the{" "}
        {number(known)} before.
        {words.length > 0 && " Each bar is a week, in one scale for all words."}
      </Rule>
    </>
  );
}
