import type { Paper } from "@/lib/paper";
import { paperPath, tagPath, toWebAddress } from "@/lib/papers/links";
import { AuthorsLine } from "./authors";
import { KeepButton } from "./keep-button";
import { Marked } from "./marked";

const tagsShown = 3;

/** A paper in a list. The lead is set larger and shows more of its abstract. */
export function PaperCard({ paper, lead }: { paper: Paper; lead: boolean }) {
  const { id, title, highlights, upvotes, abstract } = paper;
  return (
    <article
      id={`p-${id}`}
      data-lead={lead || undefined}
      className="group/paper relative grid grid-cols-[1fr_auto] gap-x-2 border-rule border-b py-5 data-lead:pb-6 sm:grid-cols-[2.5rem_1fr_auto] sm:gap-x-4"
    >
      <p className="pt-1 text-right text-faint tabular-nums group-data-lead/paper:pt-2.5 max-sm:hidden">
        {upvotes !== null && <Upvotes count={upvotes} />}
      </p>
      <h3 className="font-display text-[1.3125rem]/snug text-pretty tracking-[-0.005em] wrap-anywhere group-data-lead/paper:text-[1.625rem]/tight sm:group-data-lead/paper:text-[2rem]/[1.15]">
        <a href={paperPath(id)}>{highlights ? <Marked html={highlights.title} /> : title}</a>
      </h3>
      <div className="-mt-1 -mr-2 -mb-2">
        <KeepButton id={id} title={title} />
      </div>
      <div className="col-span-2 sm:col-span-1 sm:col-start-2">
        <AuthorsLine paper={paper} />
        {abstract !== null && (
          <p className="mt-2 max-w-[66ch] font-text text-[1.0625rem]/[1.55] text-pretty wrap-anywhere group-data-lead/paper:text-lg/[1.55]">
            {highlights?.abstract ? (
              <Marked html={highlights.abstract} />
            ) : (
              <span className="line-clamp-3 group-data-lead/paper:line-clamp-6 print:line-clamp-none">
                {abstract}
              </span>
            )}
          </p>
        )}
        <CardFoot paper={paper} />
      </div>
    </article>
  );
}

function CardFoot({ paper: { upvotes, commentCount, tags, code, projectPage } }: { paper: Paper }) {
  const stars = code?.stars;
  const places = [
    { name: stars ? `code ${stars.toLocaleString("en")}★` : "code", href: toWebAddress(code?.url) },
    { name: "project", href: toWebAddress(projectPage) },
  ];
  return (
    <p className="mt-2 flex flex-wrap gap-x-4 text-faint text-xs/6">
      {upvotes !== null && (
        <span className="sm:hidden">
          <Upvotes count={upvotes} />
        </span>
      )}
      {commentCount !== null && commentCount > 0 && (
        <span className="text-soft">{commentCount === 1 ? "1 comment" : `${commentCount} comments`}</span>
      )}
      {places.map(
        ({ name, href }) =>
          href && (
            <a
              key={name}
              className="text-soft underline decoration-edge underline-offset-3"
              href={href}
              rel="noopener noreferrer"
            >
              {name}
            </a>
          ),
      )}
      {tags.slice(0, tagsShown).map(({ name }) => (
        <a key={name} href={tagPath(name)} className="wrap-anywhere">
          {name}
        </a>
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
