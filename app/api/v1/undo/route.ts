import { undo } from "@/lib/library/changes";

/** Takes the reader's last change back: `{"undone":"Kept “…”"}`, null where there is none. */
export async function POST(): Promise<Response> {
  return Response.json({ undone: await undo() });
}
