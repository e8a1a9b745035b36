import { z } from "zod";
import { isDay } from "@/lib/days";
import { comeBack, readFields, sayPlainly } from "@/lib/http/form";
import type { Mark } from "@/lib/library/changes";
import { setMark, type Which } from "@/lib/library/marks";

// More than a page shows.
const most = 500;
const ids = z.array(z.string().min(1).max(200)).min(1).max(most);
const day = z.tuple([z.string().refine(isDay)]);
const formSchema = z.union([
  z.strictObject({ keep: ids }),
  z.strictObject({ drop: ids }),
  z.strictObject({ seen: ids }),
  z.strictObject({ unseen: ids }),
  z.strictObject({ day }),
  z.strictObject({ since: day }),
]);

/**
 * What the form of a list posts: `keep=ID`, `drop=ID`, `seen=ID` or `unseen=ID`, several of one of them; `day=2025-12-11`,
 * by which all papers of that edition are seen, or `since=2025-12-11`, by which those of all later ones are too. Answers
 * 303 to the page it came from, at the paper where it is one.
 */
export async function POST(request: Request): Promise<Response> {
  const parsed = formSchema.safeParse(await readFields(request));
  if (!parsed.success) {
    return sayPlainly(
      400,
      "expected a form with keep=ID, drop=ID, seen=ID, unseen=ID, day=DAY or since=DAY.",
    );
  }
  const [mark, which, on] = toMark(parsed.data);
  if (!(await setMark(mark, which, on))) return sayPlainly(404, "no such paper is here.");
  const only = "ids" in which && which.ids.length === 1 ? which.ids[0] : undefined;
  return comeBack(request, only && `p-${only}`);
}

function toMark(asked: z.infer<typeof formSchema>): [Mark, Which, boolean] {
  if ("keep" in asked) return ["Bookmark", { ids: asked.keep }, true];
  if ("drop" in asked) return ["Bookmark", { ids: asked.drop }, false];
  if ("seen" in asked) return ["Seen", { ids: asked.seen }, true];
  if ("unseen" in asked) return ["Seen", { ids: asked.unseen }, false];
  return ["Seen", "day" in asked ? { day: asked.day[0] } : { since: asked.since[0] }, true];
}
