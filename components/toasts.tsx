/**
 * Messages at the bottom of the page: what a key did, what failed or is new (components/browser/island.ts), and the
 * undo bar, which `/me.css` fills and shows for a while after a change.
 */
export function Toasts() {
  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-4 z-10 flex narrow:bottom-16 flex-col items-center text-pretty *:pointer-events-auto *:max-w-[min(36rem,100%)] *:rounded-md print:hidden">
      {/* Never hidden, even when empty: screen readers may not announce text in an element that was hidden before. */}
      <p
        id="announcement"
        role="status"
        className="border-ink bg-ink text-page not-empty:mt-2 not-empty:border not-empty:px-4 not-empty:py-2"
      />
      <p
        id="notice"
        role="status"
        className="border-ink bg-page text-ink not-empty:mt-2 not-empty:border not-empty:px-4 not-empty:py-2"
      />
      <form
        data-undo
        method="post"
        action="/undo"
        className="mt-2 hidden items-center gap-x-3 border border-edge bg-page py-0.5 pr-1.5 pl-4 whitespace-nowrap shadow-sm"
      >
        <span className="min-w-0 truncate" />
        <button type="submit" className="shrink-0 py-1.5 font-semibold underline-offset-3 hover:underline">
          Undo
        </button>
        {/* Only a script can close it (components/browser/undo.ts). Without one it leaves by itself. */}
        <button
          type="button"
          data-close
          aria-label="Close"
          className="invisible flex size-7 shrink-0 items-center justify-center rounded-md text-faint hover:text-ink"
        >
          <span aria-hidden="true">×</span>
        </button>
      </form>
    </div>
  );
}
