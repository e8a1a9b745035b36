import { redirectTo } from "@/lib/http/form";
import { currentReader } from "@/lib/readers/current-reader";
import { findForgotten } from "@/lib/readers/forgotten";
import { paperPath } from "@/lib/words/paper-path";

/** Leads to the bookmarked paper that `/me.css` shows at the end of an edition, or to the library if there is none. */
export async function GET(): Promise<Response> {
  const found = await findForgotten(currentReader());
  return redirectTo(found ? paperPath(found.id) : "/library");
}
