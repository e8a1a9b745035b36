import { isDay } from "@/lib/days";
import { findKept, findKeptOn } from "@/lib/library/bookmarks";

// More than a list shows; an edition, of any length, is asked for by its day.
const most = 200;

/**
 * The reader's own marks on the papers of `?ids=ID,ID` or of `?day=2025-12-11`, as a style sheet: it shows the button that lets go where a paper
 * is kept. Never stored, not even with an ETag: Chromium's Back would show an old one without asking.
 */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const day = searchParams.get("day");
  const ids = (searchParams.get("ids") ?? "").split(",").slice(0, most);
  const kept = day !== null && isDay(day) ? await findKeptOn(day) : await findKept(ids);
  const papers = `:is(${kept.map((id) => `[id=${JSON.stringify(`p-${id}`)}]`).join()})`;
  const sheet =
    kept.length === 0 ? "" : `${papers} [name=keep]{display:none}${papers} [name=drop]{display:flex}\n`;
  return new Response(sheet, {
    headers: { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "private, no-store" },
  });
}
