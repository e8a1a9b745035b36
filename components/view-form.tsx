import { type EditionOrder, editionOrders } from "@/lib/papers/editions";
import { Menu } from "./menu";

export const densityNames = { titles: "Titles", compact: "Compact", full: "Full" };
export const orderNames: Record<EditionOrder, string> = {
  hub: "Hugging Face order",
  upvotes: "Most upvotes",
  newest: "Newest",
};

const button =
  "block py-1 text-soft decoration-2 underline-offset-6 hover:text-ink aria-pressed:text-ink aria-pressed:underline";

/**
 * How much each card shows, and the order of the list. Both are remembered. `/me.css` marks the current density,
 * because the page is the same for everyone; each order is a page of its own.
 */
export function ViewForm({ order }: { order?: EditionOrder }) {
  return (
    <Menu label="View">
      <form method="post" action="/settings/save" className="flex gap-x-8">
        <fieldset>
          <legend className="mb-1 text-faint text-xs">Cards show</legend>
          {Object.entries(densityNames).map(([value, name]) => (
            <button key={value} type="submit" name="density" value={value} className={button}>
              {name}
            </button>
          ))}
        </fieldset>
        {order && (
          <fieldset>
            <legend className="mb-1 text-faint text-xs">Order</legend>
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
    </Menu>
  );
}
