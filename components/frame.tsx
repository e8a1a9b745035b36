import type { ReactNode } from "react";
import { formatMoment } from "@/lib/days";
import { describeLibrary, findLastImportAt } from "@/lib/papers/editions";
import { type Filter, filterState } from "@/lib/papers/filter";
import { type Marked, ReaderMarks } from "./reader-marks";

const places = {
  latest: { name: "Latest", path: "/" },
  catchUp: { name: "Catch up", path: "/catch-up" },
  trending: { name: "Trending", path: "/papers/trending" },
  papers: { name: "All papers", path: "/papers" },
  library: { name: "Library", path: "/library" },
};

const footerLinks = [
  { name: "Topics", path: "/topics" },
  { name: "Settings", path: "/settings" },
  { name: "Help", path: "/help" },
];
// 24 px high, the minimum for a touch target.
const footerLinkStyle = "inline-block py-1 underline decoration-edge underline-offset-3";

type Props = {
  /** The place in the main navigation that this page belongs to. */
  place?: keyof typeof places;
  /** The filter of the list. A search keeps it and replaces only the words. */
  filter?: Filter;
  /** Where the skip link leads. */
  skipTo?: "papers" | "main";
  /** The papers on the page, to show the reader's marks on them. */
  marks?: Marked;
  /** True if the list is the reader's own, so that it may differ after a change. */
  own?: boolean;
  /** False on pages that must work without the library. */
  usesLibrary?: boolean;
  children: ReactNode;
};

/** The header and footer around every page. */
export function Frame({
  place,
  filter,
  skipTo = "main",
  marks = null,
  own = false,
  usesLibrary = true,
  children,
}: Props) {
  return (
    <>
      {usesLibrary && <ReaderMarks marks={marks} />}
      <a
        href={`#${skipTo}`}
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:bg-page focus:px-3 focus:py-2"
      >
        Skip to {skipTo === "papers" ? "papers" : "content"}
      </a>
      <div className="@container/page flex grow flex-col">
        <header className="border-rule border-b print:hidden">
          <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-7 gap-y-1 px-4 py-3 sm:px-8">
            <a href="/" className="py-1 font-display text-2xl/none tracking-tight">
              Broadsheet
            </a>
            <nav
              aria-label="Main"
              className="flex flex-wrap gap-x-5 text-soft max-md:order-3 max-md:basis-full"
            >
              {Object.entries(places).map(([key, { name, path }]) => (
                <a
                  key={key}
                  href={path}
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
        <main
          id="main"
          data-own={own || undefined}
          className="mx-auto w-full max-w-6xl grow px-4 pb-16 sm:px-8"
        >
          {children}
        </main>
        <footer className="mx-auto w-full max-w-6xl px-4 py-6 text-faint text-xs sm:px-8">
          <div className="flex flex-wrap justify-between gap-x-8 gap-y-1 border-rule border-t pt-4">
            {usesLibrary && <LastImport />}
            {usesLibrary && (
              <p className="flex gap-x-5 print:hidden">
                {footerLinks.map(({ name, path }) => (
                  <a key={name} href={path} className={footerLinkStyle}>
                    {name}
                  </a>
                ))}
              </p>
            )}
            <p className="py-1 print:hidden">
              Thank you to arXiv for use of its open access interoperability.
            </p>
          </div>
        </footer>
      </div>
    </>
  );
}

async function LastImport() {
  const importedAt = await findLastImportAt();
  const { papers } = await describeLibrary();
  return (
    <p data-papers={papers}>
      <a href="/sources" className={footerLinkStyle}>
        {importedAt ? `Sources · last import ${formatMoment(importedAt)}` : "Sources · nothing imported yet"}
      </a>
    </p>
  );
}

/** A search within the current list: it keeps the filter except for words and page. */
function Search({ filter }: { filter: Filter | undefined }) {
  const hiddenFields = new URLSearchParams(
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
        {[...hiddenFields].map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
      </form>
    </search>
  );
}
