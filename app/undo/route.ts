import { redirectBack } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { findLastChange, undo } from "@/lib/readers/changes";
import { currentReader } from "@/lib/readers/current-reader";

/** Target of the undo bar. Redirects to the page the reader came from, at the paper if it was a single one. */
export const POST = writeRoute(async (request: Request) => {
  const last = await findLastChange(currentReader());
  await undo(currentReader());
  return redirectBack(request, last?.paper ? `p-${last.paper.id}` : undefined);
});
