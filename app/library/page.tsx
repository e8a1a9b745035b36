import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { Message } from "@/components/message";
import { Pager } from "@/components/pager";
import { PaperList } from "@/components/paper-list";
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
  const { total, papers, limit } = await listBookmarks(currentReader(), page);
  if (total === 0) {
    return (
      <Frame own place="library">
        <Message title="Your library is empty">
          <p>
            Bookmark a paper to save it here. Start with the <a href="/">latest edition</a>.
          </p>
        </Message>
      </Frame>
    );
  }
  const pages = Math.ceil(total / limit);
  return (
    <Frame own place="library" skipTo="papers" marks={{ ids: papers.map((paper) => paper.id) }}>
      <div className="mx-auto max-w-column">
        <header className="border-ink border-b-2 pt-8 pb-4 sm:ml-14">
          <h1 className="font-display text-5xl">Library</h1>
          <p className="mt-2 text-soft">
            {/* Updated by the island (components/browser/counts.ts). */}
            <span data-bookmarks={total}>{formatPapers(total)}</span>, newest first ·{" "}
            <a
              href="/papers?bookmarked=true"
              className="underline decoration-edge underline-offset-3 print:hidden"
            >
              search and filter
            </a>
          </p>
        </header>
        <div id="papers" data-before={(page - 1) * limit} data-of={total}>
          <h2 className="sr-only">Papers</h2>
          <PaperList papers={papers} />
          {papers.length === 0 && (
            <p className="mt-8 sm:ml-14">
              Page {page} does not exist. The last page is {pages}.
            </p>
          )}
          <Pager page={page} pages={pages} href={(to) => filterState.href("/library", { page: to })} />
        </div>
      </div>
    </Frame>
  );
}
