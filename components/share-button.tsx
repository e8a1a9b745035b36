/** Shares the paper, or copies its address. Shown where a script runs (components/browser/share.ts). */
export function ShareButton({ title }: { title: string }) {
  return (
    <button
      type="button"
      hidden
      data-share={title}
      className="rounded-md border border-edge px-3 py-1.5 hover:border-ink"
    >
      Share
    </button>
  );
}
