import path from "node:path";
import { z } from "zod";
import type { addProblems } from "@/components/add-form";
import { readFields, redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { printable } from "@/lib/printable";
import { currentReader } from "@/lib/readers/current-reader";
import { maxUploadBytes, storeUpload } from "@/lib/readers/uploads";
import { unpackUpload } from "@/lib/uploads/decode";

const formSchema = z.object({
  text: z.array(z.string()).default([]),
  file: z.array(z.instanceof(File)).default([]), // a browser sends an empty one if none was chosen
});

/** Target of the form on /add: `text` or `file`, which is stored. Redirects to the preview, or back with the problem. */
export const POST = writeRoute(async (request: Request) => {
  const form = formSchema.safeParse(await readFields(request));
  if (!form.success) return toProblem("form");
  const texts = form.data.text.filter((text) => text.trim() !== "");
  const files = form.data.file.filter((file) => file.size > 0);
  const [text = "", file] = [texts[0], files[0]];
  if (texts.length + files.length > 1) return toProblem("several");
  const bytes = file ? Buffer.from(await file.arrayBuffer()) : Buffer.from(text);
  const body = await unpackUpload(bytes, maxUploadBytes);
  if (typeof body === "string") return toProblem(body);
  const token = await storeUpload(currentReader(), file ? nameOf(file) : null, body);
  return redirectTo(`/add?upload=${token}#title`);
});

const toProblem = (name: keyof typeof addProblems) => redirectTo(`/add?problem=${name}#problem`);

const maxNameLength = 200;

/** The name of a file without its folders, as it can be shown and stored. */
function nameOf(file: File): string | null {
  return printable(path.basename(file.name)).slice(-maxNameLength).toWellFormed() || null;
}
