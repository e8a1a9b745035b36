import type { Metadata } from "next";
import { connection } from "next/server";
import { PageNotFound } from "@/components/not-found-views";

export const metadata: Metadata = { title: "Page not found" };

/** For an address that no page has. Rendered per request, because its footer is about the library. */
export default async function NotFound() {
  await connection();
  return <PageNotFound />;
}
