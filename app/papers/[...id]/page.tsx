import type { Metadata } from "next";
import { permanentRedirect } from "next/navigation";
import { cache } from "react";
import { Frame } from "@/components/frame";
import { PaperNotFound } from "@/components/not-found-views";
import { Notes } from "@/components/notes";
import { PaperView } from "@/components/paper-view";
import { RelatedPapers } from "@/components/related-papers";
import { toArxivId } from "@/lib/arxiv-id";
import { findProvenance } from "@/lib/catalog/provenance";
import { toCitationMeta } from "@/lib/cite/citation-meta";
import { isDay } from "@/lib/days";
import { sharedDatabase } from "@/lib/db/client";
import { readEnv } from "@/lib/env";
import { setStatus, share } from "@/lib/http/answer";
import { findLastFailure } from "@/lib/imports/fetch-paper";
import { findByAuthors } from "@/lib/papers/by-authors";
import { toNotes } from "@/lib/papers/filter-notes";
import { findPaper } from "@/lib/papers/find";
import { findRelated, relatedState } from "@/lib/papers/related";
import { toSpoken } from "@/lib/tex/typeset";
import { paperPath } from "@/lib/words/paper-path";
import { readPathId } from "@/lib/words/path-id";

export const dynamic = "force-dynamic";

type Props = {
  params: Promise<{ id: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

// Called once per request, for both the page and its title.
const find = cache(findPaper);

const readId = async (params: Props["params"]) => readPathId((await params).id);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await find(await readId(params));
  if (!found || "movedTo" in found) return { title: "Paper not found" };
  const { paper } = found;
  const other: Record<string, string[]> = {};
  for (const { name, content } of toCitationMeta({ id: paper.id, paper }, readEnv().publicUrl))
    other[name] = [...(other[name] ?? []), content];
  return { title: toSpoken(paper.title), description: paper.abstract?.slice(0, 200), other };
}

export default async function PaperPage({ params, searchParams }: Props) {
  const id = await readId(params);
  if (isDay(id)) permanentRedirect(`/papers/date/${id}`);
  const found = await find(id);
  if (!found) {
    setStatus(404);
    const arxivId = toArxivId(id);
    return (
      <PaperNotFound
        arxivId={arxivId}
        failure={arxivId && (await findLastFailure(sharedDatabase(), arxivId))}
      />
    );
  }
  if ("movedTo" in found) permanentRedirect(paperPath(found.movedTo));
  const { state, problems } = relatedState.parse(await searchParams);
  const notes = toNotes(problems);
  if (notes.length === 0) share(relatedState.href(paperPath(id), state));
  const db = sharedDatabase();
  const provenance = await findProvenance(db, found.key);
  const related = await findRelated(db, found.key);
  const byAuthors = await findByAuthors(db, found.key);
  return (
    <Frame marks={{ ids: [found.paper.id] }}>
      <Notes lines={notes} />
      <PaperView page={found} provenance={provenance}>
        <RelatedPapers id={id} related={related} order={state.related} byAuthors={byAuthors} />
      </PaperView>
    </Frame>
  );
}
