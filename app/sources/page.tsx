import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { SourcesView } from "@/components/sources-view";
import { isDay } from "@/lib/days";
import { database } from "@/lib/db/client";
import { measureBodies, openBodies } from "@/lib/imports/bodies";
import { listImports } from "@/lib/imports/history";
import { findRefresh } from "@/lib/imports/refresh-state";
import { canFetch } from "@/lib/papers/day-state";

export const metadata: Metadata = {
  title: "Sources",
  description: "Recent imports and their rejected entries.",
};

export const dynamic = "force-dynamic";

/** After a button fetched one day: that day, or one that has to wait for another refresh (app/refresh). */
type Props = { searchParams: Promise<{ fetched?: unknown; waiting?: unknown }> };

const toFetchableDay = (value: unknown) =>
  typeof value === "string" && isDay(value) && canFetch(value) ? value : null;

export default async function SourcesPage({ searchParams }: Props) {
  const { fetched, waiting } = await searchParams;
  const db = database();
  const bodies = openBodies(db);
  const { imports, quiet, more } = await listImports(db);
  const stored = await measureBodies(bodies);
  const state = await findRefresh(db);
  return (
    <Frame>
      <SourcesView
        imports={imports}
        quiet={quiet}
        more={more}
        stored={{ ...stored, maxBytes: bodies.maxBytes }}
        refresh={state}
        fetched={toFetchableDay(fetched)}
        waiting={toFetchableDay(waiting)}
      />
    </Frame>
  );
}
