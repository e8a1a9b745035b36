import { database } from "@/lib/db/open-database";
import { findRefresh } from "@/lib/imports/refresh";

/** What refreshing is up to, or came to. */
export async function GET(): Promise<Response> {
  return Response.json(await findRefresh(database()));
}
