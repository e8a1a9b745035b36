import { mostAtOnce } from "@/lib/library/marks";

type Props = {
  /** The papers, the first of them where they are too many for one step. */
  ids: string[];
  of: number;
  /** True where the page is another when they are seen. */
  reload?: boolean;
};

/** Marks as seen what the page knows of, and nothing that came since it was made. */
export function MarkAll({ ids, of, reload = false }: Props) {
  const most = ids.slice(0, mostAtOnce);
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
        {most.length < of ? `Mark the first ${most.length.toLocaleString("en")} as seen` : "Mark all as seen"}
      </button>
    </form>
  );
}
