type Props = { id: string; title: string; labelled?: boolean };

/**
 * Keeps a paper or lets it go, in a form that posts to /bookmarks: two buttons that set, never one that toggles. `/me.css`
 * shows the right one, and the island until that has come; both go by the id `p-…` of what stands around them.
 */
export function KeepButton({ id, title, labelled = false }: Props) {
  const shape = labelled
    ? "items-center gap-2 rounded-md border border-edge px-3 py-1.5 hover:border-accent print:hidden"
    : "size-9 place-items-center rounded-md hover:bg-raised print:hidden";
  return (
    <>
      <button
        type="submit"
        name="keep"
        value={id}
        aria-label={`Keep: ${title}`}
        title="Keep"
        className={`grid grid-flow-col hover:text-accent group-data-[mark=drop]/paper:grid! group-data-[mark=keep]/paper:hidden! ${labelled ? "" : "text-faint"} ${shape}`}
      >
        <Bookmark filled={false} />
        {labelled && "Keep"}
      </button>
      <button
        type="submit"
        name="drop"
        value={id}
        aria-label={`Remove from kept: ${title}`}
        title="Kept; click to remove"
        className={`hidden grid-flow-col text-accent group-data-[mark=drop]/paper:hidden! group-data-[mark=keep]/paper:grid! ${shape}`}
      >
        <Bookmark filled />
        {labelled && "Kept"}
      </button>
    </>
  );
}

function Bookmark({ filled }: { filled: boolean }) {
  return (
    <svg
      viewBox="0 0 16 20"
      width="14"
      height="18"
      aria-hidden="true"
      fill={filled ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
    >
      <path d="M2 1.5h12v17l-6-4.6-6 4.6z" />
    </svg>
  );
}
