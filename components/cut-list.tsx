import type { ReactNode } from "react";
import type { Cut } from "@/lib/uploads/cut";

type Props<Item> = {
  title: string;
  list: Cut<Item>;
  /** Below the title. */
  note?: ReactNode;
  children: (item: Item) => ReactNode;
};

/** A titled list that may show only its first items, with how many more there are. Nothing if it is empty. */
export function CutList<Item>({ title, list: { first, total }, note, children }: Props<Item>) {
  if (total === 0) return null;
  return (
    <section className="mt-8">
      <h2 className="font-semibold">
        {title} <span className="font-normal text-soft tabular-nums">{total.toLocaleString("en")}</span>
      </h2>
      {note && <p className="max-w-measure text-soft text-pretty">{note}</p>}
      <ul className="mt-1 border-rule border-t">
        {first.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is rendered once, and items may be equal
          <li key={index} className="border-rule border-b py-1.5 wrap-anywhere">
            {children(item)}
          </li>
        ))}
      </ul>
      {total > first.length && (
        <p className="mt-1 text-soft">and {(total - first.length).toLocaleString("en")} more</p>
      )}
    </section>
  );
}
