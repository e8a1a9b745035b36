import { redirectBack } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { currentReader } from "@/lib/readers/current-reader";
import { snooze } from "@/lib/readers/forgotten";

/** Target of “Not now”: the paper at the end of an edition comes back in a month. */
export const POST = writeRoute(async (request: Request) => {
  await snooze(currentReader()); // another tab may have done it
  return redirectBack(request, "forgotten");
});
