import { z } from "zod";
import { plainAnswer, readFields, redirectBack } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { currentReader } from "@/lib/readers/current-reader";
import { createList, deleteList, nameSchema, renameList } from "@/lib/readers/lists";
import { renameTags } from "@/lib/readers/own-tags";

const name = z.tuple([nameSchema]).transform(([only]) => only);
type Make = (reader: string) => Promise<boolean>;
const to = (make: Make) => make;

const formSchema = z.union([
  z.strictObject({ create: name }).transform(({ create }) => to((by) => createList(by, create))),
  z
    .strictObject({ list: name, to: name })
    .transform((form) => to((by) => renameList(by, form.list, form.to))),
  z.strictObject({ delete: name }).transform((form) => to((by) => deleteList(by, form.delete))),
  z
    .strictObject({ tag: z.array(z.string().max(200)).min(1).max(100), to: name })
    .transform((form) => to((by) => renameTags(by, form.tag, form.to))),
]);

/**
 * Target of the forms for lists and tags as a whole: `create=NAME` and `delete=NAME` for a list, `list=NAME` with `to=NAME` to rename
 * it, and `tag=NAME`, possibly several times, with `to=NAME` to rename or merge tags. Redirects to the page the reader came from.
 */
export const POST = writeRoute(async (request: Request) => {
  const parsed = formSchema.safeParse(await readFields(request));
  if (!parsed.success) {
    return plainAnswer(
      400,
      "expected a form with create, delete, list and to, or tag and to: names of 1 to 200 characters.",
    );
  }
  if (await parsed.data(currentReader())) return redirectBack(request);
  return plainAnswer(409, "no such list or tag, or another list has this name.");
});
