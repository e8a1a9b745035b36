import { formatDay, toEpochDay, toWeek } from "@/lib/days";
import { factsOf } from "@/lib/formats";
import type { Edition } from "@/lib/papers/editions";
import { formatPapers } from "@/lib/words/paper-counts";
import { DayStateNote, emptyReason } from "./day-state-note";
import { DayStrip } from "./day-strip";
import { MarkAll } from "./mark-all";
import { PaperList } from "./paper-list";
import { ViewForm } from "./view-form";

/** A day: its date, links to other days, and its papers grouped by the format that listed them. */
export function EditionView({ edition }: { edition: Edition }) {
  const { day, sections, isSample } = edition;
  const papers = sections.flatMap((section) => section.papers);
  return (
    <div className="mx-auto max-w-column">
      <header className="border-ink border-b-2 pt-8 pb-4 sm:ml-14">
        <DayNav edition={edition} />
        <h1 className="mt-3 font-display text-5xl text-balance wrap-anywhere sm:text-6xl">
          {formatDay(day, "EEEE,")} <span className="inline-block">{formatDay(day, "d MMMM")}</span>{" "}
          <span className="text-faint max-sm:text-4xl/11">{day.slice(0, 4)}</span>
        </h1>
        <div className="mt-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
          <p className="text-soft">
            {papers.length === 0 ? "No papers" : formatPapers(papers.length)}
            <span className="print:hidden">
              {papers.length > 0 && (
                <>
                  {" · "}
                  <span data-new className="text-accent" />
                </>
              )}
              {[
                { name: "week", href: `/papers/week/${toWeek(day)}` },
                { name: "month", href: `/papers/month/${day.slice(0, 7)}` },
                ...(papers.length > 0 ? [{ name: "feed", href: "/feeds/atom.xml" }] : []),
              ].map(({ name, href }) => (
                <span key={name}>
                  {" · "}
                  <a href={href} className="underline decoration-edge underline-offset-3">
                    {name}
                  </a>
                </span>
              ))}
            </span>
          </p>
          <GoToDay day={day} />
        </div>
        <DayStrip day={day} dayCounts={edition.dayCounts} />
        {papers.length > 0 && <ViewForm {...(papers.length > 1 ? { order: edition.order } : {})} />}
        {papers.length > 0 && !isSample && <DayStateNote day={day} state={edition.state} />}
        {isSample && <SampleNote />}
      </header>
      {papers.length === 0 && <EmptyDay edition={edition} />}
      <div id="papers">
        {sections.map(({ format, papers: of }, index) => (
          <section key={format} aria-labelledby={`from-${format}`}>
            {index === 0 ? (
              <h2 id={`from-${format}`} className="sr-only">
                Papers
              </h2>
            ) : (
              <SectionHead format={format} count={of.length} />
            )}
            <PaperList papers={of} lead={index === 0} />
          </section>
        ))}
      </div>
      {papers.length > 0 && (
        <>
          <div className="mt-8 sm:ml-14">
            <MarkAll ids={papers.map(({ id }) => id)} />
          </div>
          <DayNav edition={edition} atEnd />
        </>
      )}
    </div>
  );
}

/** A short name such as `Tuesday 9` for a nearby day, or else the full date. */
function nameFrom(day: string, other: string): string {
  const near = Math.abs(toEpochDay(day) - toEpochDay(other)) <= 14;
  return formatDay(other, near ? "EEEE d" : "d MMMM yyyy");
}

/** Shown before the papers and again after them. */
function DayNav({ edition: { day, previous, next }, atEnd = false }: { edition: Edition; atEnd?: boolean }) {
  return (
    <nav
      aria-label={atEnd ? "More editions" : "Editions"}
      className={`flex flex-wrap justify-between gap-x-6 text-soft print:hidden ${atEnd ? "mt-6 sm:ml-14" : ""}`}
    >
      {previous ? (
        <a rel="prev" href={`/papers/date/${previous}`} className="inline-block py-1.5">
          ‹ <span className="sr-only">Previous edition: </span>
          {nameFrom(day, previous)}
        </a>
      ) : (
        <span />
      )}
      {next && (
        <a rel="next" href={`/papers/date/${next}`} className="inline-block py-1.5 text-right">
          <span className="sr-only">Next edition: </span>
          {nameFrom(day, next)} ›
        </a>
      )}
    </nav>
  );
}

function GoToDay({ day }: { day: string }) {
  return (
    <form
      action="/papers/date"
      className="flex flex-wrap items-center gap-2 text-soft max-sm:hidden print:hidden"
    >
      <label htmlFor="day" className="sr-only">
        Go to day
      </label>
      <input
        id="day"
        type="date"
        name="day"
        required
        defaultValue={day}
        className="max-w-full rounded-md border border-edge px-2 py-1"
      />
      <button
        type="submit"
        className="rounded-md border border-edge px-3 py-1 hover:border-accent hover:text-accent"
      >
        Go
      </button>
    </form>
  );
}

function SampleNote() {
  return (
    <p role="note" className="mt-5 border-accent border-l-2 pl-3 text-pretty">
      <strong className="font-semibold">This is a sample edition.</strong> Its papers are made up. To replace
      it with the latest day from Hugging Face, run <code className="whitespace-nowrap">npm run scrape</code>.
    </p>
  );
}

function SectionHead({ format, count }: { format: string; count: number }) {
  return (
    <header className="mt-14 border-ink border-b-2 pb-3 sm:ml-14">
      <h2 id={`from-${format}`} className="font-display text-3xl">
        {factsOf(format).heading}
      </h2>
      <p className="mt-1 text-soft">
        {count === 1 ? "1 more paper" : `${count} more papers`} not listed above.
        {format === "text" && " A text copy may be of a search."}
      </p>
    </header>
  );
}

function EmptyDay({ edition: { day, state, previous, next } }: { edition: Edition }) {
  return (
    <div className="mt-8 max-w-measure font-text text-lg sm:ml-14">
      <p>{emptyReason(day, state)}</p>
      {!["empty", "to come", "too early"].includes(state.is) && (
        <p className="mt-3">
          To fetch it, run <code>npm run scrape -- --date {day}</code>.
        </p>
      )}
      <ul className="mt-3 grid gap-1">
        {[previous, next].map(
          (one) =>
            one && (
              <li key={one}>
                {one === previous ? "Previous edition: " : "Next edition: "}
                <a href={`/papers/date/${one}`} className="underline decoration-edge underline-offset-4">
                  {formatDay(one)}
                </a>
              </li>
            ),
        )}
      </ul>
    </div>
  );
}
