import type { ReactNode } from "react";

/** A page with a message: what happened, and what to do next. */
export function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="max-w-column pt-10 font-text text-lg sm:pt-14">
      <div>
        <h1 className="mb-4 max-w-[22ch] font-display text-4xl sm:text-5xl text-balance">{title}</h1>
        <div className="grid max-w-measure gap-3 wrap-anywhere [&_a]:underline [&_a]:decoration-edge [&_a]:underline-offset-4">
          {children}
        </div>
      </div>
    </div>
  );
}
