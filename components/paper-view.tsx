import { formatDay } from "@/lib/days";
import type { PaperPage } from "@/lib/papers/find";
import { paperPath } from "@/lib/papers/links";
import { toPlain } from "@/lib/tex/split";
import { formatAuthorCount } from "./authors";
import { BookmarkButtons, SeenButtons } from "./mark-buttons";
import { type FieldProvenance, PaperFacts } from "./paper-facts";
import { PaperLinks } from "./paper-links";
import { TexText } from "./tex-text";

const authorsShown = 20;

/** Everything known about one paper. The island changes the links to its neighbors (components/browser/list-context.ts). */
export function PaperView({ page, provenance }: { page: PaperPage; provenance: FieldProvenance }) {
  const { paper, previous, next, at } = page;
  return (
    <article id={`p-${paper.id}`} className="max-w-4xl">
      <header className="border-ink border-b-2 pt-8 pb-5">
        <p className="flex gap-x-5 text-soft print:hidden">
          {paper.listedOn && at ? (
            <a
              data-list
              href={`/papers/date/${paper.listedOn}#p-${paper.id}`}
              className="inline-block py-1 wrap-anywhere"
            >
              ‹ {formatDay(paper.listedOn)}
            </a>
          ) : (
            <a data-list href="/papers" className="inline-block py-1 wrap-anywhere">
              ‹ All papers
            </a>
          )}
          <span data-place className="py-1 text-faint tabular-nums whitespace-nowrap">
            {at && `${at.place} of ${at.total}`}
          </span>
        </p>
        <h1
          dir="auto"
          className="mt-3 max-w-[30ch] font-display text-4xl text-balance wrap-anywhere sm:text-5xl"
        >
          <TexText text={paper.title} named />
        </h1>
        {paper.withdrawn && (
          <p role="note" className="mt-3 border-ink border-l-2 pl-3">
            This paper has been withdrawn.
          </p>
        )}
        <Authors authors={paper.authors} count={paper.authorCount} />
        <div className="mt-5 flex flex-wrap gap-2 print:hidden">
          <form method="post" action="/bookmarks" className="flex flex-wrap gap-2">
            <BookmarkButtons id={paper.id} title={toPlain(paper.title)} labeled />
            <SeenButtons id={paper.id} title={toPlain(paper.title)} labeled />
          </form>
          <PaperLinks paper={paper} />
        </div>
        {page.entries.some((entry) => entry.sample) && (
          <p role="note" className="mt-3 border-ink border-l-2 pl-3">
            This paper is made up: it belongs to the sample edition.
          </p>
        )}
      </header>
      <div className="mt-7 grid gap-x-14 gap-y-10 md:grid-cols-[minmax(0,1fr)_15rem]">
        <div>
          <h2 className="sr-only">Abstract</h2>
          {paper.abstract === null ? (
            <p className="font-text text-lg text-soft">No abstract available.</p>
          ) : (
            <div className="grid max-w-measure gap-4 font-text text-xl text-pretty wrap-anywhere">
              {paper.abstract.split(/\n\s*\n/).map((paragraph) => (
                // arXiv wraps lines at 80 columns: a single line break is not a paragraph.
                <p key={paragraph} dir="auto">
                  <TexText text={paragraph} display />
                </p>
              ))}
            </div>
          )}
          {paper.summary && (
            <aside className="mt-8 max-w-measure border-rule border-t pt-4">
              <h2 className="text-faint text-xs">AI summary from Hugging Face</h2>
              <p dir="auto" className="mt-1 text-soft">
                <TexText text={paper.summary.text} />
              </p>
            </aside>
          )}
        </div>
        <PaperFacts page={page} provenance={provenance} />
      </div>
      <nav
        data-neighbours
        aria-label="Previous and next paper"
        className="mt-12 grid min-h-16 gap-x-8 gap-y-4 border-rule border-t pt-4 sm:grid-cols-2 print:hidden"
      >
        <NeighborLink rel="prev" label="‹ Previous" to={previous} />
        <NeighborLink rel="next" label="Next ›" to={next} />
      </nav>
    </article>
  );
}

type NeighborProps = { rel: "prev" | "next"; label: string; to: PaperPage["next"] };

function NeighborLink({ rel, label, to }: NeighborProps) {
  return (
    <a
      rel={rel}
      href={to ? paperPath(to.id) : "/"}
      hidden={!to}
      className={rel === "next" ? "sm:col-start-2 sm:text-right" : undefined}
    >
      <span className="block text-faint text-xs">{label}</span>
      <span data-title dir="auto" className="line-clamp-2 font-display text-lg/6 wrap-anywhere">
        {to && <TexText text={to.title} named />}
      </span>
    </a>
  );
}

function Authors({ authors, count }: { authors: string[]; count: number | null }) {
  const hidden = (count ?? 0) - authors.length;
  if (authors.length === 0)
    return (
      <p className="mt-3 text-soft">
        {count === null ? "Authors unknown" : `${formatAuthorCount(count)}, names unknown`}
      </p>
    );
  const rest = authors.slice(authorsShown);
  return (
    <div className="mt-4 max-w-2xl text-soft wrap-anywhere">
      <p>
        {authors.slice(0, authorsShown).join(", ")}
        {hidden > 0 && rest.length === 0 && ` and ${hidden.toLocaleString("en")} unnamed`}
      </p>
      {rest.length > 0 && (
        <details className="mt-1">
          <summary className="w-fit py-1 text-ink">and {rest.length.toLocaleString("en")} more</summary>
          <p>{rest.join(", ")}</p>
        </details>
      )}
    </div>
  );
}
