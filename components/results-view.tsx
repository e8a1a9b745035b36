import type { ReactNode } from "react";
import { toConditions } from "@/lib/papers/describe";
import { type Filter, filterState, orderOf } from "@/lib/papers/filter";
import type { Facet, Results } from "@/lib/papers/list";
import { formatPapers } from "@/lib/words/paper-counts";
import { Chip } from "./chip";
import { Columns, SidePart, SideRow } from "./columns";
import { FilterForm } from "./filter-form";
import { factLink, Masthead } from "./masthead";
import { Notes } from "./notes";
import { Pager } from "./pager";
import { PaperList } from "./paper-list";
import { ViewForm } from "./view-form";

type Props = { filter: Filter; results: Results; tags: Facet; notes: string[] };

const orders = { relevance: "Best match", newest: "Newest", upvotes: "Most upvotes" } as const;
const linkTo = (filter: Filter) => filterState.href("/papers", filter);

/** The papers of a filter, with its conditions as chips that a click removes, the number of results, and their order. */
export function ResultsView({ filter, results, tags, notes }: Props) {
  const { total, unlisted, papers, limit } = results;
  const pages = Math.ceil(total / limit);
  const chips = toConditions(filter);
  return (
    <Columns aside={tags.length > 0 && <Tags filter={filter} tags={tags} />}>
      <Masthead
        title={<span className="line-clamp-3">{toHeadline(filter)}</span>}
        facts={
          <>
            <span role="status">
              {formatPapers(total)}
              {unlisted > 0 && `, ${unlisted.toLocaleString("en")} of them published then, not listed`}
            </span>
            {total > 0 && (
              <span className="print:hidden">
                {" · "}
                <a
                  href={filterState.href("/feeds", {
                    ...filter,
                    page: 1,
                    limit: filterState.defaults.limit,
                  })}
                  className={factLink}
                >
                  feed
                </a>
                {tags.length > 0 && (
                  <span className="wide:hidden">
                    {" · "}
                    <a href="#tags" className={factLink}>
                      tags
                    </a>
                  </span>
                )}
              </span>
            )}
          </>
        }
        tools={
          <>
            <Orders filter={filter} />
            <FilterForm filter={filter} />
            {papers.length > 0 && <ViewForm />}
          </>
        }
      >
        {chips.length > 0 && (
          <ul aria-label="Filters" className="mt-2 flex flex-wrap gap-2 print:hidden">
            {chips.map(({ label, without }) => (
              <li key={label}>
                <Chip label={label} href={linkTo({ ...without, page: 1 })} />
              </li>
            ))}
          </ul>
        )}
        <Notes lines={notes} />
      </Masthead>
      <div id="papers" data-before={(filter.page - 1) * filter.limit} data-of={total}>
        <h2 className="sr-only">Results</h2>
        {papers.length > 0 ? <PaperList papers={papers} dated /> : <Nothing filter={filter} pages={pages} />}
        <Pager page={filter.page} pages={pages} href={(page) => linkTo({ ...filter, page })} />
      </div>
    </Columns>
  );
}

function Orders({ filter }: { filter: Filter }) {
  return (
    <nav
      aria-label="Order"
      className="flex flex-wrap gap-x-4 max-sm:order-1 max-sm:basis-full text-soft print:hidden"
    >
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
              className="py-1 aria-[current=true]:text-ink aria-[current=true]:underline aria-[current=true]:decoration-2 aria-[current=true]:underline-offset-6"
            >
              {orders[order]}
            </a>
          ),
      )}
    </nav>
  );
}

function toHeadline(filter: Filter): string {
  const { q, tag, bookmarked } = filter;
  if (q !== "") return `Results for ${q}`;
  const [only] = tag;
  if (only !== undefined && toConditions(filter).length === 1) return only;
  return bookmarked ? "Your library" : "All papers";
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
  return <p className="mt-8 max-w-measure font-text text-lg">{message}</p>;
}

/** The most common tags of the results. */
function Tags({ filter, tags }: { filter: Filter; tags: Facet }) {
  return (
    <nav id="tags" aria-label="Tags">
      <SidePart title="Tags">
        <ul>
          {tags.map(({ value, count }) => {
            const current = filter.tag.includes(value);
            const tag = current ? filter.tag.filter((one) => one !== value) : [...filter.tag, value];
            return (
              <SideRow
                key={value}
                href={linkTo({ ...filter, tag, page: 1 })}
                count={count.toLocaleString("en")}
                current={current}
              >
                {value}
              </SideRow>
            );
          })}
        </ul>
      </SidePart>
    </nav>
  );
}
