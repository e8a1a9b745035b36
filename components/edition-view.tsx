import { formatDay, toEpochDay, toWeek } from "@/lib/days";
import { factsOf } from "@/lib/formats";
import type { Edition } from "@/lib/papers/editions";
import { listPath, toText } from "@/lib/papers/filter";
import type { Rising } from "@/lib/papers/trending";
import { formatPapers } from "@/lib/words/paper-counts";
import { Chip } from "./chip";
import { Columns } from "./columns";
import { DateField } from "./date-field";
import { DayStateNote, emptyReason, isWorthFetching } from "./day-state-note";
import { DayStrip } from "./day-strip";
import { EditionEnd } from "./edition-end";
import { EditionSide } from "./edition-side";
import { factLink, Masthead } from "./masthead";
import { PaperList } from "./paper-list";
import { RefreshButton } from "./refresh-button";
import { StaleNote } from "./stale-note";
import { SubscribeBox } from "./subscribe-box";
import { ViewForm } from "./view-form";

type Props = {
  edition: Edition;
  rising: Rising[];
  /** True if there should be newer papers by now. */
  isStale?: boolean;
};

/** A day: its date, links to other days, and its papers grouped by the format that listed them. */
export function EditionView({ edition, rising, isStale = false }: Props) {
  const { day, sections, isSample, tag } = edition;
  const papers = sections.flatMap((section) => section.papers);
  const isEmpty = papers.length === 0;
  return (
    <Columns aside={<EditionSide edition={edition} rising={rising} />}>
      <Masthead
        title={
          <>
            {formatDay(day, "EEEE,")} <span className="inline-block">{formatDay(day, "d MMMM")}</span>{" "}
            <span className="text-faint max-sm:hidden">{day.slice(0, 4)}</span>
          </>
        }
        nav={<DayNav edition={edition} />}
        facts={<EditionFacts day={day} tag={tag} papers={papers.length} />}
        tools={
          <>
            <DateField day={day} />
            {!isEmpty && <ViewForm {...(papers.length > 1 ? { order: edition.order } : {})} />}
          </>
        }
      >
        <DayStrip day={day} dayCounts={edition.dayCounts} />
      </Masthead>
      {tag && (
        <p className="mt-3">
          <Chip label={tag} href={`/papers/date/${day}`} title="Show the whole edition" />
        </p>
      )}
      {isStale && <StaleNote newest={day} />}
      {!isEmpty && !isSample && <DayStateNote day={day} state={edition.state} />}
      {isSample && <SampleNote />}
      {isEmpty && <EmptyDay edition={edition} />}
      <div id="papers" data-mutes>
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
      {!isEmpty && <EditionEnd edition={edition} ids={papers.map(({ id }) => id)} />}
      {!isSample && <SubscribeBox q={tag ? toText({ tag: [tag] }) : ""} />}
    </Columns>
  );
}

function EditionFacts({ day, tag, papers }: { day: string; tag: string | null; papers: number }) {
  return (
    <>
      {/* `/me.css` replaces the number with the reader's progress, and adds how many papers are new. */}
      <span data-progress className="tabular-nums">
        <span>{papers === 0 ? "No papers" : formatPapers(papers)}</span>
      </span>
      {papers > 0 && <span data-new className="text-new tabular-nums print:hidden" />}
      <span className="max-sm:hidden print:hidden">
        {[
          { name: "week", href: `/papers/week/${toWeek(day)}` },
          { name: "month", href: `/papers/month/${day.slice(0, 7)}` },
          ...(papers > 0 ? [{ name: "feed", href: listPath(tag ? { tag: [tag] } : {}, "/feeds") }] : []),
        ].map(({ name, href }) => (
          <span key={name}>
            {" · "}
            <a href={href} className={factLink}>
              {name}
            </a>
          </span>
        ))}
      </span>
    </>
  );
}

/** A short name such as `Tue 9` for a nearby day, or else the full date. */
function nameFrom(day: string, other: string): string {
  const near = Math.abs(toEpochDay(day) - toEpochDay(other)) <= 14;
  return formatDay(other, near ? "EEE d" : "d MMM yyyy");
}

function DayNav({ edition: { day, previous, next } }: { edition: Edition }) {
  const link = "inline-block shrink-0 px-1.5 py-1 text-soft whitespace-nowrap";
  return (
    <nav aria-label="Editions" className="-mr-1.5 flex shrink-0 gap-x-2 print:hidden">
      {previous && (
        <a rel="prev" href={`/papers/date/${previous}`} className={link}>
          ‹ <span className="sr-only">Previous edition: </span>
          <span className="max-sm:sr-only">{nameFrom(day, previous)}</span>
        </a>
      )}
      {next && (
        <a rel="next" href={`/papers/date/${next}`} className={link}>
          <span className="sr-only">Next edition: </span>
          <span className="max-sm:sr-only">{nameFrom(day, next)}</span> ›
        </a>
      )}
    </nav>
  );
}

function SampleNote() {
  return (
    <div role="note" className="mt-4 border-edge border-l-2 pl-3 text-pretty">
      <strong className="font-semibold">This is a sample edition.</strong> Its papers are made up. Papers from
      Hugging Face replace it. <RefreshButton name="Fetch papers" inText />, or in a terminal run{" "}
      <code className="whitespace-nowrap">npm run scrape</code>.
    </div>
  );
}

function SectionHead({ format, count }: { format: string; count: number }) {
  return (
    <header className="mt-10 border-ink border-b-2 pb-2">
      <h2 id={`from-${format}`} className="font-display text-2xl">
        {factsOf(format).heading}
      </h2>
      <p className="text-soft">
        {count === 1 ? "1 more paper" : `${count} more papers`} not listed above.
        {format === "text" && " A text copy may be of a search."}
      </p>
    </header>
  );
}

function EmptyDay({ edition: { day, state, previous, next, tag } }: { edition: Edition }) {
  if (tag) return <p className="mt-8 font-text text-lg">No paper of this day has this tag.</p>;
  return (
    <div className="mt-8 max-w-measure font-text text-lg">
      <p>{emptyReason(day, state)}</p>
      {isWorthFetching(day, state) && (
        <div className="mt-3 grid justify-items-start gap-3">
          <RefreshButton name="Fetch this day" day={day} />
          <p>
            Or in a terminal: <code>npm run scrape -- --date {day}</code>
          </p>
        </div>
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
