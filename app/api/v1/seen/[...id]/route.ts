import { writeRoute } from "@/lib/http/unavailable";
import { currentReader } from "@/lib/readers/current-reader";
import { markPassed, setMark } from "@/lib/readers/marks";

type Context = { params: Promise<{ id: string[] }> };

/** Marks a paper as seen. With `?passing` it is not a step to undo: the reader only moved past it. Idempotent. */
export const PUT = writeRoute(async (request: Request, { params }: Context) => {
  const id = (await params).id.join("/");
  const ids = [id];
  const passing = new URL(request.url).searchParams.has("passing");
  return answer(
    id,
    passing ? await markPassed(currentReader(), ids) : await setMark(currentReader(), "Seen", ids, true),
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
