import { refuse } from "@/lib/http/refuse";
import { filterState } from "@/lib/papers/filter";
import { countFacet, facetNames, listPapers } from "@/lib/papers/list";
import { bookmarkedBy, toApiPapers } from "@/lib/readers/bookmarks";
import { currentReader } from "@/lib/readers/current-reader";

/** The papers of a filter, with the requested facets. 400 for the first invalid value. */
export async function GET(request: Request): Promise<Response> {
  const params = new URL(request.url).searchParams;
  const { state, problems } = filterState.parse(params);
  const names = (params.get("facets") ?? "").split(",").filter((name) => name !== "");
  const facets = facetNames.filter((name) => names.includes(name));
  const unknown = names.find((name) => !facets.some((known) => known === name));
  const problem =
    unknown === undefined
      ? problems[0]
      : { field: "facets", got: unknown, expected: `${facetNames.join(" or ")}, separated by commas` };
  if (problem) return refuse(problem);
  const reader = currentReader();
  const { total, papers, unlisted: _, ...rest } = await listPapers(state, bookmarkedBy(reader));
  // Every total is exact today. The field lets clients notice if that ever changes.
  const results = { total, totalIsExact: true, ...rest, papers: await toApiPapers(reader, papers) };
  if (facets.length === 0) return Response.json(results);
  const counted: Record<string, unknown> = {};
  for (const name of facets) counted[name] = await countFacet(name, state, bookmarkedBy(reader));
  return Response.json({ ...results, facets: counted });
}
