import { isDay } from "@/lib/days";
import { findNew } from "@/lib/readers/catch-up";
import { currentReader } from "@/lib/readers/current-reader";

/** Redirects from the end of an edition, `?after=2025-12-11`, to the next one with new papers, or to the queue. */
export async function GET(request: Request): Promise<Response> {
  const after = new URL(request.url).searchParams.get("after") ?? "";
  const { next } = await findNew(currentReader(), isDay(after) ? after : null);
  return new Response(null, {
    status: 303,
    headers: { Location: next ? `/papers/date/${next.day}` : "/catch-up", "Cache-Control": "no-store" },
  });
}
