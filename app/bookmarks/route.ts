import { z } from "zod";
import { plainAnswer, readFields, redirectBack } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { currentReader } from "@/lib/readers/current-reader";
import { addToList, nameSchema, removeFromList } from "@/lib/readers/lists";
import { maxPapersPerForm, setMark } from "@/lib/readers/marks";
import { maxNoteLength, writeNote } from "@/lib/readers/notes";
import { addTags, removeTags } from "@/lib/readers/own-tags";
import { setState } from "@/lib/readers/states";
import { readingStates } from "@/lib/reading-states";

const ids = z.array(z.string().min(1).max(200)).min(1).max(maxPapersPerForm);
const one = <Value extends z.ZodType>(value: Value) => z.tuple([value]).transform(([only]) => only);
// Browsers send line breaks as CRLF.
const note = z
  .string()
  .transform((text) => text.replaceAll("\r\n", "\n"))
  .pipe(z.string().max(maxNoteLength));

type Make = (reader: string) => Promise<boolean>;
const to = (ids: string[], make: Make) => ({ ids, make });

const formSchema = z.union([
  z
    .strictObject({ keep: ids })
    .transform(({ keep }) => to(keep, (by) => setMark(by, "Bookmark", keep, true))),
  z
    .strictObject({ drop: ids })
    .transform(({ drop }) => to(drop, (by) => setMark(by, "Bookmark", drop, false))),
  z.strictObject({ seen: ids }).transform(({ seen }) => to(seen, (by) => setMark(by, "Seen", seen, true))),
  z
    .strictObject({ unseen: ids })
    .transform(({ unseen }) => to(unseen, (by) => setMark(by, "Seen", unseen, false))),
  z
    .strictObject({ id: ids, state: one(z.enum(readingStates)) })
    .transform(({ id, state }) => to(id, (by) => setState(by, id, state))),
  z
    .strictObject({ id: ids, list: one(nameSchema) })
    .transform(({ id, list }) => to(id, (by) => addToList(by, list, id))),
  z
    .strictObject({ id: ids, unlist: one(nameSchema) })
    .transform(({ id, unlist }) => to(id, (by) => removeFromList(by, unlist, id))),
  z
    .strictObject({ id: ids, note: one(note) })
    .transform(({ id, note }) => to(id, (by) => writeNote(by, id, note))),
  z
    .strictObject({ id: ids, tag: one(nameSchema) })
    .transform(({ id, tag }) => to(id, (by) => addTags(by, id, [tag]))),
  z
    .strictObject({ id: ids, untag: one(nameSchema) })
    .transform(({ id, untag }) => to(id, (by) => removeTags(by, id, [untag]))),
]);

/**
 * Target of the forms of a list: `keep=ID`, `drop=ID`, `seen=ID` or `unseen=ID`, one of them, possibly several times; or `id=ID`,
 * possibly several times, with one of `state=`, `list=`, `unlist=`, `note=`, `tag=` and `untag=`. Redirects to the page the reader
 * came from, at the paper if it was a single one.
 */
export const POST = writeRoute(async (request: Request) => {
  const parsed = formSchema.safeParse(await readFields(request));
  if (!parsed.success) {
    return plainAnswer(
      400,
      `expected a form with keep=ID, drop=ID, seen=ID or unseen=ID, or with id=ID and state, list, unlist, note, tag or untag, of up to ${maxPapersPerForm.toLocaleString("en")} papers.`,
    );
  }
  const { ids, make } = parsed.data;
  if (!(await make(currentReader()))) return plainAnswer(404, "paper or list not found.");
  return redirectBack(request, ids.length === 1 ? `p-${ids[0]}` : undefined);
});
