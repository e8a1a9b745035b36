import { setTimeout as sleep } from "node:timers/promises";
import { databaseProblem } from "@/lib/db/problem";
import { describeLibrary } from "@/lib/papers/editions";

export const dynamic = "force-dynamic";

const unknown = { papers: null, latestEdition: null };
// Less than the patience of whatever asks.
const patienceMs = 3000;

/**
 * Answers 200 as long as this process lives: restarting it would not bring back a database. `papers` and
 * `latestEdition` are null while the library cannot be read. /api/ready says whether it can.
 */
export async function GET(): Promise<Response> {
  const library = await Promise.race([
    describeLibrary().catch((error: unknown) => {
      if (databaseProblem(error) === null) throw error;
      return unknown;
    }),
    sleep(patienceMs, unknown, { ref: false }),
  ]);
  return Response.json({ status: "ok", ...library });
}
