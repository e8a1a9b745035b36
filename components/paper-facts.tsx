import type { ReactNode } from "react";
import type { StableField } from "@/lib/catalog/merge";
import type { Provenance } from "@/lib/catalog/provenance";
import { formatDay, formatMoment } from "@/lib/days";
import { factsOf } from "@/lib/formats";
import type { Paper } from "@/lib/paper";
import type { PaperPage } from "@/lib/papers/find";
import { tagPath } from "@/lib/papers/links";
import { VotesLine } from "./votes-line";

const tagSources = {
  hub: "Hugging Face tags",
  arxiv: "arXiv categories",
  derived: "Tags from text",
  reader: "Your tags",
};

/** Everything known besides the text. Unknown facts are left out. */
export function PaperFacts({ page, provenance }: { page: PaperPage; provenance: FieldProvenance }) {
  const { paper, entries, formerIds } = page;
  const day = (value: string) => formatDay(value, "d MMM yyyy");
  const { submittedBy, organization } = paper;
  return (
    <dl className="grid content-start gap-3 print:max-md:grid-cols-3 print:max-md:gap-x-8">
      <Fact name="Published">{paper.publishedOn && day(paper.publishedOn)}</Fact>
      <Fact name="Listed">
        {paper.listedOn && entries.some((entry) => entry.listedOn) && (
          <a href={`/papers/date/${paper.listedOn}`} className="underline decoration-edge underline-offset-3">
            {day(paper.listedOn)}
          </a>
        )}
      </Fact>
      <Fact name="Authors">{paper.authorCount?.toLocaleString("en")}</Fact>
      <Fact name="Organization">{organization && (organization.fullName ?? organization.name)}</Fact>
      <Fact name="Upvotes">
        {paper.upvotes !== null && (
          <>
            {paper.upvotes.toLocaleString("en")}
            <VotesLine votes={page.votes} until={page.votesOf} />
          </>
        )}
      </Fact>
      <Fact name="Comments">{paper.commentCount?.toLocaleString("en")}</Fact>
      <Fact name="Submitted by">{submittedBy && (submittedBy.fullName ?? submittedBy.name)}</Fact>
      {Object.entries(tagSources).map(([source, name]) => (
        <Tags key={source} name={name} tags={paper.tags.filter((tag) => tag.source === source)} />
      ))}
      <Fact name="arXiv ID">{paper.arxivId}</Fact>
      <Fact name="Previous IDs">{formerIds.join(", ")}</Fact>
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
        {entries.length > 1 && <ProvenanceList provenance={provenance} />}
      </Fact>
    </dl>
  );
}

/** Which listing each field was taken from. */
export type FieldProvenance = Map<StableField, Provenance>;

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
    <details className="mt-2 print:hidden">
      <summary className="w-fit py-1 text-soft">Provenance</summary>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-xs">
        {[...provenance].map(([field, { id, format, period, kind }]) => (
          <div key={field} className="contents">
            <dt className="text-faint">{fieldNames[field]}</dt>
            <dd>
              {factsOf(format).name}, {period ?? kind} (listing {id})
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Tags({ name, tags }: { name: string; tags: Paper["tags"] }) {
  return (
    <Fact name={name}>
      {tags.length > 0 && (
        <ul className="flex flex-wrap gap-x-4">
          {tags.map((tag) => (
            <li key={tag.name}>
              <a href={tagPath(tag.name)} className="inline-block py-0.5">
                {tag.name}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || children === undefined || children === false || children === "") return null;
  return (
    <div>
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}
