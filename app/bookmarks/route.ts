import { z } from "zod";
import { plainAnswer, readFields, redirectBack } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { currentReader } from "@/lib/readers/current-reader";
import { maxPapersPerForm, setMark } from "@/lib/readers/marks";

const idsSchema = z.array(z.string().min(1).max(200)).min(1).max(maxPapersPerForm);
const formSchema = z.union([
  z.strictObject({ keep: idsSchema }).transform(({ keep }) => toMark("Bookmark", keep, true)),
  z.strictObject({ drop: idsSchema }).transform(({ drop }) => toMark("Bookmark", drop, false)),
  z.strictObject({ seen: idsSchema }).transform(({ seen }) => toMark("Seen", seen, true)),
  z.strictObject({ unseen: idsSchema }).transform(({ unseen }) => toMark("Seen", unseen, false)),
]);
const toMark = (mark: "Bookmark" | "Seen", ids: string[], on: boolean) => ({ mark, ids, on });

/**
 * Target of the forms of a list: `keep=ID`, `drop=ID`, `seen=ID` or `unseen=ID`, one of them, possibly several times.
 * Redirects to the page the reader came from, at the paper if it was a single one.
 */
export const POST = writeRoute(async (request: Request) => {
  const parsed = formSchema.safeParse(await readFields(request));
  if (!parsed.success) {
    return plainAnswer(
      400,
      `expected a form with keep=ID, drop=ID, seen=ID or unseen=ID, up to ${maxPapersPerForm} of one kind.`,
    );
  }
  const { mark, ids, on } = parsed.data;
  if (!(await setMark(currentReader(), mark, ids, on))) return plainAnswer(404, "paper not found.");
  return redirectBack(request, ids.length === 1 ? `p-${ids[0]}` : undefined);
});
