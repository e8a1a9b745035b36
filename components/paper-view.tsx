import type { ReactNode } from "react";
import { formatDay } from "@/lib/days";
import type { PaperPage } from "@/lib/papers/find";
import { toKeySentence } from "@/lib/papers/key-sentence";
import { authorPath, organizationPath } from "@/lib/papers/links";
import { toPlain } from "@/lib/tex/split";
import { formatAuthorCount } from "@/lib/words/authors";
import { paperPath } from "@/lib/words/paper-path";
import { Figures } from "./figure";
import { BookmarkButtons, SeenButtons } from "./mark-buttons";
import { type FieldProvenance, PaperDetails } from "./paper-details";
import { PaperFacts } from "./paper-facts";
import { PaperLinks } from "./paper-links";
import { ShareButton } from "./share-button";
import { TexText } from "./tex-text";

const authorsShown = 12;

type Props = {
  page: PaperPage;
  provenance: FieldProvenance;
  /** What stands below the paper itself. */
  children?: ReactNode;
};

/** Everything known about one paper. The island changes the links to its neighbors (components/browser/list-context.ts). */
export function PaperView({ page, provenance, children }: Props) {
  const { paper, previous, next, at } = page;
  const key = toKeySentence(paper);
  const title = toPlain(paper.title);
  return (
    <article id={`p-${paper.id}`}>
      <header className="max-w-column border-ink border-b-2 pt-2.5 pb-4 sm:pt-4">
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
          className="mt-1 max-w-[34ch] font-display text-3xl text-balance wrap-anywhere sm:text-4xl"
        >
          <TexText text={paper.title} named />
        </h1>
        {paper.withdrawn && (
          <p role="note" className="mt-3 border-edge border-l-2 pl-3">
            This paper has been withdrawn.
          </p>
        )}
        <Authors page={page} />
        <div className="mt-4 flex flex-wrap gap-2 print:hidden">
          <form method="post" action="/bookmarks" className="flex flex-wrap gap-2">
            <BookmarkButtons id={paper.id} title={title} labeled />
            <SeenButtons id={paper.id} title={title} labeled />
          </form>
          <a
            href={`/library${paperPath(paper.id).slice("/papers".length)}`}
            data-attached
            className="rounded-md border border-edge px-3 py-1.5 hover:border-ink"
          >
            Notes and lists
          </a>
          <a
            href={`/cite${paperPath(paper.id).slice("/papers".length)}`}
            className="rounded-md border border-edge px-3 py-1.5 hover:border-ink"
          >
            Cite
          </a>
          <ShareButton title={title} />
        </div>
        {page.entries.some((entry) => entry.sample) && (
          <p role="note" className="mt-3 border-edge border-l-2 pl-3">
            This paper is made up: it belongs to the sample edition.
          </p>
        )}
      </header>
      <div className="mt-5 grid gap-x-14 gap-y-10 lg:grid-cols-[minmax(0,1fr)_14rem]">
        <div className="min-w-0">
          {key && saysMoreThan(key.text, paper.abstract) && (
            <div className="mb-6 max-w-measure text-lg">
              <p dir="auto" className="font-display text-xl/7 text-pretty wrap-anywhere">
                <TexText text={key.text} />
              </p>
              {key.isAi && <p className="mt-1 text-faint text-xs">AI summary from Hugging Face</p>}
            </div>
          )}
          <h2 className="sr-only">Abstract</h2>
          {paper.abstract === null ? (
            <p className="font-text text-lg text-soft">No abstract available.</p>
          ) : (
            <div className="grid max-w-measure gap-4 font-text text-lg text-pretty wrap-anywhere">
              {paper.abstract.split(/\n\s*\n/).map((paragraph) => (
                // arXiv wraps lines at 80 columns: a single line break is not a paragraph.
                <p key={paragraph} dir="auto">
                  <TexText text={paragraph} display />
                </p>
              ))}
            </div>
          )}
          <Figures figures={page.figures} title={paper.title} />
          <PaperLinks paper={paper} />
        </div>
        <div className="grid content-start gap-6">
          <PaperFacts page={page} />
          <PaperDetails page={page} provenance={provenance} />
        </div>
      </div>
      {children}
      <nav
        data-neighbours
        aria-label="Previous and next paper"
        className="mt-10 grid min-h-16 gap-x-8 gap-y-4 border-rule border-t pt-4 sm:grid-cols-2 print:hidden"
      >
        <NeighborLink rel="prev" label="‹ Previous" to={previous} />
        <NeighborLink rel="next" label="Next ›" to={next} />
      </nav>
    </article>
  );
}

/** An abstract of a sentence or two needs no key sentence above it. */
const saysMoreThan = (key: string, abstract: string | null) =>
  abstract === null || abstract.length > 2 * key.length;

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

/** The authors and the organization, each a link to their papers. */
function Authors({ page: { paper } }: { page: PaperPage }) {
  const { authors, authorCount, organization } = paper;
  const organizationName = organization && (organization.fullName ?? organization.name);
  const hidden = (authorCount ?? 0) - authors.length;
  const rest = authors.slice(authorsShown);
  return (
    <div className="mt-3 max-w-2xl text-soft wrap-anywhere">
      {authors.length === 0 ? (
        <p>{authorCount === null ? "Authors unknown" : `${formatAuthorCount(authorCount)}, names unknown`}</p>
      ) : (
        <p className="leading-6">
          <Names of={authors.slice(0, authorsShown)} />
          {hidden > 0 && rest.length === 0 && ` and ${hidden.toLocaleString("en")} unnamed`}
        </p>
      )}
      {rest.length > 0 && (
        <details>
          <summary className="w-fit py-0.5 text-ink">and {rest.length.toLocaleString("en")} more</summary>
          <p className="leading-6">
            <Names of={rest} />
          </p>
        </details>
      )}
      {organizationName && (
        <p>
          <a
            href={organizationPath(organizationName)}
            className="inline-block py-0.5 text-ink hover:underline"
          >
            {organizationName}
          </a>
        </p>
      )}
    </div>
  );
}

function Names({ of }: { of: string[] }) {
  return of.map((name, index) => (
    // A name may occur twice.
    // biome-ignore lint/suspicious/noArrayIndexKey: the order of authors never changes
    <span key={index}>
      {index > 0 && ", "}
      <a href={authorPath(name)} className="hover:underline">
        {name}
      </a>
    </span>
  ));
}
