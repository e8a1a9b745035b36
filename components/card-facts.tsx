import { formatDay } from "@/lib/days";
import type { Paper } from "@/lib/paper";
import { arxivLinks, tagPath, toWebAddress } from "@/lib/papers/links";
import { formatAuthors } from "@/lib/words/authors";
import { formatShort } from "@/lib/words/count";
import { paperPath } from "@/lib/words/paper-path";

const tagsShown = 2;

type Props = { paper: Paper; note: string | undefined; dated: boolean; isAi: boolean };

/**
 * One line of facts, always in the same order. Names are cut
 * before numbers, and a link that does not fit is left out.
 */
export function CardFacts({ paper, note, dated, isAi }: Props) {
  const { arxivId, upvotes, commentCount, tags, code, projectPage, organization, listedOn } = paper;
  const stars = code?.stars;
  const codeAddress = toWebAddress(code?.url);
  const projectAddress = toWebAddress(projectPage);
  const authors = formatAuthors(paper);
  const comments = commentCount
    ? `${formatShort(commentCount)} ${commentCount === 1 ? "comment" : "comments"}`
    : null;
  // The line is as high as an outline without an offset, which it would cut.
  const link = "underline-offset-3 outline-offset-0 hover:underline";
  // A phone has no room for both.
  const unlessNote = note ? "max-sm:hidden" : "";
  return (
    <p
      data-facts
      className="relative mt-0.5 flex h-7 min-w-0 items-center gap-x-3 whitespace-nowrap text-faint text-xs overflow-hidden sm:col-start-1 sm:h-6 sm:gap-x-3.5 sm:text-fact"
    >
      {note && (
        <span data-note className="min-w-14 truncate text-ink sm:shrink-0">
          {note}
        </span>
      )}
      {dated && listedOn && (
        <time dateTime={listedOn} className={`shrink-0 ${unlessNote}`}>
          {formatDay(listedOn, "d MMM yyyy")}
        </time>
      )}
      {authors && <span className={`truncate sm:min-w-14 sm:max-w-64 ${unlessNote}`}>{authors}</span>}
      {organization && (
        <span className={`shrink-2 truncate text-soft sm:min-w-10 sm:max-w-44 ${unlessNote}`}>
          {organization.fullName ?? organization.name}
        </span>
      )}
      {upvotes !== null && (
        <span className="shrink-0 tabular-nums">
          <span aria-hidden="true" className="text-[0.85em]">
            ▲{" "}
          </span>
          {formatShort(upvotes)}
          <span className="sr-only">{upvotes === 1 ? " upvote" : " upvotes"}</span>
        </span>
      )}
      {/* What does not fit here is left out as a whole, and shown while a link in it has the focus. The empty element
          before the first one lets that wrap too. */}
      <span className="before:-mr-3.5 flex h-6 before:h-6 min-w-0 flex-1 basis-0 flex-wrap gap-x-3.5 overflow-hidden leading-6 focus-within:h-auto max-sm:hidden">
        {comments &&
          (arxivId ? (
            <a href={arxivLinks(arxivId).discussion} rel="noopener noreferrer" className={link}>
              {comments}
            </a>
          ) : (
            <span>{comments}</span>
          ))}
        {codeAddress && (
          <a href={codeAddress} rel="noopener noreferrer" className={link}>
            code{stars ? ` ${formatShort(stars)}★` : ""}
          </a>
        )}
        {projectAddress && (
          <a href={projectAddress} rel="noopener noreferrer" className={link}>
            project
          </a>
        )}
        <a href={`/cite${paperPath(paper.id).slice("/papers".length)}`} className={link}>
          cite
        </a>
        {tags.slice(0, tagsShown).map(({ name }) => (
          <a
            key={name}
            href={tagPath(name)}
            className="max-w-full truncate underline-offset-3 outline-offset-0 hover:underline max-md:hidden"
          >
            {name}
          </a>
        ))}
      </span>
      {isAi && (
        <span
          title="The sentence above is an AI summary from Hugging Face"
          className="ml-auto shrink-0 rounded-xs border border-rule px-1 text-[0.625rem]/3"
        >
          AI<span className="sr-only"> summary</span>
        </span>
      )}
    </p>
  );
}
