import { formatDay } from "@/lib/days";
import { type Filter, filterState } from "@/lib/papers/filter";

const field = "rounded-md border border-edge bg-page px-2.5 py-1.5 text-ink";

/** The question and its bounds as one form, how much was found, and the orders. */
export function ResultsHead({ filter, total }: { filter: Filter; total: number }) {
  const { q, day, from, to, sort } = filter;
  const current = sort === "relevance" && q === "" ? "newest" : (sort ?? (q ? "relevance" : "newest"));
  const found = total === 1 ? "1 paper" : `${total.toLocaleString("en")} papers`;
  return (
    <header className="border-ink border-b-2 pt-8 pb-4 sm:ml-14">
      <h1 className="font-text text-3xl/tight font-medium tracking-tight wrap-anywhere sm:text-4xl/tight">
        {q ? <>Papers with “{q}”</> : "All papers"}
      </h1>
      <search>
        <form action="/papers" className="mt-4 flex flex-wrap items-end gap-3 text-soft print:hidden">
          <label className="grid grow basis-52 gap-1">
            Words, or a “phrase”
            <input type="search" name="q" defaultValue={q} maxLength={500} className={field} />
          </label>
          <label className="grid gap-1">
            From
            <input type="date" name="from" defaultValue={from ?? ""} className={field} />
          </label>
          <label className="grid gap-1">
            To
            <input type="date" name="to" defaultValue={to ?? ""} className={field} />
          </label>
          {sort && <input type="hidden" name="sort" value={sort} />}
          {day && <input type="hidden" name="day" value={day} />}
          <button
            type="submit"
            className="rounded-md border border-edge px-4 py-1.5 hover:border-accent hover:text-accent"
          >
            Search
          </button>
        </form>
      </search>
      <div className="mt-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <p role="status">
          {found}
          {day && (
            <>
              {" "}
              of {formatDay(day)} ·{" "}
              <a
                href={filterState.href("/papers", { ...filter, day: null, page: 1 })}
                className="underline underline-offset-3"
              >
                of any day
              </a>
            </>
          )}
        </p>
        <nav aria-label="Order" className="flex gap-4 text-soft print:hidden">
          {(["relevance", "newest", "upvotes"] as const).map(
            (order) =>
              (order !== "relevance" || q) && (
                <a
                  key={order}
                  href={filterState.href("/papers", { ...filter, sort: order, page: 1 })}
                  aria-current={order === current ? "true" : undefined}
                  className="py-1 aria-[current=true]:text-ink aria-[current=true]:underline aria-[current=true]:decoration-accent aria-[current=true]:underline-offset-6"
                >
                  {{ relevance: "Best match", newest: "Newest", upvotes: "Most upvotes" }[order]}
                </a>
              ),
          )}
        </nav>
      </div>
    </header>
  );
}
