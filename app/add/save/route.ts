import { z } from "zod";
import { isDay } from "@/lib/days";
import { setProblem } from "@/lib/http/answer";
import { plainAnswer, readForm, redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { currentReader } from "@/lib/readers/current-reader";
import { findUpload, finishUpload } from "@/lib/readers/uploads";
import { runOnThread } from "@/lib/uploads/run-on-thread";

const formSchema = z.object({
  upload: z.string().min(1).max(100),
  bookmark: z.literal("on").optional(),
  day: z.string().refine(isDay).optional(),
});

/**
 * Target of the button below a preview: `upload=TOKEN`, `day` if the reader chose one, and `bookmark=on` to bookmark the papers of a listing. Redirects
 * to what was added. Sent twice, it adds nothing twice.
 */
export const POST = writeRoute(async (request: Request) => {
  const form = formSchema.safeParse(await readForm(request));
  if (!form.success) return plainAnswer(400, "expected a form with upload=TOKEN.");
  const { upload: token, bookmark, day: pageDate = null } = form.data;
  const reader = currentReader();
  const upload = await findUpload(reader, token);
  if (upload?.result === null) {
    const message = await runOnThread({
      ...{ does: "add", reader, token, pageDate },
      bookmark: bookmark === "on",
    });
    if ("libraryProblem" in message) {
      setProblem(message.libraryProblem);
      return new Response(null, { status: 503 });
    }
    const { outcome } = message;
    if (outcome && "problem" in outcome) {
      // The same form, sent twice at once, may have been finished meanwhile.
      const now = await findUpload(reader, token);
      if (now?.result === null) return redirectTo("/add?problem=unfinished#problem");
    } else if (outcome) await finishUpload(reader, token, JSON.stringify(outcome));
  }
  return redirectTo(`/add?upload=${token}#title`);
});
