/**
 * At the end of an edition, a paper that was bookmarked long ago and never opened. `/me.css` shows it and has its words, because the
 * page is the same for everyone.
 */
export function ForgottenPaper() {
  return (
    <section
      id="forgotten"
      aria-label="From your library"
      className="mt-8 hidden flex-wrap items-baseline justify-between gap-x-6 gap-y-2 border-rule border-y py-3 print:hidden"
    >
      <div className="min-w-0 grow basis-64">
        <p data-forgotten="when" className="text-fact text-soft" />
        <a
          href="/library/forgotten"
          data-forgotten="title"
          className="font-display text-xl/6 wrap-anywhere hover:underline hover:decoration-1 hover:decoration-edge hover:underline-offset-4"
        >
          <span className="sr-only">Open </span>
        </a>
      </div>
      <form method="post" action="/library/snooze">
        <button type="submit" className="rounded-md border border-edge px-3 py-1.5 hover:border-ink">
          Not now
        </button>
      </form>
    </section>
  );
}
