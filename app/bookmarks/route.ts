import { z } from "zod";
import { goTo, readForm, sayPlainly } from "@/lib/http/form";
import { setBookmark } from "@/lib/library/bookmarks";

const id = z.string().min(1).max(200);
const formSchema = z.union([z.object({ keep: id }), z.object({ drop: id })]);

/** What a list's form posts: `keep=ID` or `drop=ID`. Answers 303 to the page it came from, at the paper. */
export async function POST(request: Request): Promise<Response> {
  const parsed = formSchema.safeParse(await readForm(request));
  if (!parsed.success) return sayPlainly(400, "expected a form with keep=ID or drop=ID.");
  const [paperId, kept] = "keep" in parsed.data ? [parsed.data.keep, true] : [parsed.data.drop, false];
  if (!(await setBookmark(paperId, kept))) return sayPlainly(404, "no paper of this id is here.");
  const Location = `${cameFrom(request)}#${encodeURIComponent(`p-${paperId}`)}`;
  // A browser without scripts would show the page before this one as it was, on Back.
  return goTo(Location, { "Clear-Site-Data": '"cache"' });
}

/** Path and query of the page on this site that the request came from; `/` for any other. */
function cameFrom(request: Request): string {
  const referer = request.headers.get("referer");
  if (!referer || !URL.canParse(referer)) return "/";
  const { host, pathname, search } = new URL(referer);
  // A path of two slashes would lead to another host.
  return host === request.headers.get("host") ? pathname.replace(/^[/\\]+/, "/") + search : "/";
}
