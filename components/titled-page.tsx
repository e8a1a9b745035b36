import type { ReactNode } from "react";
import { Frame } from "./frame";

type Props = {
  title: string;
  /** True for subscribers, whom nothing of the reader's concerns. */
  isForOthers?: boolean;
  children: ReactNode;
};

/** A page of one column. Its title has the focus after a form was sent: the routes redirect to `#title`. */
export function TitledPage({ title, isForOthers = false, children }: Props) {
  return (
    <Frame usesLibrary={!isForOthers}>
      <div className="max-w-column">
        <header className="border-ink border-b-2 pt-4 pb-3">
          <h1
            id="title"
            tabIndex={-1}
            className="scroll-mt-20 font-display text-3xl outline-none sm:text-4xl wrap-anywhere"
          >
            {title}
          </h1>
        </header>
        {children}
      </div>
    </Frame>
  );
}
