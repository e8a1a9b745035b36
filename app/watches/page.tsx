import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { factLink } from "@/components/masthead";
import { explainFilter } from "@/lib/papers/describe";
import { filterOf } from "@/lib/papers/filter";
import { currentReader } from "@/lib/readers/current-reader";
import { watchState } from "@/lib/readers/watch-state";
import { listWatches, type Watch } from "@/lib/readers/watches";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Watches",
  description: "Searches that you follow, and what is new in each.",
};

export default async function WatchesPage() {
  const watches = await listWatches(currentReader());
  return (
    <Frame own>
      <div className="max-w-column">
        <header className="border-ink border-b-2 pt-4 pb-3">
          <h1
            id="title"
            tabIndex={-1}
            className="scroll-mt-20 font-display text-3xl outline-none sm:text-4xl"
          >
            Watches
          </h1>
          <p className="mt-1 max-w-measure text-soft text-pretty">
            A watch follows a search, an author, an organization or a tag. Editions mark the papers that
            match, or fold them if the watch mutes.
          </p>
        </header>
        <ul>
          {watches.map((watch) => (
            <Row key={watch.id} watch={watch} />
          ))}
        </ul>
        <form action="/watches/edit" className="mt-6 flex max-w-measure flex-wrap gap-2">
          <input
            name="q"
            required
            maxLength={500}
            aria-label="What to watch for"
            placeholder="What to watch for"
            autoComplete="off"
            className="min-w-0 grow basis-52 rounded-md border border-edge bg-raised px-3 py-1.5 text-ink placeholder:text-faint"
          />
          <button type="submit" className="rounded-md border border-edge px-4 py-1.5 hover:border-ink">
            Preview
          </button>
        </form>
        <p className="mt-2 max-w-measure text-faint text-xs">
          Written like a search, such as <code>title:agents -survey</code>.{" "}
          <a href="/help#searching" className="underline decoration-edge underline-offset-3">
            How to search
          </a>
        </p>
      </div>
    </Frame>
  );
}

function Row({ watch: { id, name, q, mutes, fresh, isMore } }: { watch: Watch }) {
  return (
    <li
      data-row
      className="flex flex-wrap items-baseline justify-between gap-x-6 border-rule border-b py-2.5"
    >
      <div className="min-w-0 grow basis-64">
        <form method="post" action="/watches/open" className="inline">
          <button
            type="submit"
            name="id"
            value={id}
            className="line-clamp-2 py-0.5 text-left font-display text-xl/6 wrap-anywhere hover:underline hover:decoration-1 hover:decoration-edge hover:underline-offset-4"
          >
            {name}
          </button>
        </form>{" "}
        {fresh > 0 && (
          <span className="ml-1 whitespace-nowrap text-new tabular-nums">
            {fresh.toLocaleString("en")}
            {isMore && "+"} new
          </span>
        )}
        <p className="text-fact text-soft wrap-anywhere">
          {mutes && "Muted. "}
          {explainFilter(filterOf({ q, sort: "newest" }))}
        </p>
      </div>
      <div className="flex gap-4 text-fact text-soft">
        <a
          href={watchState.href("/watches/edit", { id, name, q, mutes })}
          aria-label={`Edit ${name}`}
          className={factLink}
        >
          edit
        </a>
        <form method="post" action="/watches/save">
          <button type="submit" name="delete" value={id} aria-label={`Delete ${name}`} className={factLink}>
            delete
          </button>
        </form>
      </div>
    </li>
  );
}
