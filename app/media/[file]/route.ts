import { sharedDatabase } from "@/lib/db/client";
import { openMedia, readPicture } from "@/lib/media/store";

type Context = { params: Promise<{ file: string }> };

/** A picture of a paper. Its name follows from its content, so browsers keep it forever. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const body = await readPicture(openMedia(sharedDatabase()), (await params).file);
  if (!body) return new Response("Broadsheet: not found.\n", { status: 404 });
  return new Response(new Uint8Array(body), {
    headers: { "Content-Type": "image/webp", "Cache-Control": "public, max-age=31536000, immutable" },
  });
}
