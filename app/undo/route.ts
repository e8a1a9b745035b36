import { comeBack } from "@/lib/http/form";
import { writing } from "@/lib/http/unavailable";
import { findPaperOfLastChange, undo } from "@/lib/readers/changes";
import { whoIsAsking } from "@/lib/readers/who-is-asking";

/** Target of the undo bar. Redirects to the page the reader came from, at the paper if it was a single one. */
export const POST = writing(async (request: Request) => {
  const paper = await findPaperOfLastChange(whoIsAsking());
  await undo(whoIsAsking());
  return comeBack(request, paper === null ? undefined : `p-${paper}`);
});
