import { comeBack } from "@/lib/http/form";
import { findPaperOfLastChange, undo } from "@/lib/library/changes";

/** What the form of the undo bar posts. Answers 303 to the page it came from, at the paper where it is one. */
export async function POST(request: Request): Promise<Response> {
  const paper = await findPaperOfLastChange();
  await undo();
  return comeBack(request, paper === null ? undefined : `p-${paper}`);
}
