import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  /** Links to what comes before and after, beside the title. */
  nav?: ReactNode;
  /** Between the title and the line of facts. */
  children?: ReactNode;
  /** What the list holds. Stays in sight with `tools` while the list is read. */
  facts: ReactNode;
  tools?: ReactNode;
};

/** The head of a list: its title, and a line with how much it holds that stays at the top of the window. */
export function Masthead({ title, nav, children, facts, tools }: Props) {
  return (
    <>
      <header className="pt-2.5 pb-1 sm:pt-4">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 max-sm:flex-nowrap max-sm:gap-x-3">
          <h1 className="min-w-0 font-display text-3xl wrap-anywhere sm:text-4xl">{title}</h1>
          {nav}
        </div>
        {children}
      </header>
      <div className="sticky top-0 z-2 mb-px flex flex-wrap items-center justify-between gap-x-3 sm:gap-x-6 @max-[17rem]/page:static border-ink border-b-2 bg-page py-1 print:static">
        <p className="max-sm:min-w-0 max-sm:flex-1 max-sm:basis-32 py-1 text-soft max-sm:text-fact">
          {facts}
        </p>
        {tools && (
          <div className="flex flex-wrap items-center gap-x-2 max-sm:contents sm:gap-x-4 print:hidden">
            {tools}
          </div>
        )}
      </div>
    </>
  );
}

/** A link in a line of facts. */
export const factLink = "inline-block py-1 underline decoration-edge underline-offset-3";
