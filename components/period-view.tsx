import { formatDay, formatLongRange } from "@/lib/days";
import { filterState, listPath } from "@/lib/papers/filter";
import { type Period, periodOf } from "@/lib/papers/periods";
import { formatPapers, formatUnlisted } from "@/lib/words/paper-counts";
import { Calendar } from "./calendar";
import { Columns } from "./columns";
import { factLink, Masthead } from "./masthead";
import { Pager } from "./pager";
import { PaperList } from "./paper-list";
import { ViewForm } from "./view-form";

export const periodPath = (kind: Period["kind"], name: string) => `/papers/${kind}/${name}`;

/** `December 2025`; `Week 50, 8 to 14 December 2025`. */
export function namePeriod({ kind, name, from, to }: Pick<Period, "kind" | "name" | "from" | "to">): string {
  if (kind === "month") return formatDay(from, "MMMM yyyy");
  return `Week ${Number(name.slice(-2))}, ${formatLongRange(from, to)}`;
}

/** A week or a month: its days, and its papers by upvotes. */
export function PeriodView({ period }: { period: Period }) {
  const { kind, name, from, to, previous, next, days, results, unlisted } = period;
  const { total, papers, page, limit } = results;
  const pages = Math.ceil(total / limit);
  const months = [...new Set([periodOf("month", from), periodOf("month", to)])];
  return (
    <Columns>
      <Masthead
        title={namePeriod(period)}
        nav={
          <nav
            aria-label={kind === "week" ? "Weeks" : "Months"}
            className="flex shrink-0 gap-x-4 whitespace-nowrap text-soft print:hidden"
          >
            {previous && (
              <a rel="prev" href={periodPath(kind, previous)} className="inline-block py-1">
                ‹ <span className="max-sm:sr-only">{shortName(kind, previous)}</span>
              </a>
            )}
            {next && (
              <a rel="next" href={periodPath(kind, next)} className="inline-block py-1">
                <span className="max-sm:sr-only">{shortName(kind, next)}</span> ›
              </a>
            )}
          </nav>
        }
        facts={
          <>
            {formatPapers(total)}
            {total > 0 && ", most upvotes first"}
            {unlisted > 0 && (
              <>
                {" · "}
                <a href={listPath({ from, to })} className={factLink}>
                  {formatUnlisted(unlisted)}
                </a>
              </>
            )}
            <span className="print:hidden">
              {total > 0 && (
                <>
                  {" · "}
                  <a href={listPath({ [kind]: name })} className={factLink}>
                    search and filter
                  </a>
                </>
              )}
              {kind === "week" &&
                months.map((month) => (
                  <span key={month}>
                    {" · "}
                    <a href={periodPath("month", month)} className={factLink}>
                      {formatDay(`${month}-01`, "MMMM yyyy")}
                    </a>
                  </span>
                ))}
            </span>
          </>
        }
        tools={papers.length > 0 && <ViewForm />}
      >
        <Calendar days={days} />
      </Masthead>
      <div id="papers" data-before={(page - 1) * limit} data-of={total} data-mutes>
        <h2 className="sr-only">Papers</h2>
        {papers.length > 0 ? (
          <PaperList papers={papers} dated />
        ) : (
          <p className="mt-8 max-w-measure font-text text-lg">
            {pages > 0
              ? `Page ${page.toLocaleString("en")} does not exist. The last page is ${pages.toLocaleString("en")}.`
              : `Nothing was imported for this ${kind}. The links above lead to the nearest one with papers.`}
          </p>
        )}
        <Pager
          page={page}
          pages={pages}
          href={(to) => filterState.href(periodPath(kind, name), { page: to })}
        />
      </div>
    </Columns>
  );
}

function shortName(kind: Period["kind"], name: string): string {
  return kind === "week" ? `Week ${Number(name.slice(-2))}` : formatDay(`${name}-01`, "MMMM yyyy");
}
