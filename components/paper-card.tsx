import type { Paper } from "@/lib/paper";
import { paperPath, toWebAddress } from "@/lib/papers/links";
import { AuthorsLine } from "./authors";
import { KeepButton } from "./keep-button";
import { Marked } from "./marked";

const tagsShown = 3;

/** A paper in a list. The lead is set larger and shows more of its abstract. */
export function PaperCard({ paper, lead = false }: { paper: Paper; lead?: boolean }) {
  const { id, title, highlights, upvotes, abstract } = paper;
  return (
    <article
      id={`p-${id}`}
      data-lead={lead}
      className="group/card relative grid grid-cols-[1fr_auto] gap-x-3 border-rule border-b py-5 sm:grid-cols-[2.75rem_1fr_auto]"
    >
      <p className="pt-1 text-right text-faint tabular-nums group-data-[lead=true]/card:pt-2.5 max-sm:hidden">
        {upvotes !== null && <Upvotes count={upvotes} />}
      </p>
      <h3 className="font-text text-xl/snug font-medium tracking-tight text-pretty wrap-anywhere group-data-[lead=true]/card:text-2xl/tight sm:group-data-[lead=true]/card:text-3xl/tight">
        <a href={paperPath(id)}>{highlights ? <Marked html={highlights.title} /> : title}</a>
      </h3>
      <div className="-mt-1 -mr-2 -mb-2">
        <KeepButton id={id} title={title} kept={paper.bookmarked} />
      </div>
      <div className="col-span-2 sm:col-span-1 sm:col-start-2">
        <AuthorsLine paper={paper} />
        {abstract !== null && (
          <p className="mt-2 max-w-[66ch] font-text text-[1.0625rem]/relaxed text-pretty wrap-anywhere">
            {highlights?.abstract ? (
              <Marked html={highlights.abstract} />
            ) : (
              <span className="line-clamp-3 group-data-[lead=true]/card:line-clamp-6">{abstract}</span>
            )}
          </p>
        )}
        <CardFoot paper={paper} />
      </div>
    </article>
  );
}

function CardFoot({ paper }: { paper: Paper }) {
  const { upvotes, commentCount, tags } = paper;
  const code = toWebAddress(paper.code?.url);
  const project = toWebAddress(paper.projectPage);
  return (
    <p className="mt-2.5 flex flex-wrap gap-x-4 text-faint text-xs/6 tabular-nums">
      {upvotes !== null && (
        <span className="sm:hidden">
          <Upvotes count={upvotes} />
        </span>
      )}
      {commentCount !== null && commentCount > 0 && (
        <span className="text-soft">{commentCount === 1 ? "1 comment" : `${commentCount} comments`}</span>
      )}
      {code && (
        <a
          className="text-soft underline decoration-rule underline-offset-3"
          href={code}
          rel="noopener noreferrer"
        >
          code{paper.code?.stars ? ` ${paper.code.stars.toLocaleString("en")}★` : ""}
        </a>
      )}
      {project && (
        <a
          className="text-soft underline decoration-rule underline-offset-3"
          href={project}
          rel="noopener noreferrer"
        >
          project
        </a>
      )}
      {tags.slice(0, tagsShown).map((tag) => (
        <span key={tag.name}>{tag.name}</span>
      ))}
    </p>
  );
}

function Upvotes({ count }: { count: number }) {
  return (
    <>
      <span aria-hidden="true" className="sm:hidden">
        ▲{" "}
      </span>
      {count.toLocaleString("en")}
      <span className="sr-only">{count === 1 ? " upvote" : " upvotes"}</span>
    </>
  );
}
