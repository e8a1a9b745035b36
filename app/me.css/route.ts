import { isDay } from "@/lib/days";
import { findNew } from "@/lib/readers/catch-up";
import { findLastChange } from "@/lib/readers/changes";
import { currentReader } from "@/lib/readers/current-reader";
import { findForgotten } from "@/lib/readers/forgotten";
import { findMarks } from "@/lib/readers/marks";
import { readSettings } from "@/lib/readers/settings";
import { toSheet } from "@/lib/readers/sheet";
import { findWatchMarks } from "@/lib/readers/watch-matches";
import { isWatched } from "@/lib/readers/watches";

// More than a page of a list. An edition may be longer, and is requested by day.
const maxIds = 200;

/**
 * The reader's part of a page as a style sheet: settings, the last change, and the marks on the papers of
 * `?ids=ID,ID` or `?day=2025-12-11`; with `&q=` also whether the reader watches this search. It is never stored, not even with an ETag: Chromium's Back button would show an
 * old copy without asking.
 */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const day = searchParams.get("day");
  const ids = (searchParams.get("ids") ?? "").split(",").slice(0, maxIds);
  const isDayRequest = day !== null && isDay(day);
  const reader = currentReader();
  const shown = isDayRequest ? { day } : { ids };
  const q = searchParams.get("q") ?? "";
  const sheet = toSheet({
    settings: await readSettings(reader),
    marks: await findMarks(reader, shown),
    last: await findLastChange(reader),
    queue: await findNew(reader, isDayRequest ? day : null),
    watched: await findWatchMarks(reader, shown, q),
    isWatching: await isWatched(reader, q),
    forgotten: isDayRequest ? await findForgotten(reader) : null,
  });
  return new Response(sheet, {
    headers: { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "private, no-store" },
  });
}
