/** The fields of the form that a request brings; null where its body is no form. */
export async function readForm(request: Request): Promise<Record<string, unknown> | null> {
  try {
    return Object.fromEntries(await request.formData());
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
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
