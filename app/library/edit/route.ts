import { z } from "zod";
import { plainAnswer, readFields, redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { listPath, qualify } from "@/lib/papers/filter";
import { currentReader } from "@/lib/readers/current-reader";
import { createList, deleteList, nameSchema, renameList } from "@/lib/readers/lists";
import { renameTags } from "@/lib/readers/own-tags";

const name = z.tuple([nameSchema]).transform(([only]) => only);
type Make = (reader: string) => Promise<boolean>;
/** What a form does, and which papers of the library are shown after it, and if it was not possible. */
const to = (make: Make, after: string, instead: string) => ({ make, after, instead });
const list = (name: string) => qualify("list", name);
const tag = (name: string) => qualify("tag", name);

const formSchema = z.union([
  z.strictObject({ create: name }).transform((form) => {
    const shown = list(form.create);
    return to((by) => createList(by, form.create), shown, shown);
  }),
  z
    .strictObject({ list: name, to: name })
    .transform((form) => to((by) => renameList(by, form.list, form.to), list(form.to), list(form.list))),
  z.strictObject({ delete: name }).transform((form) => to((by) => deleteList(by, form.delete), "", "")),
  z
    .strictObject({ tag: z.array(z.string().max(200)).min(1).max(100), to: name })
    .transform((form) => to((by) => renameTags(by, form.tag, form.to), tag(form.to), "")),
]);

/**
 * Target of the forms for lists and tags as a whole: `create=NAME` and `delete=NAME` for a list, `list=NAME` with `to=NAME` to rename
 * it, and `tag=NAME`, possibly several times, with `to=NAME` to rename or merge tags. Redirects to the list or tag in the library, with
 * `problem=name` if that was not possible.
 */
export const POST = writeRoute(async (request: Request) => {
  const parsed = formSchema.safeParse(await readFields(request));
  if (!parsed.success) {
    return plainAnswer(
      400,
      "expected a form with create, delete, list and to, or tag and to: names of 1 to 200 characters.",
    );
  }
  const { make, after, instead } = parsed.data;
  const isDone = await make(currentReader());
  const path = listPath({ q: isDone ? after : instead }, "/library");
  return redirectTo(isDone ? path : `${path}${path.includes("?") ? "&" : "?"}problem=name`);
});
