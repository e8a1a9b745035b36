import { comeBack } from "@/lib/http/form";
import { undo } from "@/lib/library/changes";

/** What the form of the undo bar posts. Answers 303 to the page it came from. */
export async function POST(request: Request): Promise<Response> {
  await undo();
  return comeBack(request);
}
