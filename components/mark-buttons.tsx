type Props = { id: string; title: string; labeled?: boolean };

/**
 * Each mark has two buttons in a form that posts to /bookmarks: one sets the mark, the other removes it. globals.css and
 * the reader's `/me.css` decide which of the two is shown, by the id `p-…` of the article around them.
 */
export function BookmarkButtons(props: Props) {
  return (
    <>
      <MarkButton {...props} name="keep" icon="bookmark" does="Bookmark" color="text-faint" />
      <MarkButton {...props} name="drop" icon="bookmark-filled" does="Remove bookmark" label="Bookmarked" />
    </>
  );
}

export function SeenButtons(props: Props) {
  return (
    <>
      <MarkButton {...props} name="seen" icon="dot" does="Mark as seen" color="text-new" />
      <MarkButton {...props} name="unseen" icon="check" does="Mark as new" color="text-faint" />
    </>
  );
}

type ButtonProps = Props & {
  name: string;
  icon: string;
  /** What a click does. */
  does: string;
  /** The current state, for a button labeled with that instead. */
  label?: string;
  /** The color of the icon. */
  color?: string;
};

function MarkButton({ id, title, labeled, name, icon, does, label = does, color = "" }: ButtonProps) {
  const shape = labeled
    ? "flex items-center gap-2 rounded-md border border-edge px-3 py-1.5 hover:border-ink"
    : "flex items-center px-2 py-1.5";
  return (
    <button
      type="submit"
      name={name}
      value={id}
      aria-label={`${does}: ${title}`}
      title={does}
      className={`hover:text-ink ${labeled ? "" : color} ${shape}`}
    >
      <svg className={`h-4.5 w-3.5 ${color}`} aria-hidden="true">
        <use href={`#${icon}`} />
      </svg>
      {labeled && label}
    </button>
  );
}

/** The icons of the buttons, included once per page. */
export function MarkIcons() {
  const bookmark = (
    <path d="M2 1.5h10v15l-5-4-5 4z" strokeWidth="1.5" strokeLinejoin="round" stroke="currentColor" />
  );
  return (
    <svg aria-hidden="true" className="hidden">
      <symbol id="bookmark" viewBox="0 0 14 18" fill="none">
        {bookmark}
      </symbol>
      <symbol id="bookmark-filled" viewBox="0 0 14 18" fill="currentColor">
        {bookmark}
      </symbol>
      <symbol id="dot" viewBox="0 0 14 18" fill="currentColor">
        <circle cx="7" cy="9" r="3.25" />
      </symbol>
      <symbol id="check" viewBox="0 0 14 18" fill="none" stroke="currentColor">
        <path d="m2.5 9.5 3 3 6-7" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
      </symbol>
    </svg>
  );
}
