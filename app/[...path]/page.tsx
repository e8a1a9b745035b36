import type { Metadata } from "next";
import { PageNotFound } from "@/components/not-found-views";
import { setStatus } from "@/lib/http/answer";

export const dynamic = "force-dynamic";

export const metadata: Metadata = { title: "Page not found" };

/** Every address that no other page has. */
export default function UnknownPage() {
  setStatus(404);
  return <PageNotFound />;
}
