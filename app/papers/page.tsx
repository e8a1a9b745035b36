import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Frame } from "@/components/frame";
import { feedLink } from "@/components/metadata";
import { ResultsView } from "@/components/results-view";
import { arxivIdOf } from "@/lib/arxiv-id";
import { share } from "@/lib/http/answer";
import { countFacets, type FacetName, type Facets } from "@/lib/papers/facets";
import {
  conditionState,
  type Filter,
  filterState,
  isOwn,
  isShared,
  maxQueryLength,
  readFilter,
} from "@/lib/papers/filter";
import { toNotes } from "@/lib/papers/filter-notes";
import { findPapers } from "@/lib/papers/list";
import { readText } from "@/lib/papers/query";
import { currentReader } from "@/lib/readers/current-reader";
import { papersOf } from "@/lib/readers/own-papers";
import { flatten, type Tree } from "@/lib/search/tree";
import { paperPath } from "@/lib/words/paper-path";

export const dynamic = "force-dynamic";

type Params = Record<string, string | string[] | undefined>;
type Props = { searchParams: Promise<Params> };

/** The filter in the address, with a note for each value that was ignored, cut or not understood. */
function readAddress(query: Params) {
  const params = { ...query };
  const notes: string[] = [];
  const q = [params.q].flat()[0]?.trim() ?? "";
  if (q.length > maxQueryLength) {
    params.q = q.slice(0, maxQueryLength);
    notes.push(`Searched for the first ${maxQueryLength} characters only.`);
  }
  const { filter, problems } = readFilter(params);
  notes.push(...toNotes(problems));
  return { filter, notes };
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { filter } = readAddress(await searchParams);
  const about = filter.q.slice(0, 60);
  return {
    title: about ? `${about} · Search` : "All papers",
    description: about ? `Papers matching ${about}.` : "All papers in this library, newest first.",
    alternates: feedLink(filter),
  };
}

/** Years, or months once some days are chosen. */
const facetsFor = (tree: Tree): FacetName[] => [
  "tag",
  flatten(tree).some((part) => "range" in part) ? "month" : "year",
  ...(["authors", "organization", "code"] as const),
];

export default async function PapersPage({ searchParams }: Props) {
  const params = await searchParams;
  const { filter, notes } = readAddress(params);
  // A search for an arXiv id or the address of a paper opens that paper. If it is missing, its page can fetch it.
  const named = arxivIdOf(filter.q);
  if (named) redirect(paperPath(named));
  const address = filterState.href("/papers", filter);
  // One address for one list: conditions beside the text become part of it, and a form's empty fields are left out.
  if (notes.length === 0 && !isCanonical(params, filter)) redirect(address);
  const own = await papersOf(currentReader());
  const isReaders = isOwn(filter, own);
  const query = readText(filter.q, own);
  if (notes.length === 0 && isShared(filter, own)) share(address);
  const found = await findPapers(filter, own);
  const shown: Filter = found.corrected?.isUsed ? { ...filter, q: found.corrected.text } : filter;
  const facets: Facets = await countFacets(shown, facetsFor(query.tree), found.total, own);
  return (
    <Frame
      place={isReaders ? "library" : "papers"}
      own={isReaders}
      filter={filter}
      skipTo="papers"
      marks={{ ids: found.papers.map((paper) => paper.id), q: filter.q }}
    >
      <ResultsView filter={filter} found={found} facets={facets} notes={[...notes, ...query.notes]} />
    </Frame>
  );
}

function isCanonical(params: Params, filter: Filter): boolean {
  const values = (name: string) => [params[name]].flat().filter((value) => value !== undefined);
  if (Object.keys(conditionState.defaults).some((name) => values(name).length > 0)) return false;
  if (Object.keys(params).some((name) => values(name).includes(""))) return false;
  return filterState.parse(params).state.q === filter.q;
}
