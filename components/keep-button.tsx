type Props = { id: string; title: string; labelled?: boolean };

/**
 * Keeps a paper or lets it go, in a form that posts to /bookmarks: two buttons that set, never one that toggles. Which of
 * them shows is said in style sheets, by the id `p-…` of what stands around them: globals.css and the reader's `/me.css`.
 */
export function KeepButton({ id, title, labelled = false }: Props) {
  const shape = labelled
    ? "flex items-center gap-2 rounded-md border border-edge px-3 py-1.5 hover:border-accent"
    : "p-2.5";
  return (
    <>
      <button
        type="submit"
        name="keep"
        value={id}
        aria-label={`Keep: ${title}`}
        title="Keep"
        className={`hover:text-accent ${labelled ? "" : "text-faint"} ${shape}`}
      >
        <Icon name="bookmark" />
        {labelled && "Keep"}
      </button>
      <button
        type="submit"
        name="drop"
        value={id}
        aria-label={`Remove from kept: ${title}`}
        title="Kept; click to remove"
        className={`text-accent ${shape}`}
      >
        <Icon name="bookmark-filled" />
        {labelled && "Kept"}
      </button>
    </>
  );
}

function Icon({ name }: { name: string }) {
  return (
    <svg width="14" height="18" aria-hidden="true">
      <use href={`#${name}`} />
    </svg>
  );
}

/** The shapes of the buttons, once a page. */
export function KeepIcons() {
  const path = (
    <path d="M2 1.5h10v15l-5-4-5 4z" strokeWidth="1.5" strokeLinejoin="round" stroke="currentColor" />
  );
  return (
    <svg aria-hidden="true" className="hidden">
      <symbol id="bookmark" viewBox="0 0 14 18" fill="none">
        {path}
      </symbol>
      <symbol id="bookmark-filled" viewBox="0 0 14 18" fill="currentColor">
        {path}
      </symbol>
    </svg>
  );
}
