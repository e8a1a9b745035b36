import { refuse } from "@/lib/http/refuse";
import { explainFilter } from "@/lib/papers/describe";
import { countFacets, type FacetName, facetNames } from "@/lib/papers/facets";
import { readFilter } from "@/lib/papers/filter";
import { findPapers } from "@/lib/papers/list";
import { readText } from "@/lib/papers/query";
import { toApiPapers } from "@/lib/readers/bookmarks";
import { currentReader } from "@/lib/readers/current-reader";
import { papersOf } from "@/lib/readers/own-papers";

const isFacet = (name: string): name is FacetName => facetNames.some((known) => known === name);

/** The papers of a filter, how it was understood, and the requested facets. 400 for the first invalid value. */
export async function GET(request: Request): Promise<Response> {
  const params = new URL(request.url).searchParams;
  const { filter, problems } = readFilter(params);
  const names = (params.get("facets") ?? "").split(",").filter((name) => name !== "");
  const unknown = names.find((name) => !isFacet(name));
  const problem =
    unknown === undefined
      ? problems[0]
      : { field: "facets", got: unknown, expected: `${facetNames.join(" or ")}, separated by commas` };
  if (problem) return refuse(problem);
  const reader = currentReader();
  const own = await papersOf(reader);
  const { papers, corrected, unlisted: _, ...rest } = await findPapers(filter, own);
  const shown = corrected?.isUsed ? { ...filter, q: corrected.text } : filter;
  const results = {
    ...rest,
    understood: explainFilter(shown),
    notes: readText(filter.q, own).notes,
    correction: corrected && { q: corrected.text, used: corrected.isUsed },
    papers: await toApiPapers(reader, papers),
  };
  if (names.length === 0) return Response.json(results);
  const facets = await countFacets(shown, names.filter(isFacet), rest.total, own);
  return Response.json({ ...results, facets: facets.values, facetsAreExact: facets.isExact });
}
