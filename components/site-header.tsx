const places = [
  { href: "/", name: "Latest" },
  { href: "/papers", name: "All papers" },
  { href: "/library", name: "Kept" },
];

/** Name, places and the search of the whole library. The same on every page, so it says nothing of the current one. */
export function SiteHeader() {
  return (
    <header className="border-rule border-b print:hidden">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3 sm:px-8">
        <a href="/" className="py-1 font-semibold font-text text-xl leading-none tracking-tight">
          Broadsheet
        </a>
        <nav aria-label="Places" className="flex flex-wrap gap-x-4 text-soft">
          {places.map(({ href, name }) => (
            <a key={href} href={href} className="inline-block py-1.5">
              {name}
            </a>
          ))}
        </nav>
        <search className="ml-auto basis-56 max-sm:grow">
          <form action="/papers">
            <label className="sr-only" htmlFor="search">
              Search papers
            </label>
            <input
              id="search"
              name="q"
              type="search"
              maxLength={500}
              placeholder="Search papers"
              enterKeyHint="search"
              className="w-full rounded-md border border-edge bg-raised px-3 py-1.5 text-ink placeholder:text-faint"
            />
          </form>
        </search>
      </div>
    </header>
  );
}
