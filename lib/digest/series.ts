import type { Database } from "../db/client";
import { describeFilter } from "../papers/describe";
import { filterOf } from "../papers/filter";

export const rhythms = ["daily", "weekly"] as const;
export type Rhythm = (typeof rhythms)[number];

/** What all who get the same digests have in common: each digest of a series is made once. */
export type Series = {
  q: string;
  rhythm: Rhythm;
  /** Null: once the edition is complete. */
  hour: number | null;
  zone: string;
  /** Whose watches it contains. Null if nobody's. */
  watcher: string | null;
};

/** The columns of DigestIssue that a series has. */
export const toColumns = ({ q, rhythm, hour, zone, watcher }: Series) => ({
  q,
  rhythm,
  slot: hour === null ? "" : `${hour} ${zone}`,
  watcher: watcher ?? "",
});

/** What a digest of a search is called: `Daily papers`, or the search in words. */
export function nameOf(q: string, rhythm: Rhythm): string {
  if (q.trim() === "") return rhythm === "daily" ? "Daily papers" : "Weekly papers";
  return describeFilter(filterOf({ q }));
}

/** All series that somebody gets, and since when the first of them does. */
export async function findSeries(db: Database): Promise<{ series: Series; since: Date }[]> {
  const found = await db.subscription.groupBy({
    by: ["q", "rhythm", "hour", "zone", "readerId"],
    where: { state: "active" },
    _min: { confirmedAt: true },
  });
  const posted = await db.webhook.groupBy({
    by: ["q"],
    where: { disabledAt: null },
    _min: { createdAt: true },
  });
  const all = new Map<string, { series: Series; since: Date }>();
  const add = (series: Series, since: Date) => {
    const key = JSON.stringify(series);
    const other = all.get(key);
    all.set(key, { series, since: other && other.since < since ? other.since : since });
  };
  for (const { q, rhythm, hour, zone, readerId, _min } of found)
    add(
      { q, rhythm: rhythm as Rhythm /* so it was stored */, hour, zone, watcher: readerId },
      _min.confirmedAt ?? new Date(0),
    );
  for (const { q, _min } of posted)
    add({ q, rhythm: "daily", hour: null, zone: "UTC", watcher: null }, _min.createdAt ?? new Date(0));
  return [...all.values()];
}
