import { database } from "@/lib/db/client";
import { findRefresh } from "@/lib/imports/refresh-state";

/** Whether a refresh is running, and the result of the last one. */
export async function GET(): Promise<Response> {
  return Response.json(await findRefresh(database()));
}
