import type { ReactNode } from "react";

/** A list, and beside it, or below it where the page is narrow, a quiet second column. */
export function Columns({ aside, children }: { aside?: ReactNode; children: ReactNode }) {
  return (
    <div className="wide:grid wide:grid-cols-[minmax(0,1fr)_14rem] wide:gap-x-14">
      <div className="min-w-0">{children}</div>
      {aside && (
        <aside className="mt-12 grid content-start gap-7 max-wide:sm:grid-cols-2 wide:mt-6 print:hidden">
          {aside}
        </aside>
      )}
    </div>
  );
}

/** A part of the second column, with a small heading. */
export function SidePart({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-1 font-semibold text-fact">{title}</h2>
      {children}
    </section>
  );
}

/** A row of the second column: a link and a number. */
export function SideRow({ href, count, current, children }: SideRowProps) {
  return (
    <li>
      <a
        href={href}
        aria-current={current ? "true" : undefined}
        className="flex justify-between gap-3 py-1 text-fact text-soft hover:text-ink aria-[current=true]:font-semibold aria-[current=true]:text-ink"
      >
        <span className="min-w-0 wrap-anywhere">{children}</span>
        <span className="text-faint tabular-nums">{count}</span>
      </a>
    </li>
  );
}

type SideRowProps = { href: string; count: string; current?: boolean; children: ReactNode };
