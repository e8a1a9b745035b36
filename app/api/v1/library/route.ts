import { currentReader } from "@/lib/readers/current-reader";
import { countLibrary } from "@/lib/readers/library-counts";

/** The states, lists and tags of the library, each with its number of papers. */
export async function GET(): Promise<Response> {
  return Response.json(await countLibrary(currentReader()));
}
