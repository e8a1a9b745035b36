import { readFile } from "node:fs/promises";
import { readEnv } from "@/lib/env";
import { pictureFile } from "@/lib/media/store";

type Context = { params: Promise<{ file: string }> };

/** A picture of a paper. Its name follows from its content, so browsers keep it forever. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { media } = readEnv();
  const file = media.maxBytes > 0 ? pictureFile(media, (await params).file) : null;
  const body = file && (await readFile(file).catch(ifMissing));
  if (!body) return new Response("Broadsheet: not found.\n", { status: 404 });
  return new Response(body, {
    headers: { "Content-Type": "image/webp", "Cache-Control": "public, max-age=31536000, immutable" },
  });
}

function ifMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
