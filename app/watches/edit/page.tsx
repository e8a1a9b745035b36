import type { Metadata } from "next";
import { framed } from "@/components/add-form";
import { Frame } from "@/components/frame";
import { Notes } from "@/components/notes";
import { PaperList } from "@/components/paper-list";
import { describeFilter } from "@/lib/papers/describe";
import { filterOf, listPath } from "@/lib/papers/filter";
import { toNotes } from "@/lib/papers/filter-notes";
import { readText } from "@/lib/papers/query";
import { currentReader } from "@/lib/readers/current-reader";
import { previewDays, previewWatch, type WatchPreview } from "@/lib/readers/watch-preview";
import { watchState } from "@/lib/readers/watch-state";
import { maxWatches } from "@/lib/readers/watches";
import { formatPapers } from "@/lib/words/paper-counts";

export const metadata: Metadata = {
  title: "Watch a search",
  description: "What a watch would have matched in the last 30 days.",
};

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const problems = {
  empty: "Nothing to watch for. Type words, a name or a tag.",
  name: "Another watch has this name. Choose another one.",
  many: `There are ${maxWatches} watches, and each takes time at every import. Delete one first.`,
  gone: "This watch was deleted. Save it as a new one.",
};
const field = "w-full rounded-md border border-edge bg-raised px-3 py-1.5 text-ink placeholder:text-faint";

/** The form of a watch, and below it what the watch would have matched. */
export default async function EditWatchPage({ searchParams }: Props) {
  const { state, problems: unread } = watchState.parse(await searchParams);
  const { name, mutes } = state;
  const { q } = filterOf({ q: state.q });
  const isEmpty = readText(q).parts.length === 0;
  const problem = state.q !== "" && isEmpty ? "empty" : state.problem;
  const id = problem === "gone" ? null : state.id;
  const preview = isEmpty ? null : await previewWatch(currentReader(), q);
  return (
    <Frame own marks={preview ? { ids: preview.papers.map((paper) => paper.id) } : null}>
      <div className="max-w-column">
        <header className="border-ink border-b-2 pt-4 pb-3">
          <h1 className="font-display text-3xl sm:text-4xl">
            {id === null ? "Watch a search" : "Edit a watch"}
          </h1>
          <Notes lines={toNotes(unread)} />
        </header>
        {problem && (
          <p id="problem" role="alert" tabIndex={-1} className="mt-5 border-edge border-l-2 pl-3">
            {problems[problem]}
          </p>
        )}
        <form method="post" action="/watches/save" className="mt-5 grid max-w-measure gap-4">
          {id !== null && <input type="hidden" name="id" value={id} />}
          <label className="grid gap-1">
            Search
            <input name="q" required maxLength={500} defaultValue={q} autoComplete="off" className={field} />
          </label>
          <label className="grid gap-1">
            Name
            <input
              name="name"
              maxLength={200}
              defaultValue={name}
              placeholder={q || "The search itself"}
              autoComplete="off"
              className={field}
            />
          </label>
          <label className="flex items-baseline gap-2">
            <input type="checkbox" name="mutes" value="true" defaultChecked={mutes} className="accent-ink" />
            <span>
              Mute: <span className="text-soft">fold these papers to their titles in editions</span>
            </span>
          </label>
          <div className="flex flex-wrap gap-3">
            <button type="submit" className={framed}>
              Save
            </button>
            <button type="submit" formMethod="get" formAction="/watches/edit" className={framed}>
              Preview
            </button>
          </div>
        </form>
        {preview && <Preview q={q} preview={preview} />}
      </div>
    </Frame>
  );
}

function Preview({ q, preview: { recent, ever, papers } }: { q: string; preview: WatchPreview }) {
  return (
    <section aria-labelledby="preview" className="mt-8">
      <h2 id="preview" className="border-rule border-b pb-1.5 font-semibold">
        {recent === 0 ? "No papers" : toCount(recent)} in the last {previewDays} days
      </h2>
      <p className="mt-2 text-soft">
        {ever === 0 ? (
          "No paper in Broadsheet matches."
        ) : (
          <>
            {toCount(ever)} in all of Broadsheet match{ever === 1 && "es"}:{" "}
            <a
              href={listPath({ q, sort: "newest" })}
              className="underline decoration-edge underline-offset-3 wrap-anywhere"
            >
              {describeFilter(filterOf({ q }))}
            </a>
            .
          </>
        )}
      </p>
      <PaperList papers={papers} dated />
    </section>
  );
}

const toCount = (papers: number) => (papers < 1000 ? formatPapers(papers) : "1,000 papers or more");
