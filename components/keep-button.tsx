/** Keeps a paper or lets it go; stands in a form that posts to /bookmarks. It sets, never toggles. */
export function KeepButton({ id, title, kept }: { id: string; title: string; kept: boolean }) {
  return (
    <button
      type="submit"
      name={kept ? "drop" : "keep"}
      value={id}
      aria-label={kept ? `Remove from kept: ${title}` : `Keep: ${title}`}
      title={kept ? "Kept; click to remove" : "Keep"}
      data-kept={kept}
      className="group grid size-9 place-items-center rounded-md hover:bg-raised print:hidden"
    >
      <svg viewBox="0 0 16 20" width="14" height="18" aria-hidden="true">
        <path
          d="M2 1.5h12v17l-6-4.6-6 4.6z"
          strokeWidth="1.5"
          strokeLinejoin="round"
          className="fill-none stroke-faint group-hover:stroke-accent group-data-[kept=true]:fill-accent group-data-[kept=true]:stroke-accent"
        />
      </svg>
    </button>
  );
}
