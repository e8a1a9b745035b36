import { z } from "zod";
import { plainAnswer, readForm, redirectBack, redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { filterOf, queryText } from "@/lib/papers/filter";
import { readText } from "@/lib/papers/query";
import { currentReader } from "@/lib/readers/current-reader";
import { nameSchema } from "@/lib/readers/lists";
import { watchState } from "@/lib/readers/watch-state";
import { deleteWatch, saveWatch } from "@/lib/readers/watches";

const toName = (q: string) => q.slice(0, 200).toWellFormed();

const id = z.coerce.number().int().positive();
const formSchema = z.union([
  z.strictObject({ delete: id }),
  z.strictObject({
    q: queryText.pipe(z.string().min(1)),
    name: nameSchema.or(z.literal("")).optional(),
    mutes: z.literal("true").optional(),
    id: id.optional(),
    /** Whether to return to the page that the form was on. */
    back: z.literal("true").optional(),
  }),
]);

/**
 * Target of the forms of watches: `q` with `name`, which is the text itself if it is missing, and `mutes=true`; with `id` to change a
 * watch; or `delete=ID`. Redirects to the watches, to the page it came from with `back=true`, or to the form with what is wrong.
 */
export const POST = writeRoute(async (request: Request) => {
  const parsed = formSchema.safeParse(await readForm(request));
  if (!parsed.success)
    return plainAnswer(
      400,
      "expected a form with q, a text of 1 to 500 characters, and if wanted name, mutes=true and id; or with delete, the number of a watch.",
    );
  const form = parsed.data;
  const reader = currentReader();
  if ("delete" in form) {
    await deleteWatch(reader, form.delete); // twice deleted is deleted
    return redirectTo("/watches#title");
  }
  const { q } = filterOf({ q: form.q });
  const draft = { q, name: form.name || toName(form.q), mutes: form.mutes === "true" };
  const save = (name: string) =>
    readText(q).parts.length === 0 ? "empty" : saveWatch(reader, { ...draft, name }, form.id ?? null);
  let problem = await save(draft.name);
  // One click follows a tag, whatever else has its name.
  if (problem === "name" && form.back) problem = await save(toName(q));
  if (problem)
    return redirectTo(
      `${watchState.href("/watches/edit", { ...draft, id: form.id ?? null, problem })}#problem`,
    );
  return form.back ? redirectBack(request) : redirectTo("/watches#title");
});
