import { setMark } from "@/lib/library/marks";

type Context = { params: Promise<{ id: string[] }> };

/** Keeps a paper. Idempotent. */
export async function PUT(_request: Request, context: Context): Promise<Response> {
  return set(context, true);
}

/** Lets it go. Idempotent. */
export async function DELETE(_request: Request, context: Context): Promise<Response> {
  return set(context, false);
}

async function set({ params }: Context, on: boolean): Promise<Response> {
  const id = (await params).id.join("/");
  if (await setMark("Bookmark", [id], on)) return new Response(null, { status: 204 });
  return Response.json({ error: `No paper "${id.slice(0, 80)}" is here.` }, { status: 404 });
}
