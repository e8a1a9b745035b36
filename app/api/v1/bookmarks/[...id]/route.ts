import { readJson, refuseJson } from "@/lib/http/json";
import { writeRoute } from "@/lib/http/unavailable";
import { findAttached } from "@/lib/readers/attached";
import { currentReader } from "@/lib/readers/current-reader";
import { edit, editSchema } from "@/lib/readers/edit";
import { setMark } from "@/lib/readers/marks";
import { findKeys } from "@/lib/readers/paper-keys";

type Context = { params: Promise<{ id: string[] }> };

/** Bookmarks a paper. Idempotent. */
export const PUT = writeRoute(async (_request: Request, context: Context) => {
  return set(context, true);
});

/** Removes the bookmark. Idempotent. */
export const DELETE = writeRoute(async (_request: Request, context: Context) => {
  return set(context, false);
});

/**
 * Replaces what is attached to a paper, and returns that: JSON with any of `state`, `note`, `lists` and `tags`. Null if nothing is.
 * 400 for anything else.
 */
export const PATCH = writeRoute(async (request: Request, { params }: Context) => {
  const parsed = editSchema.safeParse(await readJson(request));
  if (!parsed.success) return refuseJson(parsed.error);
  const id = (await params).id.join("/");
  const reader = currentReader();
  if (!(await edit(reader, id, parsed.data))) return notFound(id);
  const [key = 0] = await findKeys([id]);
  return Response.json((await findAttached(reader, [key])).get(key) ?? null);
});

async function set({ params }: Context, on: boolean): Promise<Response> {
  const id = (await params).id.join("/");
  if (await setMark(currentReader(), "Bookmark", [id], on)) return new Response(null, { status: 204 });
  return notFound(id);
}

const notFound = (id: string) =>
  Response.json({ error: `Paper "${id.slice(0, 80)}" not found.` }, { status: 404 });
