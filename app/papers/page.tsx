import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Frame } from "@/components/frame";
import { feedLink } from "@/components/metadata";
import { ResultsView } from "@/components/results-view";
import { arxivIdOf } from "@/lib/arxiv-id";
import { share } from "@/lib/http/answer";
import { filterState, maxQueryLength } from "@/lib/papers/filter";
import { toNotes } from "@/lib/papers/filter-notes";
import { countFacet, listPapers } from "@/lib/papers/list";
import { bookmarkedBy } from "@/lib/readers/bookmarks";
import { currentReader } from "@/lib/readers/current-reader";
import { paperPath } from "@/lib/words/paper-path";

export const dynamic = "force-dynamic";

type Params = Record<string, string | string[] | undefined>;
type Props = { searchParams: Promise<Params> };

/** The filter in the address, with a note for each value that was ignored or cut. */
function readFilter(query: Params) {
  const params = { ...query };
  const notes: string[] = [];
  const q = [params.q].flat()[0]?.trim() ?? "";
  if (q.length > maxQueryLength) {
    params.q = q.slice(0, maxQueryLength);
    notes.push(`Searched for the first ${maxQueryLength} characters only.`);
  }
  const { state, problems } = filterState.parse(params);
  notes.push(...toNotes(problems));
  const { from, to, minAuthors, maxAuthors } = state;
  if (from && to && from > to) notes.push("The start date is after the end date, so nothing matches.");
  if (minAuthors !== null && maxAuthors !== null && minAuthors > maxAuthors)
    notes.push("The minimum number of authors is larger than the maximum, so nothing matches.");
  return { filter: state, notes };
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { filter } = readFilter(await searchParams);
  const about = [filter.q.slice(0, 60), ...filter.tag].filter(Boolean).join(", ");
  return {
    title: about ? `${about} · Search` : "All papers",
    description: about ? `Papers matching ${about}.` : "All papers in this library, newest first.",
    alternates: feedLink(filter),
  };
}

export default async function PapersPage({ searchParams }: Props) {
  const params = await searchParams;
  const { filter, notes } = readFilter(params);
  // A search for an arXiv id or the address of a paper opens that paper. If it is missing, its page can fetch it.
  const named = arxivIdOf(filter.q);
  if (named) redirect(paperPath(named));
  const address = filterState.href("/papers", filter);
  // A form also sends its empty fields. Redirect to the address without them, which is the one to share.
  if (notes.length === 0 && Object.values(params).some((value) => [value].flat().includes("")))
    redirect(address);
  if (notes.length === 0 && !filter.bookmarked) share(address);
  const ownBookmarks = bookmarkedBy(currentReader());
  const results = await listPapers(filter, ownBookmarks);
  const tags = await countFacet("tag", filter, ownBookmarks);
  return (
    <Frame
      place={filter.bookmarked ? "library" : "papers"}
      own={filter.bookmarked}
      filter={filter}
      skipTo="papers"
      marks={{ ids: results.papers.map((paper) => paper.id) }}
    >
      <ResultsView filter={filter} results={results} tags={tags} notes={notes} />
    </Frame>
  );
}
