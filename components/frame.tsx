import type { ReactNode } from "react";
import { formatMoment } from "@/lib/days";
import { describeLibrary, findLastImportAt } from "@/lib/papers/editions";
import { type Filter, filterState } from "@/lib/papers/filter";
import { Menu } from "./menu";
import { type Marked, ReaderMarks } from "./reader-marks";

const places = {
  latest: { name: "Latest", path: "/" },
  catchUp: { name: "Catch up", path: "/catch-up" },
  trending: { name: "Trending", path: "/papers/trending" },
  papers: { name: "All papers", path: "/papers" },
  library: { name: "Library", path: "/library" },
};

/** What the header's menu leads to. A phone's bar at the bottom has no room for the first two, so they stand here too. */
const menuPlaces = [
  { name: "Trending", path: "/papers/trending", inHeader: true },
  { name: "All papers", path: "/papers", inHeader: true },
  { name: "Watches", path: "/watches" },
  { name: "Topics", path: "/topics" },
  { name: "Sources", path: "/sources" },
  { name: "Add papers", path: "/add" },
  { name: "Settings", path: "/settings" },
  { name: "Help", path: "/help" },
];

type Props = {
  /** The place in the main navigation that this page belongs to. */
  place?: keyof typeof places;
  /** The filter of the list. Its text is in the search box, and a search keeps its order. */
  filter?: Filter;
  /** Whether a search looks in the reader's library alone. */
  searchesLibrary?: boolean;
  /** Where the skip link leads. */
  skipTo?: "papers" | "main";
  /** The papers on the page, to show the reader's marks on them. */
  marks?: Marked;
  /** True if the list is the reader's own, so that it may differ after a change. */
  own?: boolean;
  /** False on pages that must work without the library, and on those for others than its reader. */
  usesLibrary?: boolean;
  children: ReactNode;
};

/** The header and footer around every page. */
export function Frame({
  place,
  filter,
  searchesLibrary = false,
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
          <div className="relative z-3 mx-auto flex max-w-6xl flex-wrap items-center gap-x-4 px-4 py-1.5 sm:gap-x-7 sm:px-8 sm:py-2.5">
            <a href="/" className="py-1 font-display text-2xl/none tracking-tight">
              Broadsheet
            </a>
            <nav aria-label="Main" className="flex gap-x-5 whitespace-nowrap text-soft max-md:hidden">
              {Object.entries(places).map(([key, { name, path }]) => (
                <a
                  key={key}
                  href={path}
                  aria-current={key === place ? "true" : undefined}
                  className="inline-block py-1.5 aria-[current=true]:text-ink aria-[current=true]:underline aria-[current=true]:decoration-2 aria-[current=true]:underline-offset-8"
                >
                  {name}
                  {key === "catchUp" && (
                    <span data-unseen className="ml-1 inline-block text-faint text-xs tabular-nums" />
                  )}
                </a>
              ))}
            </nav>
            <Search filter={filter} inLibrary={searchesLibrary} />
            <MainMenu usesLibrary={usesLibrary} />
          </div>
        </header>
        <main
          id="main"
          data-own={own || undefined}
          className="mx-auto w-full max-w-6xl grow overflow-x-clip px-4 pb-12 sm:px-8"
        >
          {children}
        </main>
        <footer className="mx-auto w-full max-w-6xl px-4 py-6 text-faint text-xs sm:px-8">
          <div className="flex flex-wrap justify-between gap-x-8 gap-y-1 border-rule border-t pt-4">
            {usesLibrary && <LastImport />}
            <p className="py-1 print:hidden">
              Thank you to arXiv for use of its open access interoperability.
            </p>
          </div>
        </footer>
        <BottomBar place={place} />
      </div>
    </>
  );
}

/** Everything that has no place in the header. */
function MainMenu({ usesLibrary }: { usesLibrary: boolean }) {
  const item = "block w-full py-1.5 text-left text-soft hover:text-ink";
  return (
    <Menu
      name="Menu"
      label={
        <svg aria-hidden="true" viewBox="0 0 18 18" className="size-4.5" fill="currentColor">
          <circle cx="3" cy="9" r="1.5" />
          <circle cx="9" cy="9" r="1.5" />
          <circle cx="15" cy="9" r="1.5" />
        </svg>
      }
    >
      <ul className="min-w-44">
        {menuPlaces.map(({ name, path, inHeader }) => (
          <li key={path} className={inHeader ? "md:hidden" : undefined}>
            <a href={path} className={item}>
              {name}
            </a>
          </li>
        ))}
      </ul>
      {usesLibrary && (
        <form method="post" action="/undo" className="mt-1 border-rule border-t pt-1">
          <button type="submit" className={item}>
            Undo last change
          </button>
        </form>
      )}
      <p className="mt-1 border-rule border-t pt-2 text-faint text-xs pointer-coarse:hidden">
        <kbd>?</kbd> keyboard shortcuts · <kbd>Ctrl-K</kbd> find anything
      </p>
    </Menu>
  );
}

/** On a phone, the four places that a thumb should reach. The search box is at the top, and a label leads to it. */
function BottomBar({ place }: { place: Props["place"] }) {
  const item =
    "flex h-13 min-w-fit flex-1 items-center justify-center gap-1 px-1 text-soft aria-[current=true]:font-semibold aria-[current=true]:text-ink";
  const linkTo = (key: "latest" | "catchUp" | "library") => (
    <a href={places[key].path} aria-current={key === place ? "true" : undefined} className={item}>
      {places[key].name}
      {key === "catchUp" && <span data-unseen className="text-faint text-xs tabular-nums" />}
    </a>
  );
  return (
    <nav
      aria-label="Bottom"
      className="sticky bottom-0 z-5 flex flex-wrap @max-[17rem]/page:static border-rule border-t bg-page pb-[env(safe-area-inset-bottom)] md:hidden print:hidden"
    >
      {linkTo("latest")}
      {linkTo("catchUp")}
      <a href="/papers#search" data-search className={item}>
        Search
      </a>
      {linkTo("library")}
    </nav>
  );
}

async function LastImport() {
  const importedAt = await findLastImportAt();
  const { papers } = await describeLibrary();
  return (
    <p data-papers={papers}>
      {/* 24 px high, the minimum for a touch target. */}
      <a href="/sources" className="inline-block py-1 underline decoration-edge underline-offset-3">
        {importedAt ? `Sources · last import ${formatMoment(importedAt)}` : "Sources · nothing imported yet"}
      </a>
    </p>
  );
}

/** A search with the text of the current list, which has all its conditions, and in the same order. */
function Search({ filter, inLibrary }: { filter: Filter | undefined; inLibrary: boolean }) {
  const hiddenFields = new URLSearchParams(filterState.href("", { sort: filter?.sort ?? null }).slice(1));
  if (inLibrary) hiddenFields.append("bookmarked", "true");
  return (
    <search className="ml-auto sm:relative min-w-0 flex-1 basis-24 sm:max-w-64">
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
          placeholder={inLibrary ? "Search your library" : "Search papers"}
          enterKeyHint="search"
          autoComplete="off"
          className="peer w-full rounded-md border border-edge bg-raised px-3 py-1.5 text-ink placeholder:text-faint"
        />
        <span
          aria-hidden="true"
          className="absolute top-2 right-2.5 text-faint text-xs peer-focus:hidden peer-[:not(:placeholder-shown)]:hidden max-md:hidden pointer-coarse:hidden"
        >
          /
        </span>
        {[...hiddenFields].map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
      </form>
    </search>
  );
}
