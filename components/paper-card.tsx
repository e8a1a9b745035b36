import type { Paper } from "@/lib/paper";
import { paperPath, tagPath, toWebAddress } from "@/lib/papers/links";
import { shorten } from "@/lib/shorten";
import { toPlain } from "@/lib/tex/split";
import { AuthorsLine } from "./authors";
import { BookmarkButtons, SeenButtons } from "./mark-buttons";
import { TexText } from "./tex-text";

const tagsShown = 3;

/** Short enough for the margin: `1,234`, `12K`, `3.4M`. */
function short(upvotes: number): string {
  if (upvotes < 10_000) return upvotes.toLocaleString("en");
  return upvotes.toLocaleString("en", { notation: "compact" });
}

/** A paper in a list. The lead is set larger and shows more of its abstract. */
export function PaperCard({ paper, lead, note }: { paper: Paper; lead: boolean; note: string | undefined }) {
  const { id, title, highlights, upvotes, abstract } = paper;
  // On a phone the upvotes are below, before the tags; from `sm` on they are in the margin.
  return (
    <article
      id={`p-${id}`}
      className="grid grid-cols-[3.25rem_1fr_auto] gap-x-2 border-rule border-b py-5 sm:grid-cols-[2.5rem_1fr_auto] sm:gap-x-4"
    >
      {upvotes !== null && (
        <p className="self-baseline whitespace-nowrap text-faint tabular-nums before:content-['▲_'/''] max-sm:row-start-3 max-sm:mt-2 max-sm:text-xs/6 sm:text-right sm:before:content-none">
          {short(upvotes)}
          <span className="sr-only">{upvotes === 1 ? " upvote" : " upvotes"}</span>
        </p>
      )}
      <h3
        dir="auto"
        className={`self-baseline font-display text-pretty wrap-anywhere max-sm:col-span-2 sm:col-start-2 ${lead ? "text-3xl sm:text-4xl" : "text-2xl"}`}
      >
        <a href={paperPath(id)} data-title={toPlain(title)}>
          <TexText text={title} highlight={highlights?.title} named />
        </a>
      </h3>
      <div className={`-mt-1.5 -mr-2.5 -mb-2 flex self-start print:hidden ${lead ? "sm:-mt-0.5" : ""}`}>
        <SeenButtons id={id} title={toPlain(title)} />
        <BookmarkButtons id={id} title={toPlain(title)} />
      </div>
      <div className="max-sm:col-span-3 sm:col-start-2">
        <AuthorsLine paper={paper} />
        {abstract !== null && (
          <p
            data-abstract
            dir="auto"
            className={`mt-2 max-w-measure font-text text-pretty wrap-anywhere ${lead ? "text-lg sm:text-xl" : "text-lg"}`}
          >
            <TexText
              text={shorten(abstract)}
              highlight={highlights?.abstract}
              className={
                highlights?.abstract
                  ? undefined
                  : `print:line-clamp-none ${lead ? "line-clamp-6" : "line-clamp-2"}`
              }
            />
          </p>
        )}
      </div>
      <CardFoot paper={paper} note={note} />
    </article>
  );
}

function CardFoot({ paper, note }: { paper: Paper; note: string | undefined }) {
  const { upvotes, commentCount, tags, code, projectPage } = paper;
  const stars = code?.stars;
  const places = [
    { name: stars ? `code ${stars.toLocaleString("en")}★` : "code", href: toWebAddress(code?.url) },
    { name: "project", href: toWebAddress(projectPage) },
  ];
  return (
    <p
      data-foot
      className={`mt-2 flex break-before-avoid flex-wrap gap-x-4 text-faint text-xs/6 sm:col-span-1 sm:col-start-2 ${upvotes === null ? "col-span-3" : "col-span-2"}`}
    >
      {note && (
        <span data-note className="text-ink">
          {note}
        </span>
      )}
      {commentCount !== null && commentCount > 0 && (
        <span className="text-soft">
          {commentCount === 1 ? "1 comment" : `${commentCount.toLocaleString("en")} comments`}
        </span>
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
