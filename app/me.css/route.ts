import { findKept } from "@/lib/library/bookmarks";

// As many as a page can show, and an edition was never half as long.
const most = 500;

/**
 * The reader's own marks on the papers of `?ids=ID,ID`, as a style sheet: it shows the button that lets go where a paper
 * is kept. Never stored, not even with an ETag: Chromium's Back would show an old one without asking.
 */
export async function GET(request: Request): Promise<Response> {
  const ids = (new URL(request.url).searchParams.get("ids") ?? "").split(",").slice(0, most);
  const kept = await findKept(ids);
  const papers = `:is(${kept.map((id) => `[id=${JSON.stringify(`p-${id}`)}]`).join()})`;
  const sheet =
    kept.length === 0 ? "" : `${papers} [name=keep]{display:none}${papers} [name=drop]{display:flex}\n`;
  return new Response(sheet, {
    headers: { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "private, no-store" },
  });
}
