import { refuse } from "@/lib/http/refuse";
import { suggest, suggestState } from "@/lib/papers/suggest";

/** Papers, authors, tags, organizations and days for what was typed so far. 400 for an invalid value. */
export async function GET(request: Request): Promise<Response> {
  const { state, problems } = suggestState.parse(new URL(request.url).searchParams);
  const [problem] = problems;
  if (problem) return refuse(problem);
  return Response.json(await suggest(state.q, state.limit));
}
