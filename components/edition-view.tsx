import { formatDay, formatMoment } from "@/lib/days";
import type { Edition } from "@/lib/papers/editions";
import { PaperList } from "./paper-list";

/** A day: its name, how to move on from it, and its papers by what listed them. */
export function EditionView({ edition }: { edition: Edition }) {
  const { day, sections, isSample, readAt } = edition;
  const count = sections.reduce((sum, section) => sum + section.papers.length, 0);
  return (
    <div className="mx-auto max-w-3xl">
      <header className="border-ink border-b-2 pt-8 pb-5 sm:ml-14">
        <DayNav edition={edition} />
        <h1 className="mt-4 font-text text-4xl/none font-medium tracking-tight text-balance sm:text-5xl/none">
          {formatDay(day)}
        </h1>
        <p className="mt-3 text-soft">
          {count === 0 ? "No papers" : count === 1 ? "1 paper" : `${count} papers`}
          {readAt && !isSample && <> · library last read {formatMoment(readAt)}</>}
        </p>
        {isSample && <SampleNote />}
      </header>
      {count === 0 && <EmptyDay edition={edition} />}
      {sections.map(({ format, papers }, index) => (
        <section key={format} aria-labelledby={`from-${format}`}>
          {index === 0 ? (
            <h2 id={`from-${format}`} className="sr-only">
              Papers
            </h2>
          ) : (
            <SectionHead format={format} count={papers.length} />
          )}
          <PaperList papers={papers} lead={index === 0} />
        </section>
      ))}
    </div>
  );
}

function DayNav({ edition: { day, previous, next } }: { edition: Edition }) {
  return (
    <nav
      aria-label="Days"
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-soft print:hidden"
    >
      <span className="order-1 min-w-24">
        {previous && (
          <a rel="prev" href={`/papers/date/${previous}`} className="inline-block py-1.5">
            ‹ <span className="sr-only">Previous edition: </span>
            {formatDay(previous, "EEE d MMM")}
          </a>
        )}
      </span>
      <form
        action="/papers/date"
        className="order-3 flex basis-full items-center gap-2 sm:order-2 sm:basis-auto"
      >
        <label htmlFor="day" className="sr-only">
          Go to a day
        </label>
        <input
          id="day"
          type="date"
          name="day"
          required
          defaultValue={day}
          className="rounded-md border border-edge px-2 py-1"
        />
        <button
          type="submit"
          className="rounded-md border border-edge px-3 py-1 hover:border-accent hover:text-accent"
        >
          Go
        </button>
      </form>
      <span className="order-2 min-w-24 text-right sm:order-3">
        {next && (
          <a rel="next" href={`/papers/date/${next}`} className="inline-block py-1.5">
            <span className="sr-only">Next edition: </span>
            {formatDay(next, "EEE d MMM")} ›
          </a>
        )}
      </span>
    </nav>
  );
}

function SampleNote() {
  return (
    <p role="note" className="mt-4 border-accent border-l-2 pl-3 text-pretty">
      <strong className="font-semibold">This is a sample edition.</strong> Its papers are invented. The first
      real one takes its place: <code className="whitespace-nowrap">npm run scrape</code> reads the latest day
      from the Hub.
    </p>
  );
}

const sources: Record<string, string> = {
  "hf-page": "From the Hub’s page of this day",
  text: "In a text rendering of this day",
  jsonl: "In an archive, under this day",
};

function SectionHead({ format, count }: { format: string; count: number }) {
  return (
    <header className="mt-14 border-ink border-b-2 pb-3 sm:ml-14">
      <h2 id={`from-${format}`} className="font-text text-2xl/tight font-medium tracking-tight">
        {sources[format] ?? `From ${format}`}
      </h2>
      <p className="mt-1 text-soft">
        {count === 1 ? "1 more paper" : `${count} more papers`} that the list above does not have
        {format === "text" && "; such a rendering may show a search"}.
      </p>
    </header>
  );
}

function EmptyDay({ edition: { previous, next } }: { edition: Edition }) {
  return (
    <div className="mt-8 max-w-[60ch] font-text text-lg/relaxed sm:ml-14">
      <p>No listing of this day has been read. On most weekends and some holidays there is none.</p>
      <ul className="mt-4 list-inside list-disc marker:text-faint">
        {[previous, next].map(
          (day) =>
            day && (
              <li key={day}>
                <a href={`/papers/date/${day}`} className="underline decoration-edge underline-offset-4">
                  {formatDay(day)}
                </a>{" "}
                is the nearest edition {day === previous ? "before" : "after"}.
              </li>
            ),
        )}
      </ul>
    </div>
  );
}
