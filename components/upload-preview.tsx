import { type Day, firstHubDay, toDay } from "@/lib/days";
import { factsOf } from "@/lib/formats";
import { maxFetched } from "@/lib/uploads/limits";
import type { Preview } from "@/lib/uploads/preview";
import { count } from "@/lib/words/count";
import { paperPath } from "@/lib/words/paper-path";
import { framed } from "./add-form";
import { CutList } from "./cut-list";
import { describeBrought, describePlan } from "./describe-upload";
import { TexText } from "./tex-text";

type Props = {
  token: string;
  name: string | null;
  preview: Preview;
  /** The day that the reader chose. */
  day: Day | null;
};

const underlined = "underline decoration-edge underline-offset-3";
const shownAuthors = 3;

/** What an upload would add, before the button that does it. */
export function UploadPreview({ token, name, preview, day }: Props) {
  const { format, fresh, here, idsOnly, rejected, own, entriesWithNotes } = preview;
  const papers = fresh.total + here.total + idsOnly.total;
  return (
    <>
      <p className="mt-4 text-soft wrap-anywhere">
        {name ?? "Pasted text"} · {factsOf(format).name} · {count(preview.entries, "entry", "entries")}
      </p>
      <div className="mt-3 grid max-w-measure gap-2 font-text text-lg text-pretty wrap-anywhere">
        {papers === 0 ? (
          <p>None of the entries can be added. Below is why.</p>
        ) : (
          describePlan(preview).map((line) => <p key={line}>{line}</p>)
        )}
        {describeBrought(preview.brought).map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <DayForm token={token} preview={preview} day={day} />
      <form method="post" action="/add/save" className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-3">
        <input type="hidden" name="upload" value={token} />
        {day && <input type="hidden" name="day" value={day} />}
        {own < papers && (
          <label className="flex w-full items-center gap-2.5">
            <input type="checkbox" name="bookmark" className="size-4 accent-ink" />
            {own === 0 ? "Bookmark these papers" : "Bookmark all of them"}
          </label>
        )}
        {papers > 0 && (
          <button type="submit" className={framed}>
            Add {count(papers, "paper")}
          </button>
        )}
        <a href="/add" className={`py-1.5 text-soft ${underlined}`}>
          Start over
        </a>
      </form>
      <CutList title="New" list={fresh}>
        {({ title, authors }) => (
          <>
            <TexText text={title} />
            {authors.length > 0 && (
              <span className="block text-soft text-xs">
                {authors.slice(0, shownAuthors).join(", ")}
                {authors.length > shownAuthors && ` +${authors.length - shownAuthors}`}
              </span>
            )}
          </>
        )}
      </CutList>
      <CutList
        title="Known only by an id"
        list={idsOnly}
        note={
          idsOnly.total > maxFetched
            ? `Not in Broadsheet yet. The first ${maxFetched} are fetched from arXiv; add the others again later.`
            : "Not in Broadsheet yet. They are fetched from arXiv, if it answers."
        }
      >
        {(id) => (
          <a href={paperPath(id)} className={underlined}>
            {id}
          </a>
        )}
      </CutList>
      <CutList title="Already here" list={here}>
        {({ id, title }) => (
          <a href={paperPath(id)} className={underlined}>
            <TexText text={title} />
          </a>
        )}
      </CutList>
      <CutList title="Cannot be read" list={rejected}>
        {({ entry, reason, excerpt }) => (
          <>
            <span className="tabular-nums">Entry {entry.toLocaleString("en")}:</span> {reason}
            <code className="block text-faint text-xs">{excerpt}</code>
          </>
        )}
      </CutList>
      {entriesWithNotes > 0 && (
        <p className="mt-3 text-soft">
          {count(entriesWithNotes, "entry has", "entries have")} a field that makes no sense. The rest of{" "}
          {entriesWithNotes === 1 ? "it" : "them"} is used.
        </p>
      )}
    </>
  );
}

/** The day of an edition that does not say it in full. */
function DayForm({ token, preview, day }: Pick<Props, "token" | "preview" | "day">) {
  const { format, kind, listedOn, listedOnInferred } = preview;
  if (kind !== "day" || format === "jsonl" || (listedOn !== null && !listedOnInferred && day === null))
    return null;
  return (
    <form action="/add#title" className="mt-3 flex flex-wrap items-center gap-2">
      <input type="hidden" name="upload" value={token} />
      <label className="flex flex-wrap items-center gap-2">
        Day of this edition
        <input
          type="date"
          name="day"
          required
          min={firstHubDay}
          max={toDay(new Date())}
          defaultValue={day ?? listedOn ?? undefined}
          className="rounded-md border border-edge bg-raised px-2 py-1"
        />
      </label>
      <button type="submit" className="rounded-md border border-edge px-3 py-1 hover:border-ink">
        Use this day
      </button>
    </form>
  );
}
