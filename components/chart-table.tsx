import type { ReactNode } from "react";
import { listPath } from "@/lib/papers/filter";
import type { Found } from "@/lib/topics/day-counts";
import { formatPapers } from "@/lib/words/paper-counts";

/** The filter that finds the counted papers. */
export const linkTo = ({ find }: Found) => listPath(find);

// Created once, since there are hundreds of numbers.
const percent = [0, 1].map(
  (digits) =>
    new Intl.NumberFormat("en", {
      style: "percent",
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
);

/** `4.2%`, `27%`. */
export function formatShare(share: number): string {
  return percent[share < 0.1 ? 1 : 0]?.format(share) ?? "";
}

// Keeps the row headers in place while the table scrolls sideways. Set once here, since a table has hundreds of cells.
const tableStyle = `border-collapse text-left text-ink tabular-nums [&_td]:text-right [&_td,&_th]:border-b [&_td,&_th]:border-rule
  [&_td,&_th]:px-2 [&_td,&_th]:py-0.5 [&_th]:whitespace-nowrap [&_th]:font-normal [&_thead_th]:align-bottom
  [&_thead_th]:text-soft [&_tr>:first-child]:sticky [&_tr>:first-child]:left-0 [&_tr>:first-child]:bg-page
  [&_tr>:first-child]:pl-0 [&_td_a]:inline-block [&_td_a]:min-w-6 [&_td_a]:py-0.5 [&_td_a]:underline
  [&_td_a]:decoration-edge [&_td_a]:underline-offset-3`;

/** The values of a chart as a table, folded away below it. A table wider than the page scrolls in its own box. */
export function ChartTable({
  name,
  caption,
  children,
}: {
  name: string;
  caption: string;
  children: ReactNode;
}) {
  return (
    <details className="mt-4 text-soft print:hidden">
      <summary className="w-fit py-1 hover:text-ink">Show {name} as a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling element must be reachable by keyboard */}
      <section aria-label={caption} tabIndex={0} className="mt-2 overflow-x-auto">
        <table className={tableStyle}>
          <caption className="pb-2 text-left text-soft">{caption}</caption>
          {children}
        </table>
      </section>
    </details>
  );
}

/** A number in the table, linked to its papers. */
export function FoundLink({ found, name }: { found: Found; name: string }) {
  if (found.papers === 0) return 0;
  return (
    <a href={linkTo(found)} aria-label={`${formatPapers(found.papers)}, ${name}`}>
      {found.papers.toLocaleString("en")}
    </a>
  );
}
