import { redirectBack } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { findPaperOfLastChange, undo } from "@/lib/readers/changes";
import { currentReader } from "@/lib/readers/current-reader";

/** Target of the undo bar. Redirects to the page the reader came from, at the paper if it was a single one. */
export const POST = writeRoute(async (request: Request) => {
  const paper = await findPaperOfLastChange(currentReader());
  await undo(currentReader());
  return redirectBack(request, paper === null ? undefined : `p-${paper}`);
});
