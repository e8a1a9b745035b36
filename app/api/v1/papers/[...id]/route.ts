import { findPaper } from "@/lib/papers/find";
import { toApiPapers } from "@/lib/readers/bookmarks";
import { currentReader } from "@/lib/readers/current-reader";
import { paperPath } from "@/lib/words/paper-path";

type Context = { params: Promise<{ id: string[] }> };

/** One paper; 404 if it is not in the library, 308 from a previous ID. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const id = (await params).id.join("/");
  const found = await findPaper(id);
  if (!found) return Response.json({ error: `Paper "${id.slice(0, 80)}" not found.` }, { status: 404 });
  if ("movedTo" in found) {
    return new Response(null, { status: 308, headers: { Location: `/api/v1${paperPath(found.movedTo)}` } });
  }
  const [paper] = await toApiPapers(currentReader(), [found.paper]);
  return Response.json(paper);
}
