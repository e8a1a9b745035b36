import { mostAtOnce } from "@/lib/readers/marks";

type Props = {
  ids: string[];
  /** True where the page does not show all of them. */
  unshown?: boolean;
  /** True where the page is another when they are seen. */
  reload?: boolean;
};

/** Marks as seen what the page knows of, and nothing that came since it was made. */
export function MarkAll({ ids, unshown = false, reload = false }: Props) {
  const most = ids.slice(0, mostAtOnce);
  const count = most.length.toLocaleString("en");
  const all = unshown ? `all ${count}` : "all";
  return (
    <form
      method="post"
      action="/bookmarks"
      data-all
      data-reload={reload || undefined}
      className="print:hidden"
    >
      {most.map((id) => (
        <input key={id} type="hidden" name="seen" value={id} />
      ))}
      <button
        type="submit"
        className="rounded-md border border-edge px-3 py-1.5 hover:border-accent hover:text-accent"
      >
        Mark {most.length < ids.length ? `first ${count}` : all} as seen
      </button>
    </form>
  );
}
