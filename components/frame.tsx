import type { ReactNode } from "react";
import { formatMoment } from "@/lib/days";
import { describeLibrary, findReadAt } from "@/lib/papers/editions";
import { type Filter, filterState } from "@/lib/papers/filter";

const places = { latest: "Latest", papers: "All papers", library: "Kept" };
const paths = { latest: "/", papers: "/papers", library: "/library" };

type Props = {
  /** Which of the places it is, or is the list of. */
  place?: keyof typeof places;
  /** What the list asks for; the search goes on from there. */
  filter?: Filter;
  /** What the first link of the page skips to. */
  skipTo?: "papers" | "main";
  /** False on pages that must do without the library. */
  reads?: boolean;
  children: ReactNode;
};

/** What is around each page: the places, the search, and when the library was last read. */
export function Frame({ place, filter, skipTo = "main", reads = true, children }: Props) {
  return (
    <>
      <a
        href={`#${skipTo}`}
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:bg-page focus:px-3 focus:py-2"
      >
        Skip to {skipTo === "papers" ? "the papers" : "the text"}
      </a>
      <header className="border-rule border-b print:hidden">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-7 gap-y-1 px-4 py-3 sm:px-8">
          <a href="/" className="py-1 font-display text-[1.375rem] leading-none tracking-tight">
            Broadsheet
          </a>
          <nav
            aria-label="Places"
            className="flex flex-wrap gap-x-5 text-soft max-sm:order-3 max-sm:basis-full"
          >
            {Object.entries(places).map(([key, name]) => (
              <a
                key={key}
                href={paths[key as keyof typeof paths] /* the keys of both are the same */}
                aria-current={key === place ? "true" : undefined}
                className="inline-block py-1.5 aria-[current=true]:text-ink aria-[current=true]:underline aria-[current=true]:decoration-accent aria-[current=true]:decoration-2 aria-[current=true]:underline-offset-8"
              >
                {name}
              </a>
            ))}
          </nav>
          <Search filter={filter} />
        </div>
      </header>
      <main id="main" className="mx-auto w-full max-w-6xl grow px-4 pb-16 sm:px-8">
        {children}
      </main>
      <footer className="mx-auto w-full max-w-6xl px-4 py-6 text-faint text-xs sm:px-8">
        <div className="flex flex-wrap justify-between gap-x-8 gap-y-1 border-rule border-t pt-4">
          {reads && <ReadAt />}
          <p className="print:hidden">Thank you to arXiv for use of its open access interoperability.</p>
        </div>
      </footer>
    </>
  );
}

async function ReadAt() {
  const readAt = await findReadAt();
  const { papers } = await describeLibrary();
  return (
    <p data-papers={papers}>
      <a href="/reads" className="underline decoration-edge underline-offset-3">
        {readAt ? `Library last read ${formatMoment(readAt)}` : "No listing has been read yet"}
      </a>
    </p>
  );
}

/** A search within what the list shows: all that its filter asks for stays, but its words and its page. */
function Search({ filter }: { filter: Filter | undefined }) {
  const kept = new URLSearchParams(
    filterState.href("", { ...filter, q: "", page: 1, limit: filterState.defaults.limit }).slice(1),
  );
  return (
    <search className="ml-auto min-w-0 flex-1 basis-36 sm:max-w-72">
      <form action="/papers">
        <label className="sr-only" htmlFor="search">
          Search papers
        </label>
        <input
          id="search"
          name="q"
          type="search"
          maxLength={500}
          defaultValue={filter?.q}
          placeholder="Search papers"
          enterKeyHint="search"
          autoComplete="off"
          className="w-full rounded-md border border-edge bg-raised px-3 py-1.5 text-ink placeholder:text-faint"
        />
        {[...kept].map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
      </form>
    </search>
  );
}
