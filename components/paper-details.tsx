import type { StableField } from "@/lib/catalog/merge";
import type { Provenance } from "@/lib/catalog/provenance";
import { formatMoment } from "@/lib/days";
import { factsOf } from "@/lib/formats";
import type { PaperPage } from "@/lib/papers/find";
import { Fact } from "./fact";

/** Which listing each field was taken from. */
export type FieldProvenance = Map<StableField, Provenance>;

/** Folded: ids, and where everything known about the paper comes from. */
export function PaperDetails({ page, provenance }: { page: PaperPage; provenance: FieldProvenance }) {
  const { paper, entries, formerIds } = page;
  const tagsFrom = (source: string) =>
    paper.tags
      .filter((tag) => tag.source === source)
      .map(({ name }) => name)
      .join(", ");
  return (
    <details className="border-rule border-t pt-2 print:hidden">
      <summary className="w-fit py-1 text-soft">Details</summary>
      <dl className="mt-2 grid gap-3">
        <Fact name="Authors">{paper.authorCount?.toLocaleString("en")}</Fact>
        <Fact name="arXiv ID">{paper.arxivId}</Fact>
        <Fact name="Previous IDs">{formerIds.join(", ")}</Fact>
        <Fact name="Hugging Face tags">{tagsFrom("hub")}</Fact>
        <Fact name="arXiv categories">{tagsFrom("arxiv")}</Fact>
        <Fact name="Tags from text">{tagsFrom("derived")}</Fact>
        <Fact name="Sources">
          <ul className="grid gap-1.5">
            {entries.map((entry) => (
              <li key={`${entry.format} ${entry.importedAt.toISOString()} ${entry.place}`}>
                {factsOf(entry.format).name}
                {entry.period ? `, ${entry.period}` : `, ${entry.kind}`}
                {entry.listedOnInferred && " (inferred)"}, {entry.place.toLocaleString("en")} of{" "}
                {entry.total.toLocaleString("en")}
                {entry.upvotes !== null &&
                  `, ${entry.upvotes.toLocaleString("en")} ${entry.upvotes === 1 ? "upvote" : "upvotes"}`}
                <span className="block text-faint text-xs">imported {formatMoment(entry.importedAt)}</span>
              </li>
            ))}
          </ul>
        </Fact>
        <Fact name="Provenance">{entries.length > 1 && <ProvenanceList provenance={provenance} />}</Fact>
      </dl>
    </details>
  );
}

const fieldNames: Record<StableField, string> = {
  title: "Title",
  abstract: "Abstract",
  authors: "Authors",
  authorCount: "Author count",
  publishedOn: "Published",
  submittedBy: "Submitted by",
  organization: "Organization",
  code: "Code",
  projectPage: "Project",
  summary: "Summary",
};

function ProvenanceList({ provenance }: { provenance: FieldProvenance }) {
  return (
    <ul className="grid gap-y-1 text-xs">
      {[...provenance].map(([field, { id, format, period, kind }]) => (
        <li key={field}>
          <span className="text-faint">{fieldNames[field]}:</span> {factsOf(format).name}, {period ?? kind}{" "}
          (listing {id})
        </li>
      ))}
    </ul>
  );
}
