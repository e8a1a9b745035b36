import { goTo } from "@/lib/http/form";
import { startRefresh } from "@/lib/ingest/start-refresh";

/** What the button "Refresh now" posts. Answers 303 to the reads, which say how it goes. */
export function POST(): Response {
  startRefresh();
  return goTo("/reads");
}
