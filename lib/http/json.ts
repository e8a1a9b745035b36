import type { z } from "zod";

/** The JSON of a request's body. Undefined if it is none, or if the sender disconnected before its end. */
export async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined; // which no schema accepts
  }
}

/** The API's answer to a body that makes no sense: the first problem, and the path of its field (`lists.0`). */
export function refuseJson({ issues: [issue] }: z.ZodError): Response {
  const field = issue?.path.join(".") || "body";
  const expected = issue?.path.length ? issue.message : "a JSON object with known fields";
  return Response.json({ error: `${field}: expected ${expected}`, field }, { status: 400 });
}
