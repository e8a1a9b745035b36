import { redirectTo } from "@/lib/http/form";
import { findLatestPeriod } from "@/lib/papers/periods";

export const dynamic = "force-dynamic";

/** Redirects to the week of the latest edition. */
export async function GET(): Promise<Response> {
  const latest = await findLatestPeriod("week");
  return redirectTo(latest === null ? "/" : `/papers/week/${latest}`);
}
