import { writeRoute } from "@/lib/http/unavailable";
import { currentReader } from "@/lib/readers/current-reader";
import { markSeenInPassing, setMark } from "@/lib/readers/marks";

type Context = { params: Promise<{ id: string[] }> };

/** Marks a paper as seen. With `?passing`, the reader only moved past it, so it cannot be undone. Idempotent. */
export const PUT = writeRoute(async (request: Request, { params }: Context) => {
  const id = (await params).id.join("/");
  const ids = [id];
  const passing = new URL(request.url).searchParams.has("passing");
  return answer(
    id,
    passing
      ? await markSeenInPassing(currentReader(), ids)
      : await setMark(currentReader(), "Seen", ids, true),
  );
});

/** Marks a paper as new. Idempotent. */
export const DELETE = writeRoute(async (_request: Request, { params }: Context) => {
  const id = (await params).id.join("/");
  return answer(id, await setMark(currentReader(), "Seen", [id], false));
});

function answer(id: string, done: boolean): Response {
  if (done) return new Response(null, { status: 204 });
  return Response.json({ error: `Paper "${id.slice(0, 80)}" not found.` }, { status: 404 });
}
