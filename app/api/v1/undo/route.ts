import { z } from "zod";
import { writeRoute } from "@/lib/http/unavailable";
import { findLastChange, undo } from "@/lib/readers/changes";
import { currentReader } from "@/lib/readers/current-reader";

const changeSchema = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .nullable();

/**
 * Undoes the reader's last change: `{"undone":"Added to library","last":…}`. `undone` is null if there is none, or if
 * it is not the one in `?change=`. `last` is the change that the next undo reverts.
 */
export const POST = writeRoute(async (request: Request) => {
  const change = changeSchema.safeParse(new URL(request.url).searchParams.get("change"));
  if (!change.success) {
    return Response.json({ error: "change: expected a change number" }, { status: 400 });
  }
  const undone = await undo(currentReader(), change.data ?? undefined);
  return Response.json({ undone, last: (await findLastChange(currentReader()))?.message ?? null });
});
