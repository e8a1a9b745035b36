import { type Day, formatDay } from "@/lib/days";
import { RefreshButton } from "./refresh-button";

/** Says that the newest papers are old, with a button that fetches newer ones. See lib/papers/stale.ts. */
export function StaleNote({ newest }: { newest: Day }) {
  return (
    <div role="note" className="mt-3 border-edge border-l-2 pl-3 text-soft print:hidden">
      Newest papers are from {formatDay(newest, "d MMM yyyy")}. <RefreshButton name="Refresh" inText />
    </div>
  );
}
