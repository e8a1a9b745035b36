import { sharedDatabase } from "@/lib/db/client";
import { findPaper } from "@/lib/papers/find";
import { findRelated } from "@/lib/papers/related";
import { toApiPapers } from "@/lib/readers/bookmarks";
import { currentReader } from "@/lib/readers/current-reader";
import { paperPath } from "@/lib/words/paper-path";

type Context = { params: Promise<{ id: string[] }> };

/** One paper, or with `/related` behind its id the papers related to it; 404 if it is not in the library, 308 from a previous ID. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const parts = (await params).id;
  const isRelated = parts.length > 1 && parts.at(-1) === "related";
  const id = (isRelated ? parts.slice(0, -1) : parts).join("/");
  const found = await findPaper(id);
  if (!found) return Response.json({ error: `Paper "${id.slice(0, 80)}" not found.` }, { status: 404 });
  if ("movedTo" in found) {
    const Location = `/api/v1${paperPath(found.movedTo)}${isRelated ? "/related" : ""}`;
    return new Response(null, { status: 308, headers: { Location } });
  }
  if (isRelated) return Response.json({ papers: await findRelated(sharedDatabase(), found.key) });
  const [paper] = await toApiPapers(currentReader(), [found.paper]);
  return Response.json(paper);
}
