import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { ReadsView } from "@/components/reads-view";
import { database } from "@/lib/db/open-database";
import { readEnv } from "@/lib/env";
import { weighBodies } from "@/lib/imports/bodies";
import { listReads } from "@/lib/imports/reads";
import { findRefresh } from "@/lib/imports/refresh";

export const metadata: Metadata = {
  title: "Reads",
  description: "What was read in the last weeks, and what could not be.",
};

export const dynamic = "force-dynamic";

export default async function ReadsPage() {
  const { bodies } = readEnv();
  const db = database();
  const [{ reads, quiet, more }, kept] = [await listReads(db), await weighBodies(bodies)];
  const state = await findRefresh(db);
  return (
    <Frame>
      <ReadsView
        reads={reads}
        quiet={quiet}
        more={more}
        kept={{ ...kept, mostBytes: bodies.mostBytes }}
        refresh={state}
      />
    </Frame>
  );
}
