import type { ReactNode } from "react";
import { formatDay } from "@/lib/days";
import { explainFilter, toConditions } from "@/lib/papers/describe";
import type { FacetName, Facets } from "@/lib/papers/facets";
import { type Filter, filterState, hasWords, orderOf, withCondition } from "@/lib/papers/filter";
import type { Found } from "@/lib/papers/list";
import { toOnlyName } from "@/lib/papers/only-name";
import { readText } from "@/lib/papers/query";
import { watchState } from "@/lib/readers/watch-state";
import { wantedTerms } from "@/lib/search/tree";
import { formatPapers } from "@/lib/words/paper-counts";
import { Chip } from "./chip";
import { Columns, SidePart, SideRow } from "./columns";
import { FilterForm } from "./filter-form";
import { factLink, Masthead } from "./masthead";
import { Notes } from "./notes";
import { Pager } from "./pager";
import { PaperList } from "./paper-list";
import { SubscribeBox } from "./subscribe-box";
import { ViewForm } from "./view-form";

type Props = { filter: Filter; found: Found; facets: Facets; notes: string[] };

const orders = {
  relevance: "Best match",
  newest: "Newest",
  upvotes: "Most upvotes",
  bookmarked: "Last bookmarked",
} as const;
const linkTo = (filter: Filter) => filterState.href("/papers", filter);

/** The papers of a filter, with its conditions as chips that a click removes, the number of results, and their order. */
export function ResultsView({ filter, found, facets, notes }: Props) {
  const { total, totalIsExact, unlisted, corrected, papers, limit } = found;
  // Behind the papers that were counted, there may be more.
  const next = !totalIsExact && papers.length === limit ? filter.page + 1 : 0;
  const pages = Math.max(Math.ceil(total / limit), next);
  const chips = toConditions(filter);
  return (
    <Columns aside={<Narrow filter={filter} facets={facets} total={total} />}>
      <Masthead
        title={<span className="line-clamp-3">{toHeadline(filter)}</span>}
        nav={<FollowButton q={filter.q} />}
        facts={
          <>
            <span role="status">
              {totalIsExact ? formatPapers(total) : `More than ${formatPapers(total)}`}
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
                {" · "}
                <a
                  href={filterState.href("/export", {
                    ...filter,
                    page: 1,
                    limit: filterState.defaults.limit,
                  })}
                  className={factLink}
                >
                  export
                </a>
                <span className="wide:hidden">
                  {" · "}
                  <a href="#narrow" className={factLink}>
                    narrow
                  </a>
                </span>
              </span>
            )}
            <WatchLinks q={filter.q} />
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
              <li key={without.q + label}>
                <Chip label={label} href={linkTo({ ...without, exact: false })} />
              </li>
            ))}
          </ul>
        )}
        <Spelling filter={filter} corrected={corrected} />
        <Notes lines={notes} />
      </Masthead>
      <div id="papers" data-before={(filter.page - 1) * filter.limit} data-of={total}>
        <h2 className="sr-only">Results</h2>
        {papers.length > 0 ? <PaperList papers={papers} dated /> : <Nothing filter={filter} pages={pages} />}
        <Pager page={filter.page} pages={pages} href={(page) => linkTo({ ...filter, page })} />
      </div>
      <SubscribeBox q={filter.q} />
    </Columns>
  );
}

function Orders({ filter }: { filter: Filter }) {
  return (
    <nav
      aria-label="Order"
      className="flex flex-wrap gap-x-4 max-sm:order-1 max-sm:basis-full text-soft print:hidden"
    >
      {(["relevance", "newest", "upvotes", "bookmarked"] as const).map(
        (order) =>
          // Not every list has every order.
          orderOf({ ...filter, sort: order }) === order && (
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
  const { parts } = readText(filter.q);
  const [only, ...more] = parts;
  if (filter.q === "") return "All papers";
  if (filter.q === "is:bookmarked") return "Your library";
  const named = toOnlyName(filter.q);
  if (named && named.qualifier !== "list") return named.name;
  const words = parts.filter(({ tree }) => wantedTerms(tree).length > 0);
  if (words.length > 0) return `Results for ${words.map(({ text }) => text).join(" ")}`;
  return only && more.length === 0 ? `Papers ${only.said}` : "Papers";
}

/** `/me.css` shows the second link if the reader watches this search. */
function WatchLinks({ q }: { q: string }) {
  if (q === "") return null;
  return (
    <span className="print:hidden">
      {" · "}
      <a href={watchState.href("/watches/edit", { q })} data-watch className={factLink}>
        watch
      </a>
      <a href="/watches" data-watching className={factLink}>
        watching
      </a>
    </span>
  );
}

/** One click follows an author, an organization or a tag whose papers the page shows. */
function FollowButton({ q }: { q: string }) {
  const named = toOnlyName(q);
  if (!named || named.qualifier === "list") return null;
  return (
    <form method="post" action="/watches/save" data-watch className="print:hidden">
      <input type="hidden" name="q" value={q} />
      <input type="hidden" name="name" value={named.name} />
      <button
        type="submit"
        name="back"
        value="true"
        className="rounded-md border border-edge px-3 py-1 hover:border-ink"
      >
        Follow
      </button>
    </form>
  );
}

type SpellingProps = { filter: Filter; corrected: Found["corrected"] };

/** What was searched for instead of the typed words, or could be. */
function Spelling({ filter, corrected }: SpellingProps) {
  if (!corrected) return null;
  const link = "underline decoration-edge underline-offset-4";
  const other = linkTo({ ...filter, q: corrected.text, page: 1 });
  return (
    <p role="status" className="mt-3 text-soft wrap-anywhere">
      {corrected.isUsed ? (
        <>
          Showing results for{" "}
          <a href={other} className={`${link} font-semibold text-ink`}>
            {corrected.text}
          </a>
          . Search instead for{" "}
          <a href={linkTo({ ...filter, exact: true, page: 1 })} className={link}>
            {filter.q}
          </a>
          .
        </>
      ) : (
        <>
          Did you mean{" "}
          <a href={other} className={`${link} font-semibold text-ink`}>
            {corrected.text}
          </a>
          ?
        </>
      )}
    </p>
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
  } else if (hasWords(filter.q)) {
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

const facetTitles: Partial<Record<FacetName, string>> = {
  tag: "Tags",
  year: "Years",
  month: "Months",
  authors: "Authors",
  organization: "Organizations",
  code: "Code",
};
const shownOrganizations = 8;

/** What narrows the results, each with how many papers it would leave. */
function Narrow({ filter, facets, total }: { filter: Filter; facets: Facets; total: number }) {
  const { parts } = readText(filter.q);
  const typed = new Set(parts.map(({ text }) => text));
  const shown = Object.entries(facetTitles).flatMap(([name, title]) => {
    const values = (facets.values[name as FacetName] ?? []) // its keys are names
      // What all papers have narrows nothing.
      .filter(({ count, condition }) => (count < total || !facets.isExact) && !typed.has(condition))
      .slice(0, name === "organization" ? shownOrganizations : undefined);
    return values.length > 0 ? [{ name, title, values }] : [];
  });
  return (
    <div id="narrow" className="contents">
      {shown.map(({ name, title, values }) => (
        <nav key={title} aria-label={title}>
          <SidePart title={title}>
            <ul>
              {values.map(({ value, condition, count }) => (
                <SideRow
                  key={value}
                  href={linkTo({ ...filter, q: withCondition(filter.q, condition), page: 1 })}
                  count={count.toLocaleString("en")}
                >
                  {name === "month" ? formatDay(`${value}-01`, "MMMM yyyy") : value}
                </SideRow>
              ))}
            </ul>
          </SidePart>
        </nav>
      ))}
      {!facets.isExact && shown.length > 0 && (
        <p className="text-faint text-xs">Estimated from about 1,000 of these papers.</p>
      )}
      <p className="text-faint text-xs wrap-anywhere">
        {explainFilter(filter)}{" "}
        <a href="/help#searching" className="underline decoration-edge underline-offset-3">
          How to search
        </a>
      </p>
    </div>
  );
}
