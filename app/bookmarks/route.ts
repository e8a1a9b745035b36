import { z } from "zod";
import { plainAnswer, readFields, redirectBack } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import type { Mark } from "@/lib/readers/changes";
import { currentReader } from "@/lib/readers/current-reader";
import { mostAtOnce, setMark } from "@/lib/readers/marks";

const ids = z.array(z.string().min(1).max(200)).min(1).max(mostAtOnce);
const formSchema = z.union([
  z.strictObject({ keep: ids }).transform(({ keep }) => toMark("Bookmark", keep, true)),
  z.strictObject({ drop: ids }).transform(({ drop }) => toMark("Bookmark", drop, false)),
  z.strictObject({ seen: ids }).transform(({ seen }) => toMark("Seen", seen, true)),
  z.strictObject({ unseen: ids }).transform(({ unseen }) => toMark("Seen", unseen, false)),
]);
const toMark = (mark: Mark, of: string[], on: boolean) => ({ mark, of, on });

/**
 * Target of the forms of a list: `keep=ID`, `drop=ID`, `seen=ID` or `unseen=ID`, one of them, possibly several times.
 * Redirects to the page the reader came from, at the paper if it was a single one.
 */
export const POST = writeRoute(async (request: Request) => {
  const parsed = formSchema.safeParse(await readFields(request));
  if (!parsed.success) {
    return plainAnswer(
      400,
      `expected a form with keep=ID, drop=ID, seen=ID or unseen=ID, up to ${mostAtOnce} of one kind.`,
    );
  }
  const { mark, of, on } = parsed.data;
  if (!(await setMark(currentReader(), mark, of, on))) return plainAnswer(404, "paper not found.");
  return redirectBack(request, of.length === 1 ? `p-${of[0]}` : undefined);
});
