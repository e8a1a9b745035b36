import type { ReactNode } from "react";

type Props = {
  /** What the button shows, and its name if that is not in words. */
  label: ReactNode;
  name?: string;
  children: ReactNode;
};

/**
 * A button that opens a small panel below it; on a phone, as wide as the nearest positioned element around it. It works without a script; components/browser/menus.ts also closes it on
 * Escape and on a click elsewhere.
 */
export function Menu({ label, name, children }: Props) {
  return (
    <details data-menu className="sm:relative print:hidden">
      <summary
        aria-label={name}
        className="flex min-h-6 cursor-pointer list-none items-center rounded-md px-1.5 py-1 text-soft hover:text-ink [&::-webkit-details-marker]:hidden"
      >
        {label}
      </summary>
      <div className="absolute top-full right-0 z-10 mt-1 max-h-[80dvh] overflow-y-auto max-sm:left-0 sm:w-max sm:max-w-96 rounded-md border border-edge bg-page p-4 text-ink shadow-md">
        {children}
      </div>
    </details>
  );
}
