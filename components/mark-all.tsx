import { maxPapersPerForm } from "@/lib/readers/marks";

type Props = {
  ids: string[];
  /** True if the page does not show all of them. */
  unshown?: boolean;
  /** True if the page would look different once they are seen. */
  reload?: boolean;
};

/** Marks the papers of this page as seen, but none that arrived later. */
export function MarkAll({ ids, unshown = false, reload = false }: Props) {
  const shownIds = ids.slice(0, maxPapersPerForm);
  const count = shownIds.length.toLocaleString("en");
  const all = unshown ? `all ${count}` : "all";
  return (
    <form
      method="post"
      action="/bookmarks"
      data-all
      data-reload={reload || undefined}
      className="print:hidden"
    >
      {shownIds.map((id) => (
        <input key={id} type="hidden" name="seen" value={id} />
      ))}
      <button type="submit" className="rounded-md border border-edge px-3 py-1.5 hover:border-ink">
        Mark {shownIds.length < ids.length ? `first ${count}` : all} as seen
      </button>
    </form>
  );
}
