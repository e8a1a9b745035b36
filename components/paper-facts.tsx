import { formatDay } from "@/lib/days";
import type { PaperPage } from "@/lib/papers/find";
import { arxivLinks, tagPath } from "@/lib/papers/links";
import { Fact } from "./fact";
import { VotesPoints } from "./votes-points";

const tagsShown = 8;

/** What a reader wants to know besides the text. Unknown facts are left out. */
export function PaperFacts({ page }: { page: PaperPage }) {
  const { paper, entries } = page;
  const day = (value: string) => formatDay(value, "d MMM yyyy");
  const { submittedBy, commentCount, arxivId } = paper;
  const underlined = "underline decoration-edge underline-offset-3";
  const comments = commentCount?.toLocaleString("en");
  return (
    <dl className="grid content-start gap-3 max-lg:sm:grid-cols-3 print:grid-cols-3 print:gap-x-8">
      <Fact name="Published">{paper.publishedOn && day(paper.publishedOn)}</Fact>
      <Fact name="Listed">
        {paper.listedOn && entries.some((entry) => entry.listedOn) && (
          <a href={`/papers/date/${paper.listedOn}`} className={underlined}>
            {day(paper.listedOn)}
          </a>
        )}
      </Fact>
      <Fact name="Upvotes">
        {paper.upvotes !== null && (
          <>
            {paper.upvotes.toLocaleString("en")}
            <VotesPoints votes={page.votes} />
          </>
        )}
      </Fact>
      <Fact name="Comments">
        {comments && arxivId ? (
          <a href={arxivLinks(arxivId).discussion} rel="noopener noreferrer" className={underlined}>
            {comments} on Hugging Face
          </a>
        ) : (
          comments
        )}
      </Fact>
      <Fact name="Submitted by">{submittedBy && (submittedBy.fullName ?? submittedBy.name)}</Fact>
      <Tags tags={page.tags} />
    </dl>
  );
}

/** Tags that lead to other papers first; tags of this paper alone, and those beyond the first few, are folded. */
function Tags({ tags }: { tags: PaperPage["tags"] }) {
  const shared = tags.filter((tag) => tag.isShared);
  const first = (shared.length > 0 ? shared : tags).slice(0, tagsShown);
  const rest = tags.filter((tag) => !first.includes(tag));
  return (
    <Fact name="Tags">
      {tags.length > 0 && (
        <>
          <TagList tags={first} />
          {rest.length > 0 && (
            <details className="print:hidden">
              <summary className="w-fit py-0.5 text-soft">{rest.length} more</summary>
              <TagList tags={rest} />
            </details>
          )}
        </>
      )}
    </Fact>
  );
}

function TagList({ tags }: { tags: PaperPage["tags"] }) {
  return (
    <ul className="flex flex-wrap gap-x-4">
      {tags.map(({ name }) => (
        <li key={name}>
          <a href={tagPath(name)} className="inline-block py-0.5 hover:underline">
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
