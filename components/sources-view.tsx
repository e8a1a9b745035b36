import path from "node:path";
import { formatDistance } from "date-fns/formatDistance";
import { type Day, formatDay, formatMoment } from "@/lib/days";
import { factsOf } from "@/lib/formats";
import type { ShownImport } from "@/lib/imports/history";
import type { RefreshState } from "@/lib/imports/refresh-state";
import { RefreshButton } from "./refresh-button";

const inFull = (day: Day) => formatDay(day, "d MMM yyyy");
const number = (value: number) => value.toLocaleString("en");

type Props = {
  imports: ShownImport[];
  /** The number of imports that found nothing new. */
  quiet: number;
  more: number;
  /** The size of the stored listing files, and its limit. */
  stored: { bytes: number; files: number; maxBytes: number };
  refresh: RefreshState;
  /** A day that was just requested. */
  fetched: Day | null;
  /** A day that was not fetched, because another refresh was running. */
  waiting: Day | null;
};

/** The imports of the last four weeks, each with its counts, its rejected entries and a button to remove it. */
export function SourcesView({ imports, quiet, more, stored, refresh, fetched, waiting }: Props) {
  return (
    <div className="max-w-column">
      <header className="border-ink border-b-2 pt-4 pb-3">
        <h1 className="font-display text-3xl sm:text-4xl">Sources</h1>
        <p className="mt-2 max-w-measure text-soft text-pretty">
          Imports of the last four weeks, newest first. {describeStored(stored)}
        </p>
        <RefreshNow state={refresh} />
        <p className="mt-3 print:hidden">
          <a href="/add" className="underline decoration-edge underline-offset-3">
            Add papers from a file or a copied page
          </a>
        </p>
        {waiting && (
          <div role="status" className="mt-3 border-edge border-l-2 pl-3">
            {inFull(waiting)} was not fetched, because another refresh was running.{" "}
            {!refresh.running && <RefreshButton name="Fetch this day" day={waiting} inText />}
          </div>
        )}
        {fetched && !refresh.running && (
          <p className="mt-3">
            <a href={`/papers/date/${fetched}`} className="underline decoration-edge underline-offset-3">
              Go to {inFull(fetched)}
            </a>
          </p>
        )}
      </header>
      {imports.length === 0 ? (
        <p className="mt-8 font-text text-lg">
          Nothing imported yet. To import papers, refresh,{" "}
          <a href="/add" className="underline decoration-edge underline-offset-3">
            add a file or a copied page
          </a>
          , or in a terminal run <code>npm run scrape</code>.
        </p>
      ) : (
        <ol>
          {imports.map((one) => (
            <ImportItem key={one.id} shown={one} />
          ))}
        </ol>
      )}
      {quiet > 0 && <p className="mt-6 text-soft">{count(quiet, "more import")} found nothing new.</p>}
      {more > 0 && <p className="mt-2 text-soft">{count(more, "earlier import")} not shown.</p>}
    </div>
  );
}

/**
 * While a refresh is running, the island updates the text (components/browser/refreshing.ts). Without a script, the
 * link reloads.
 */
function RefreshNow({ state: { running, startedAt, finishedAt, message, failed } }: { state: RefreshState }) {
  const ago = (instant: Date) => formatDistance(instant, new Date(), { addSuffix: true });
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
      {running && startedAt ? (
        <p role="status" data-refreshing>
          Refreshing: <span data-message>{message ?? "contacting Hugging Face"}</span>.{" "}
          <a href="/sources" className="underline decoration-edge underline-offset-3">
            Check progress
          </a>
        </p>
      ) : (
        <>
          <RefreshButton name="Refresh now" />
          <p className={failed ? "border-edge border-l-2 pl-3 wrap-anywhere" : "text-soft"}>
            {finishedAt ? `Refreshed ${ago(finishedAt)}: ${message}` : "Never refreshed."}
          </p>
        </>
      )}
    </div>
  );
}

function ImportItem({ shown }: { shown: ShownImport }) {
  const { at, source, url, format, period, kind, listed, rejected, error, rejections, listingId } = shown;
  const name = period ?? (url ? (kind ?? source) : path.basename(source));
  return (
    <li className="border-rule border-b py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 className="font-semibold wrap-anywhere">
          {period && kind === "day" ? (
            <a href={`/papers/date/${period}`} className="underline decoration-edge underline-offset-3">
              {name}
            </a>
          ) : (
            name
          )}
          {format && (
            <span className="font-normal text-soft">
              {" "}
              {kind === "day" ? factsOf(format).name : `${factsOf(format).name}, ${kind}`}
            </span>
          )}
        </h2>
        <p className="text-faint text-xs tabular-nums">{formatMoment(at)}</p>
      </div>
      <p className="text-faint text-xs wrap-anywhere">
        {[source !== name && source, listingId !== null && `listing ${listingId}`]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {error && <p className="mt-1 border-edge border-l-2 pl-3 wrap-anywhere">{error}</p>}
      {(listed > 0 || !error) && (
        <p className="mt-1 tabular-nums">
          {number(listed)} listed: {number(shown.new)} new, {number(shown.updated)} updated,{" "}
          {number(shown.unchanged)} unchanged, {number(rejected)} rejected
        </p>
      )}
      {rejections.length > 0 && (
        <details className="mt-1">
          <summary className="w-fit py-1 text-ink">
            {rejected === 1 ? "1 rejected entry" : `${number(rejected)} rejected entries`}
          </summary>
          <ul className="grid gap-2 border-rule border-l py-1 pl-3">
            {rejections.map(({ entry, reason, excerpt }) => (
              <li key={entry} className="wrap-anywhere">
                <span className="tabular-nums">Entry {entry}:</span> {reason}
                <code className="block text-faint text-xs">{excerpt}</code>
              </li>
            ))}
            {rejected > rejections.length && (
              <li className="text-soft">and {number(rejected - rejections.length)} more</li>
            )}
          </ul>
        </details>
      )}
      {listingId !== null && (
        <details className="mt-1 print:hidden">
          <summary className="w-fit py-1 text-soft">Remove</summary>
          <form method="post" action="/sources/forget" className="grid gap-2 border-rule border-l py-1 pl-3">
            <p className="max-w-measure text-pretty">
              Papers found only in this listing are removed with it; bookmarked papers stay. Import it again
              to bring them back.
            </p>
            <button
              type="submit"
              name="listing"
              value={listingId}
              className="w-fit rounded-md border border-edge px-3 py-1.5 hover:border-ink"
            >
              Remove listing {listingId}
            </button>
          </form>
        </details>
      )}
    </li>
  );
}

function describeStored({ bytes, files, maxBytes }: Props["stored"]): string {
  if (maxBytes === 0) return "Listing files are not stored (KEEP_LISTINGS is 0).";
  const mb = (value: number) => `${(value / 2 ** 20).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
  return `The first and latest file of each listing are stored: ${count(files, "file")}, ${mb(bytes)} of ${mb(maxBytes)}.`;
}

function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}
