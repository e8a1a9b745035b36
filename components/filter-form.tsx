import { type Filter, filterState, readBounds } from "@/lib/papers/filter";
import { Menu } from "./menu";

const field = "max-w-full rounded-md border border-edge bg-page px-2.5 py-1.5 text-ink";
/** A form for the date range, author count and bookmarks. The rest of the text is carried along in a hidden field. */
export function FilterForm({ filter }: { filter: Filter }) {
  const { rest, ...bounds } = readBounds(filter.q);
  const hiddenFields = new URLSearchParams(filterState.href("", { ...filter, q: rest, page: 1 }).slice(1));
  return (
    <Menu label="Filters">
      <form action="/papers" className="flex max-w-96 flex-wrap items-end gap-x-4 gap-y-3 text-soft">
        <label className="grid max-w-full gap-1">
          From
          <input type="date" name="from" defaultValue={bounds.from ?? ""} className={field} />
        </label>
        <label className="grid max-w-full gap-1">
          To
          <input type="date" name="to" defaultValue={bounds.to ?? ""} className={field} />
        </label>
        <label className="grid max-w-full gap-1">
          Min authors
          <input
            type="number"
            name="minAuthors"
            min={0}
            max={100_000}
            defaultValue={bounds.minAuthors ?? ""}
            className={`w-28 ${field}`}
          />
        </label>
        <label className="grid max-w-full gap-1">
          Max authors
          <input
            type="number"
            name="maxAuthors"
            min={0}
            max={100_000}
            defaultValue={bounds.maxAuthors ?? ""}
            className={`w-28 ${field}`}
          />
        </label>
        <label className="flex min-h-9 items-center gap-2">
          <input
            type="checkbox"
            name="bookmarked"
            value="true"
            defaultChecked={bounds.bookmarked}
            className="size-4 accent-ink"
          />
          Bookmarked only
        </label>
        {[...hiddenFields].map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        <button type="submit" className="rounded-md border border-edge px-4 py-1.5 text-ink hover:border-ink">
          Apply
        </button>
      </form>
    </Menu>
  );
}
