/** The fields of a submitted form, or null if the body is not a form. */
export async function readForm(request: Request): Promise<Record<string, unknown> | null> {
  const form = await readFormData(request);
  return form && Object.fromEntries(form);
}

/** The same for fields that may be repeated: all their values, in order. */
export async function readFields(request: Request): Promise<Record<string, unknown[]> | null> {
  const form = await readFormData(request);
  return form && Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]));
}

async function readFormData(request: Request): Promise<FormData | null> {
  try {
    return await request.formData();
  } catch (error) {
    // Not a form, or one whose sender disconnected before its end, so that nobody needs an answer.
    if (error instanceof TypeError || isDisconnect(error)) return null;
    throw error;
  }
}

function isDisconnect(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNRESET";
}

/** An error message of one line, for requests that no page of ours sends. */
export function plainAnswer(status: number, line: string): Response {
  const headers = { "Content-Type": "text/plain; charset=utf-8" };
  return new Response(`Broadsheet: ${line}\n`, { status, headers });
}

/** Redirects to a page of this site after a form post (303, so the browser uses GET). */
export function redirectTo(address: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 303, headers: { Location: address, ...headers } });
}

/** Redirects to the page of this site where a change was made, at the element with this id; to `/` from anywhere else. */
export function redirectBack(request: Request, at?: string): Response {
  const address = cameFrom(request) + (at ? `#${at.split("/").map(encodeURIComponent).join("/")}` : "");
  // Without scripts, Back would otherwise show a browser's old copy of the page.
  return redirectTo(address, { "Clear-Site-Data": '"cache"' });
}

function cameFrom(request: Request): string {
  const referer = request.headers.get("referer");
  if (!referer || !URL.canParse(referer)) return "/";
  const { host, pathname, search } = new URL(referer);
  // A path that starts with two slashes would lead to another host.
  return host === request.headers.get("host") ? pathname.replace(/^[/\\]+/, "/") + search : "/";
}
