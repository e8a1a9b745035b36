import { writeRoute } from "@/lib/http/unavailable";
import { currentReader } from "@/lib/readers/current-reader";
import { setMark } from "@/lib/readers/marks";

type Context = { params: Promise<{ id: string[] }> };

/** Bookmarks a paper. Idempotent. */
export const PUT = writeRoute(async (_request: Request, context: Context) => {
  return set(context, true);
});

/** Removes the bookmark. Idempotent. */
export const DELETE = writeRoute(async (_request: Request, context: Context) => {
  return set(context, false);
});

async function set({ params }: Context, on: boolean): Promise<Response> {
  const id = (await params).id.join("/");
  if (await setMark(currentReader(), "Bookmark", [id], on)) return new Response(null, { status: 204 });
  return Response.json({ error: `Paper "${id.slice(0, 80)}" not found.` }, { status: 404 });
}
