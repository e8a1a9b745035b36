import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { SourcesView } from "@/components/sources-view";
import { database } from "@/lib/db/client";
import { readEnv } from "@/lib/env";
import { measureBodies } from "@/lib/imports/bodies";
import { listImports } from "@/lib/imports/history";
import { findRefresh } from "@/lib/imports/refresh-state";

export const metadata: Metadata = {
  title: "Sources",
  description: "Recent imports and their rejected entries.",
};

export const dynamic = "force-dynamic";

export default async function SourcesPage() {
  const { bodies } = readEnv();
  const db = database();
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
      />
    </Frame>
  );
}
