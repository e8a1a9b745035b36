import { share } from "@/lib/http/answer";
import { siteAddress } from "@/lib/http/site-address";
import { isShared, readFilter } from "@/lib/papers/filter";
import { currentReader } from "@/lib/readers/current-reader";
import { papersOf } from "@/lib/readers/own-papers";
import { toAtom } from "@/lib/syndicate/atom";
import { findFeed } from "@/lib/syndicate/feed";

/** The papers of a filter as an Atom feed. 400 for an invalid value, because nobody would read a note in a feed. */
export async function GET(request: Request): Promise<Response> {
  const { filter, problems } = readFilter(new URL(request.url).searchParams);
  const [problem] = problems;
  if (problem) {
    const { field, got, expected } = problem;
    const line = `Broadsheet: ${field}: expected ${expected}, got "${got.slice(0, 80)}"\n`;
    return new Response(line, { status: 400, headers: { "Content-Type": "text/plain; charset=utf-8" } });
  }
  const base = siteAddress(request.headers.get("host"));
  const own = await papersOf(currentReader());
  const feed = await findFeed(filter, base, own);
  const isPublic = isShared(filter, own);
  if (isPublic) share(feed.self);
  return new Response(toAtom(feed), {
    headers: {
      "Content-Type": "application/atom+xml; charset=utf-8",
      "Cache-Control": isPublic ? "public, max-age=900" : "private, no-store",
      "Last-Modified": feed.updated.toUTCString(),
    },
  });
}
