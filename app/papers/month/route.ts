import { redirectTo } from "@/lib/http/form";
import { findLatestPeriod } from "@/lib/papers/periods";

export const dynamic = "force-dynamic";

/** Redirects to the month of the latest edition. */
export async function GET(): Promise<Response> {
  const latest = await findLatestPeriod("month");
  return redirectTo(latest === null ? "/" : `/papers/month/${latest}`);
}
