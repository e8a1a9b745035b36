import type { Problem } from "../url-state";

/** The API's answer to an invalid parameter. */
export function refuse({ field, got, expected }: Problem): Response {
  const shown = got.length > 80 ? `${got.slice(0, 80)}…` : got;
  return Response.json({ error: `${field}: expected ${expected}, got "${shown}"`, field }, { status: 400 });
}
