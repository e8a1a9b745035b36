import type { ReactNode } from "react";

/** A page that has only something to say: what happened, and what to do next. */
export function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="max-w-[60ch] pt-14 font-text text-lg/relaxed">
      <h1 className="mb-4 text-4xl/tight font-medium tracking-tight text-balance">{title}</h1>
      <div className="grid gap-3 [&_a]:underline [&_a]:decoration-edge [&_a]:underline-offset-4 [&_code]:text-base">
        {children}
      </div>
    </div>
  );
}
