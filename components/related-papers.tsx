import { formatDay } from "@/lib/days";
import type { AuthorsPaper } from "@/lib/papers/by-authors";
import { orderRelated, type RelatedOrder, type RelatedPaper, relatedState } from "@/lib/papers/related";
import { formatShort } from "@/lib/words/count";
import { paperPath } from "@/lib/words/paper-path";
import { TexText } from "./tex-text";

const orders = { nearest: "Nearest", newest: "Newest", upvotes: "Most upvotes" } as const;

type Props = { id: string; related: RelatedPaper[]; order: RelatedOrder; byAuthors: AuthorsPaper[] };

/** The papers nearest to a paper with the terms that tie them, and beside them others by its authors. */
export function RelatedPapers({ id, related, order, byAuthors }: Props) {
  if (related.length === 0 && byAuthors.length === 0) return null;
  return (
    <div className="mt-12 grid items-start gap-x-14 gap-y-10 lg:grid-cols-[minmax(0,1fr)_14rem] print:hidden">
      {related.length > 0 && (
        <section id="related" aria-labelledby="related-title" className="min-w-0">
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 border-rule border-b pb-1">
            <h2 id="related-title" className="font-display text-2xl">
              Related papers
            </h2>
            {related.length > 1 && <Orders id={id} order={order} />}
          </div>
          <ol>
            {orderRelated(related, order).map((paper) => (
              <li key={paper.id} className="border-rule border-b py-2.5">
                {/* Not a heading: an article with an h3 is a card of a list, to the script of the pages. */}
                <p dir="auto" className="line-clamp-3 font-display text-lg/6 text-pretty wrap-anywhere">
                  <a href={paperPath(paper.id)} className="hover:underline">
                    <TexText text={paper.title} named />
                  </a>
                </p>
                <p className="mt-0.5 flex flex-wrap gap-x-3.5 text-faint text-fact wrap-anywhere">
                  <Facts paper={paper} />
                  <span dir="auto">
                    <span className="sr-only">Both about </span>
                    {paper.terms.join(", ")}
                  </span>
                </p>
              </li>
            ))}
          </ol>
        </section>
      )}
      {byAuthors.length > 0 && (
        <section aria-labelledby="authors-title">
          <h2 id="authors-title" className="mb-1 font-semibold text-fact">
            Also by these authors
          </h2>
          <ul>
            {byAuthors.map((paper) => (
              <li key={paper.id} className="py-1.5">
                <a
                  href={paperPath(paper.id)}
                  dir="auto"
                  className="line-clamp-4 font-display text-base/5 text-pretty wrap-anywhere hover:underline"
                >
                  <TexText text={paper.title} named />
                </a>
                <p className="mt-0.5 flex flex-wrap gap-x-3 text-faint text-xs wrap-anywhere">
                  <Facts paper={paper} />
                  <span>{paper.author}</span>
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Orders({ id, order }: { id: string; order: RelatedOrder }) {
  return (
    <nav aria-label="Order of related papers" className="flex flex-wrap gap-x-4 text-soft">
      {(["nearest", "newest", "upvotes"] as const).map((related) => (
        <a
          key={related}
          href={`${relatedState.href(paperPath(id), { related })}#related`}
          aria-current={related === order ? "true" : undefined}
          className="py-1 aria-[current=true]:text-ink aria-[current=true]:underline aria-[current=true]:decoration-2 aria-[current=true]:underline-offset-6"
        >
          {orders[related]}
        </a>
      ))}
    </nav>
  );
}

function Facts({ paper: { listedOn, upvotes } }: { paper: Pick<RelatedPaper, "listedOn" | "upvotes"> }) {
  return (
    <>
      {listedOn && (
        <time dateTime={listedOn} className="whitespace-nowrap">
          {formatDay(listedOn, "d MMM yyyy")}
        </time>
      )}
      {upvotes !== null && (
        <span className="whitespace-nowrap tabular-nums">
          <span aria-hidden="true" className="text-[0.85em]">
            ▲{" "}
          </span>
          {formatShort(upvotes)}
          <span className="sr-only">{upvotes === 1 ? " upvote" : " upvotes"}</span>
        </span>
      )}
    </>
  );
}
