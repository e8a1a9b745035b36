import { toCoins } from "@/lib/cite/coins";
import type { Paper } from "@/lib/paper";
import { toKeySentence } from "@/lib/papers/key-sentence";
import { shorten } from "@/lib/shorten";
import { toPlain } from "@/lib/tex/split";
import { paperPath } from "@/lib/words/paper-path";
import { CardFacts } from "./card-facts";
import { CardFigure } from "./figure";
import { BookmarkButtons, SeenButtons } from "./mark-buttons";
import { TexText } from "./tex-text";

export type CardProps = {
  paper: Paper;
  /** The lead is set larger. */
  lead?: boolean;
  /** What the list says about this paper, such as `+12 in a week`. */
  note?: string | undefined;
  /** Whether to show the day, because the list has papers of several days. */
  dated?: boolean;
};

/**
 * A paper in a list: its title, one sentence on what it does, and one line of facts. `/me.css` shows only the title, or
 * the abstract instead of the sentence, if the reader chose so. On a phone the marks stand in the line of facts.
 */
export function PaperCard({ paper, lead = false, note, dated = false }: CardProps) {
  const { id, title, highlights, abstract, figure } = paper;
  const excerpt = highlights?.abstract;
  const key = excerpt ? null : toKeySentence(paper);
  const textStyle = `col-span-full font-text text-pretty wrap-anywhere sm:col-span-1 sm:col-start-1 ${lead ? "text-lg/6.5 sm:text-lg/6.5" : "text-base/6"}`;
  return (
    <article
      id={`p-${id}`}
      className={`grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-rule border-b sm:grid-cols-[minmax(0,1fr)_auto_auto] ${lead ? "py-3 sm:py-3.5" : "py-2.5"}`}
    >
      <h3
        dir="auto"
        className={`col-span-full font-display text-pretty wrap-anywhere sm:col-span-1 ${lead ? "text-2xl/6.5 sm:text-3xl/7.5" : "text-xl/6"}`}
      >
        <a href={paperPath(id)} data-title={toPlain(title)}>
          <TexText text={title} highlight={highlights?.title} named />
        </a>
      </h3>
      {(excerpt || key) && (
        <p
          data-key={excerpt ? "excerpt" : ""}
          dir="auto"
          className={`mt-0.5 max-w-key text-soft ${textStyle}`}
        >
          <TexText
            text={key ? shorten(key.text) : ""}
            highlight={excerpt}
            className={
              excerpt ? undefined : `print:line-clamp-none ${lead ? "line-clamp-3" : "line-clamp-2"}`
            }
          />
        </p>
      )}
      {abstract !== null && !excerpt && (
        <p data-abstract dir="auto" className={`mt-0.5 hidden max-w-key ${textStyle}`}>
          <TexText text={shorten(abstract)} />
        </p>
      )}
      {figure && (
        <a
          href={paperPath(id)}
          data-figure
          tabIndex={-1}
          className="col-start-2 row-span-3 row-start-1 max-sm:hidden print:hidden"
        >
          <CardFigure figure={figure} title={title} />
        </a>
      )}
      <CardFacts paper={paper} note={note} dated={dated} isAi={key?.isAi ?? false} />
      <div className="-mr-2 flex items-center max-sm:col-start-2 sm:col-start-3 sm:row-span-3 sm:row-start-1 sm:self-start print:hidden">
        <SeenButtons id={id} title={toPlain(title)} />
        <BookmarkButtons id={id} title={toPlain(title)} />
      </div>
      {/* For Zotero, which offers the papers of a page. */}
      <span hidden className="Z3988" title={toCoins(paper)} />
    </article>
  );
}
