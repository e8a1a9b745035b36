import { readEnv } from "@/lib/env";
import { patternsOf } from "@/lib/http/routes";

export const dynamic = "force-dynamic";

/** What search engines may index: nothing, or every page that is the same for all readers. */
export function GET(): Response {
  const hidden = [...patternsOf((route) => !route.shared), "/*?*bookmarked="];
  const lines = readEnv().indexing ? hidden.map((path) => `Disallow: ${path}`) : ["Disallow: /"];
  return new Response(["User-agent: *", ...lines, ""].join("\n"), {
    headers: { "Content-Type": "text/plain; charset=utf-8" },
  });
}
