import type { ReactNode } from "react";
import { toConditions } from "@/lib/papers/describe";
import { type Filter, filterState, orderOf } from "@/lib/papers/filter";
import type { Facet, Results } from "@/lib/papers/list";
import { formatPapers } from "@/lib/words/paper-counts";
import { FilterForm } from "./filter-form";
import { Pager } from "./pager";
import { PaperList } from "./paper-list";

type Props = { filter: Filter; results: Results; tags: Facet; notes: string[] };

const orders = { relevance: "Best match", newest: "Newest", upvotes: "Most upvotes" } as const;
const linkTo = (filter: Filter) => filterState.href("/papers", filter);

/** The papers of a filter, with its conditions as chips that a click removes, the number of results, and their order. */
export function ResultsView({ filter, results, tags, notes }: Props) {
  const { total, papers, limit } = results;
  const pages = Math.ceil(total / limit);
  const chips = toConditions(filter);
  return (
    <div className="mx-auto max-w-column lg:grid lg:max-w-none lg:grid-cols-[minmax(0,44rem)_14rem] lg:justify-center lg:gap-x-12">
      <div>
        <header className="border-ink border-b-2 pt-8 pb-4 sm:ml-14">
          <h1 className="font-display text-4xl line-clamp-3 text-balance wrap-anywhere sm:text-5xl/12">
            {toHeadline(filter)}
          </h1>
          {chips.length > 0 && (
            <ul aria-label="Filters" className="mt-3 flex flex-wrap gap-2 print:hidden">
              {chips.map(({ label, without }) => (
                <li key={label}>
                  <a
                    href={linkTo({ ...without, page: 1 })}
                    title="Remove this filter"
                    className="flex min-h-7 items-center gap-2 rounded-full border border-edge px-3 wrap-anywhere hover:border-accent"
                  >
                    <span className="sr-only">Remove: </span>
                    {label}
                    <span aria-hidden="true">×</span>
                  </a>
                </li>
              ))}
            </ul>
          )}
          <FilterForm filter={filter} />
          <Notes lines={notes} />
          <div className="mt-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
            <p role="status">
              {formatPapers(total)}
              {total > 0 && (
                <span className="text-soft print:hidden">
                  {" · "}
                  <a
                    href={filterState.href("/feeds/atom.xml", {
                      ...filter,
                      page: 1,
                      limit: filterState.defaults.limit,
                    })}
                    className="underline decoration-edge underline-offset-3"
                  >
                    feed
                  </a>
                  {tags.length > 0 && (
                    <span className="lg:hidden">
                      {" · "}
                      <a href="#tags" className="underline decoration-edge underline-offset-3">
                        tags
                      </a>
                    </span>
                  )}
                </span>
              )}
            </p>
            <nav aria-label="Order" className="flex flex-wrap gap-x-4 text-soft print:hidden">
              {(["relevance", "newest", "upvotes"] as const).map(
                (order) =>
                  (order !== "relevance" || filter.q) && (
                    <a
                      key={order}
                      href={linkTo({
                        ...filter,
                        sort: order === orderOf({ ...filter, sort: null }) ? null : order,
                        page: 1,
                      })}
                      aria-current={order === orderOf(filter) ? "true" : undefined}
                      className="py-1 aria-[current=true]:text-ink aria-[current=true]:underline aria-[current=true]:decoration-accent aria-[current=true]:decoration-2 aria-[current=true]:underline-offset-6"
                    >
                      {orders[order]}
                    </a>
                  ),
              )}
            </nav>
          </div>
        </header>
        <div id="papers" data-before={(filter.page - 1) * filter.limit} data-of={total}>
          <h2 className="sr-only">Results</h2>
          {papers.length > 0 ? <PaperList papers={papers} /> : <Nothing filter={filter} pages={pages} />}
          <Pager page={filter.page} pages={pages} href={(page) => linkTo({ ...filter, page })} />
        </div>
      </div>
      <Tags filter={filter} tags={tags} />
    </div>
  );
}

function toHeadline({ q, bookmarked }: Filter): string {
  if (q !== "") return `Results for ${q}`;
  return bookmarked ? "Your bookmarks" : "All papers";
}

function Notes({ lines }: { lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <div role="status" className="mt-4 border-accent border-l-2 pl-3 text-soft wrap-anywhere">
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function Nothing({ filter, pages }: { filter: Filter; pages: number }) {
  const underlined = "underline decoration-edge underline-offset-4";
  let message: ReactNode;
  if (pages > 0) {
    message = (
      <>
        Page {filter.page.toLocaleString("en")} does not exist. Go to the{" "}
        <a href={linkTo({ ...filter, page: pages })} className={underlined}>
          last page, {pages.toLocaleString("en")}
        </a>
        .
      </>
    );
  } else if (filter.q) {
    message = (
      <>
        No papers match. Try fewer words or filters, or see{" "}
        <a href="/papers" className={underlined}>
          all papers
        </a>
        .
      </>
    );
  } else {
    message = (
      <>
        No papers match. Remove a filter above, or see{" "}
        <a href="/papers" className={underlined}>
          all papers
        </a>
        .
      </>
    );
  }
  return <p className="mt-8 max-w-measure font-text text-lg sm:ml-14">{message}</p>;
}

/** The most common tags of the results: beside the list if there is room, or else after it. */
function Tags({ filter, tags }: { filter: Filter; tags: Facet }) {
  if (tags.length === 0) return null;
  return (
    <nav id="tags" aria-label="Tags" className="mt-12 sm:ml-14 lg:mt-10 lg:ml-0 print:hidden">
      <h2 className="border-rule border-b pb-2 font-semibold text-xs">Tags</h2>
      <ul className="mt-2 max-lg:flex max-lg:flex-wrap max-lg:gap-x-5">
        {tags.map(({ value, count }) => {
          const chosen = filter.tag.includes(value);
          const tag = chosen ? filter.tag.filter((one) => one !== value) : [...filter.tag, value];
          return (
            <li key={value}>
              <a
                href={linkTo({ ...filter, tag, page: 1 })}
                aria-current={chosen ? "true" : undefined}
                className="flex justify-between gap-3 py-1 text-soft hover:text-accent aria-[current=true]:font-semibold aria-[current=true]:text-accent"
              >
                <span className="wrap-anywhere">{value}</span>
                <span className="text-faint tabular-nums">{count.toLocaleString("en")}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
