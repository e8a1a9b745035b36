import { readEnv } from "@/lib/env";

export const dynamic = "force-dynamic";

/** What search engines may index: nothing, or every page that is the same for all readers. */
export function GET(): Response {
  const own = ["/library", "/catch-up", "/settings", "/sources", "/me.css", "/api/", "/*?*bookmarked="];
  const lines = readEnv().indexing ? own.map((path) => `Disallow: ${path}`) : ["Disallow: /"];
  return new Response(["User-agent: *", ...lines, ""].join("\n"), {
    headers: { "Content-Type": "text/plain; charset=utf-8" },
  });
}
