import { formatDistanceToNow } from "date-fns";
import type { Metadata } from "next";
import { Columns } from "@/components/columns";
import { Frame } from "@/components/frame";
import { factLink, Masthead } from "@/components/masthead";
import { Message } from "@/components/message";
import { Pager } from "@/components/pager";
import { PaperList } from "@/components/paper-list";
import { ViewForm } from "@/components/view-form";
import { filterState } from "@/lib/papers/filter";
import { listBookmarks } from "@/lib/readers/bookmarks";
import { currentReader } from "@/lib/readers/current-reader";
import { formatPapers } from "@/lib/words/paper-counts";

export const metadata: Metadata = {
  title: "Library",
  description: "Your bookmarks, newest first.",
};

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LibraryPage({ searchParams }: Props) {
  const { page } = filterState.parse(await searchParams).state;
  const { total, papers, limit, bookmarkedAt } = await listBookmarks(currentReader(), page);
  if (total === 0) {
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
  const pages = Math.ceil(total / limit);
  const notes = new Map(
    bookmarkedAt.map((at, index) => [
      papers[index]?.id ?? "",
      `bookmarked ${formatDistanceToNow(at, { addSuffix: true })}`,
    ]),
  );
  return (
    <Frame
      own
      place="library"
      searchesLibrary
      skipTo="papers"
      marks={{ ids: papers.map((paper) => paper.id) }}
    >
      <Columns>
        <Masthead
          title="Library"
          facts={
            <>
              {/* Updated by the island (components/browser/counts.ts). */}
              <span data-bookmarks={total}>{formatPapers(total)}</span>, newest first ·{" "}
              <a href="/papers?bookmarked=true" className={factLink}>
                search and filter
              </a>
              {" · "}
              <a href={filterState.href("/export", { q: "is:bookmarked" })} className={factLink}>
                export
              </a>
              {" · "}
              <a href="/add" className={factLink}>
                add papers
              </a>
            </>
          }
          tools={<ViewForm />}
        />
        <div id="papers" data-before={(page - 1) * limit} data-of={total}>
          <h2 className="sr-only">Papers</h2>
          <PaperList papers={papers} notes={notes} dated />
          {papers.length === 0 && (
            <p className="mt-8">
              Page {page} does not exist. The last page is {pages}.
            </p>
          )}
          <Pager page={page} pages={pages} href={(to) => filterState.href("/library", { page: to })} />
        </div>
      </Columns>
    </Frame>
  );
}
