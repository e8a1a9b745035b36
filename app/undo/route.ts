import { comeBack } from "@/lib/http/form";
import { writing } from "@/lib/http/unavailable";
import { findPaperOfLastChange, undo } from "@/lib/readers/changes";
import { whoIsAsking } from "@/lib/readers/who-is-asking";

/** What the form of the undo bar posts. Answers 303 to the page it came from, at the paper where it is one. */
export const POST = writing(async (request: Request) => {
  const paper = await findPaperOfLastChange(whoIsAsking());
  await undo(whoIsAsking());
  return comeBack(request, paper === null ? undefined : `p-${paper}`);
});
