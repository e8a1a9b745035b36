import { formatDistanceToNow } from "date-fns";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Chip } from "@/components/chip";
import { Columns, SidePart, SideRow } from "@/components/columns";
import { Frame } from "@/components/frame";
import { LibraryEdit } from "@/components/library-edit";
import { factLink, Masthead } from "@/components/masthead";
import { Message } from "@/components/message";
import { Notes } from "@/components/notes";
import { PaperList } from "@/components/paper-list";
import { ViewForm } from "@/components/view-form";
import type { Bookmark } from "@/lib/cite/cite-item";
import { toConditions } from "@/lib/papers/describe";
import { type Filter, filterState, qualify, readFilter, withCondition } from "@/lib/papers/filter";
import { toNotes } from "@/lib/papers/filter-notes";
import { currentReader } from "@/lib/readers/current-reader";
import { listLibrary } from "@/lib/readers/library";
import { countLibrary, type LibraryCounts } from "@/lib/readers/library-counts";
import { formatPapers } from "@/lib/words/paper-counts";
import { readingStates, stateNames } from "@/lib/words/reading-states";

export const metadata: Metadata = {
  title: "Library",
  description: "Your bookmarks, lists and notes.",
};

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const linkTo = (q: string, sort: Filter["sort"] = null) => filterState.href("/library", { q, sort });
const orders = { bookmarked: "Bookmarked", newest: "Newest", upvotes: "Most upvotes" } as const;

export default async function LibraryPage({ searchParams }: Props) {
  const params = await searchParams;
  const { filter, problems } = readFilter(params);
  const after = [params.after].flat()[0];
  const reader = currentReader();
  const counts = await countLibrary(reader);
  if (counts.bookmarks === 0) {
    return (
      <Frame own place="library" searchesLibrary>
        <Message title="Your library is empty">
          <p>
            Bookmark a paper to save it here. Start with the <a href="/">latest edition</a>.
          </p>
          <p>
            Or <a href="/add">add the papers</a> of Zotero, another program or your browser.
          </p>
        </Message>
      </Frame>
    );
  }
  const { total, papers, order, next } = await listLibrary(reader, filter, after);
  const notes = new Map(papers.map(({ paper, bookmark }) => [paper.id, toNote(bookmark)]));
  const exported = withCondition(filter.q, "is:bookmarked");
  return (
    <Frame
      own
      place="library"
      searchesLibrary
      filter={filter}
      skipTo="papers"
      marks={{ ids: papers.map(({ paper }) => paper.id) }}
    >
      <Columns aside={<Sections counts={counts} filter={filter} />}>
        <Masthead
          title="Library"
          facts={
            <>
              {/* Updated by the island (components/browser/counts.ts). */}
              <span {...(filter.q === "" ? { "data-bookmarks": total } : {})}>{formatPapers(total)}</span>
              {" · "}
              <a href={filterState.href("/papers", { q: exported })} className={factLink}>
                search and filter
              </a>
              {" · "}
              <a href={filterState.href("/export", { q: exported })} className={factLink}>
                export
              </a>
              {" · "}
              <a href="/add" className={factLink}>
                add papers
              </a>
              <span className="wide:hidden">
                {" · "}
                <a href="#sections" className={factLink}>
                  lists
                </a>
              </span>
            </>
          }
          tools={
            <>
              <nav
                aria-label="Order"
                className="flex flex-wrap gap-x-4 max-sm:order-1 max-sm:basis-full text-soft print:hidden"
              >
                {(["bookmarked", "newest", "upvotes"] as const).map((one) => (
                  <a
                    key={one}
                    href={linkTo(filter.q, one === "bookmarked" ? null : one)}
                    aria-current={one === order ? "true" : undefined}
                    className="py-1 aria-[current=true]:text-ink aria-[current=true]:underline aria-[current=true]:decoration-2 aria-[current=true]:underline-offset-6"
                  >
                    {orders[one]}
                  </a>
                ))}
              </nav>
              <LibraryEdit ids={papers.map(({ paper }) => paper.id)} q={filter.q} counts={counts} />
              <ViewForm />
            </>
          }
        >
          {filter.q !== "" && (
            <ul aria-label="Filters" className="mt-2 flex flex-wrap gap-2 print:hidden">
              {toConditions(filter).map(({ label, without }) => (
                <li key={without.q + label}>
                  <Chip label={label} href={linkTo(without.q, filter.sort)} />
                </li>
              ))}
            </ul>
          )}
          <Notes
            lines={[
              ...(params.problem === "name"
                ? ["Nothing was changed: the list or tag is gone, or another list has this name."]
                : []),
              ...toNotes(problems),
            ]}
          />
        </Masthead>
        <div id="papers" data-before={0} data-of={total}>
          <h2 className="sr-only">Papers</h2>
          <PaperList papers={papers.map(({ paper }) => paper)} notes={notes} dated />
          {papers.length === 0 && (
            <p className="mt-8">
              Nothing here.{" "}
              <a href="/library" className="underline decoration-edge underline-offset-4">
                Show the whole library
              </a>
              .
            </p>
          )}
          {(after || next) && (
            <nav aria-label="Pages" className="mt-8 flex gap-6 print:hidden">
              {after && (
                <a href={linkTo(filter.q, filter.sort)} className="py-1.5">
                  ‹ First page
                </a>
              )}
              {next && (
                <a rel="next" href={withAfter(linkTo(filter.q, filter.sort), next)} className="py-1.5">
                  Next ›
                </a>
              )}
            </nav>
          )}
        </div>
      </Columns>
    </Frame>
  );
}

const withAfter = (path: string, after: string) => `${path}${path.includes("?") ? "&" : "?"}after=${after}`;

/** `bookmarked 2 days ago`. Its state is in `/me.css`. */
const toNote = ({ at }: Bookmark) => `bookmarked ${formatDistanceToNow(new Date(at), { addSuffix: true })}`;

const shownRows = 30;

/** The first rows, and the others behind a click. */
function Cut({ rows }: { rows: ReactNode[] }) {
  const more = rows.slice(shownRows);
  return (
    <>
      <ul>{rows.slice(0, shownRows)}</ul>
      {more.length > 0 && (
        <details>
          <summary className="py-1 text-fact text-soft hover:text-ink">{more.length} more</summary>
          <ul>{more}</ul>
        </details>
      )}
    </>
  );
}

/** The parts of a library, each with its number of papers. */
function Sections({ counts, filter }: { counts: LibraryCounts; filter: Filter }) {
  const row = (q: string, name: string, count: number) => (
    <SideRow key={q} href={linkTo(q)} count={count.toLocaleString("en")} current={q === filter.q}>
      {name}
    </SideRow>
  );
  return (
    <nav id="sections" aria-label="Library" className="grid content-start gap-7">
      <SidePart title="States">
        <ul>
          {row("", "All", counts.bookmarks)}
          {readingStates.map((state) => row(`is:${state}`, stateNames[state], counts.states[state]))}
          {counts.notes > 0 && row("has:note", "With a note", counts.notes)}
        </ul>
      </SidePart>
      {counts.lists.length > 0 && (
        <SidePart title="Lists">
          <Cut rows={counts.lists.map(({ name, papers }) => row(qualify("list", name), name, papers))} />
        </SidePart>
      )}
      {counts.tags.length > 0 && (
        <SidePart title="Your tags">
          <Cut rows={counts.tags.map(({ name, papers }) => row(qualify("tag", name), name, papers))} />
        </SidePart>
      )}
    </nav>
  );
}
