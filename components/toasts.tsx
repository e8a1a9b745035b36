/**
 * Messages at the bottom of the page: what a key did, what failed or is new (components/browser/island.ts), and the
 * undo bar, which `/me.css` fills and shows for a while after a change.
 */
export function Toasts() {
  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-4 z-10 flex flex-col items-center text-pretty *:pointer-events-auto *:max-w-xl *:rounded-md print:hidden">
      {/* Never hidden, even when empty: screen readers may not announce text in an element that was hidden before. */}
      <p
        id="announcement"
        role="status"
        className="border-ink bg-ink text-page not-empty:mt-2 not-empty:border not-empty:px-4 not-empty:py-2"
      />
      <p
        id="notice"
        role="status"
        className="border-accent bg-page text-ink not-empty:mt-2 not-empty:border not-empty:px-4 not-empty:py-2"
      />
      <form
        data-undo
        method="post"
        action="/undo"
        className="mt-2 hidden items-center gap-x-4 border border-edge bg-page px-4 py-1 shadow-sm"
      >
        <span className="my-1 line-clamp-3 min-w-0 grow wrap-anywhere" />
        <button type="submit" className="py-1.5 font-semibold text-accent">
          Undo
        </button>
      </form>
    </div>
  );
}
