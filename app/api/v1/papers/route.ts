import { filterState } from "@/lib/papers/filter";
import { listPapers } from "@/lib/papers/list";

/** The papers of a filter; 400 with the first value that makes no sense. */
export async function GET(request: Request): Promise<Response> {
  const { state, problems } = filterState.parse(new URL(request.url).searchParams);
  const [problem] = problems;
  if (problem) {
    const { field, got, expected } = problem;
    const shown = got.length > 80 ? `${got.slice(0, 80)}…` : got;
    return Response.json({ error: `${field}: expected ${expected}, got "${shown}"`, field }, { status: 400 });
  }
  return Response.json(await listPapers(state));
}
