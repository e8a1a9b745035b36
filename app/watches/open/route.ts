import { z } from "zod";
import { plainAnswer, readForm, redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { listPath } from "@/lib/papers/filter";
import { currentReader } from "@/lib/readers/current-reader";
import { openWatch } from "@/lib/readers/watches";

const formSchema = z.strictObject({ id: z.coerce.number().int().positive() });

/** Target of the name of a watch: `id`. Its papers count as looked at, and it redirects to them, newest first. */
export const POST = writeRoute(async (request: Request) => {
  const parsed = formSchema.safeParse(await readForm(request));
  if (!parsed.success) return plainAnswer(400, "expected a form with id, the number of a watch.");
  const q = await openWatch(currentReader(), parsed.data.id);
  return redirectTo(q === null ? "/watches" : listPath({ q, sort: "newest" }));
});
