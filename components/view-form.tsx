import { type EditionOrder, editionOrders } from "@/lib/papers/editions";

export const densityNames = { titles: "Titles", compact: "Compact", full: "Full" };
export const orderNames: Record<EditionOrder, string> = {
  hub: "Hugging Face order",
  upvotes: "Most upvotes",
  newest: "Newest",
};

const button =
  "py-1 text-soft decoration-accent decoration-2 underline-offset-6 hover:text-accent aria-pressed:text-ink aria-pressed:underline";

/**
 * How much each card shows, and the order of the list. Both are remembered. `/me.css` marks the current density,
 * because the page is the same for everyone; each order is a page of its own.
 */
export function ViewForm({ order }: { order?: EditionOrder }) {
  const form = (
    <form method="post" action="/settings/save" className="flex flex-wrap justify-between gap-x-8">
      <fieldset className="flex flex-wrap gap-x-4">
        <legend className="sr-only">Cards show</legend>
        {Object.entries(densityNames).map(([value, name]) => (
          <button key={value} type="submit" name="density" value={value} className={button}>
            {name}
          </button>
        ))}
      </fieldset>
      {order && (
        <fieldset className="flex flex-wrap gap-x-4">
          <legend className="sr-only">Order</legend>
          {editionOrders.map((one) => (
            <button
              key={one}
              type="submit"
              name="order"
              value={one}
              aria-pressed={one === order}
              className={button}
            >
              {orderNames[one]}
            </button>
          ))}
        </fieldset>
      )}
    </form>
  );
  if (!order) return <div className="mt-4 print:hidden">{form}</div>;
  // Folded on a phone, where these would add two more rows to the header. Always open from `sm` on.
  return (
    <details className="mt-3 sm:mt-4 sm:details-content:[content-visibility:visible] print:hidden">
      <summary className="w-fit py-1 text-soft hover:text-accent sm:supports-[selector(::details-content)]:hidden">
        View options
      </summary>
      {form}
    </details>
  );
}
