/** The fields of the form that a request brings; null where its body is no form. */
export async function readForm(request: Request): Promise<Record<string, unknown> | null> {
  const form = await readFormData(request);
  return form && Object.fromEntries(form);
}

/** The same where a field may stand several times: all its values, in order. */
export async function readFields(request: Request): Promise<Record<string, unknown[]> | null> {
  const form = await readFormData(request);
  return form && Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]));
}

async function readFormData(request: Request): Promise<FormData | null> {
  try {
    return await request.formData();
  } catch (error) {
    // No form, or one whose sender has hung up before its end: nobody is there to be told.
    if (error instanceof TypeError || isCut(error)) return null;
    throw error;
  }
}

function isCut(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNRESET";
}

/** An answer of one line, for whoever sent what no page of ours sends. */
export function sayPlainly(status: number, line: string): Response {
  const headers = { "Content-Type": "text/plain; charset=utf-8" };
  return new Response(`Broadsheet: ${line}\n`, { status, headers });
}

/** On to a page of this site after a form was taken: 303, so that it is asked for by GET. */
export function goTo(address: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 303, headers: { Location: address, ...headers } });
}

/** Back to the page of this site from which a change was made, at the element of this id; to `/` from anywhere else. */
export function comeBack(request: Request, at?: string): Response {
  const address = cameFrom(request) + (at ? `#${at.split("/").map(encodeURIComponent).join("/")}` : "");
  // A browser without scripts would show the page before this one as it was, on Back.
  return goTo(address, { "Clear-Site-Data": '"cache"' });
}

function cameFrom(request: Request): string {
  const referer = request.headers.get("referer");
  if (!referer || !URL.canParse(referer)) return "/";
  const { host, pathname, search } = new URL(referer);
  // A path of two slashes would lead to another host.
  return host === request.headers.get("host") ? pathname.replace(/^[/\\]+/, "/") + search : "/";
}
