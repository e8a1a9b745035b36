import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { ReadsView } from "@/components/reads-view";
import { database } from "@/lib/db/open-database";
import { readEnv } from "@/lib/env";
import { weighBodies } from "@/lib/ingest/bodies";
import { listReads } from "@/lib/ingest/reads";

export const metadata: Metadata = {
  title: "Reads",
  description: "What was read in the last weeks, and what could not be.",
};

export const dynamic = "force-dynamic";

export default async function ReadsPage() {
  const { bodies } = readEnv();
  const [{ reads, more }, kept] = [await listReads(database()), await weighBodies(bodies)];
  return (
    <Frame>
      <ReadsView reads={reads} more={more} kept={{ ...kept, mostBytes: bodies.mostBytes }} />
    </Frame>
  );
}
