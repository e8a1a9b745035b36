import { share } from "@/lib/http/answer";
import { readMathFile } from "@/lib/tex/files";

type Context = { params: Promise<{ version: string; file: string }> };

/** KaTeX's style sheet and fonts, cached by browsers forever. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { version, file } = await params;
  const found = readMathFile(version, file);
  if (!found) return new Response("Broadsheet: not found.\n", { status: 404 });
  share(`/math/${version}/${file}`);
  return new Response(found.body, {
    headers: { "Content-Type": found.type, "Cache-Control": "public, max-age=31536000, immutable" },
  });
}
