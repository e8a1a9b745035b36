import { libraryProblem } from "@/lib/db/readiness";
import { isStopping } from "@/lib/http/stopping";

export const dynamic = "force-dynamic";

/** Whether to send requests to this server now. A load balancer asks. */
export async function GET(): Promise<Response> {
  const problem = await libraryProblem();
  const reasons = [
    ...(isStopping() ? ["The server is stopping."] : []),
    ...(problem === null ? [] : [`The library is unavailable: ${problem}.`]),
  ];
  if (reasons.length === 0) return Response.json({ status: "ready", reasons });
  return Response.json({ status: "not ready", reasons }, { status: 503 });
}
