import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { SourcesView } from "@/components/sources-view";
import { database } from "@/lib/db/open-database";
import { readEnv } from "@/lib/env";
import { weighBodies } from "@/lib/imports/bodies";
import { listReads } from "@/lib/imports/reads";
import { findRefresh } from "@/lib/imports/refresh";

export const metadata: Metadata = {
  title: "Sources",
  description: "Recent imports and their rejected entries.",
};

export const dynamic = "force-dynamic";

export default async function SourcesPage() {
  const { bodies } = readEnv();
  const db = database();
  const [{ reads, quiet, more }, kept] = [await listReads(db), await weighBodies(bodies)];
  const state = await findRefresh(db);
  return (
    <Frame>
      <SourcesView
        reads={reads}
        quiet={quiet}
        more={more}
        kept={{ ...kept, mostBytes: bodies.mostBytes }}
        refresh={state}
      />
    </Frame>
  );
}
