import type { Added } from "@/lib/uploads/add";
import { count } from "@/lib/words/count";
import { paperPath } from "@/lib/words/paper-path";
import { framed } from "./add-form";
import { CutList } from "./cut-list";

const underlined = "underline decoration-edge underline-offset-3";

/** What was added, and the way to undo it. */
export function UploadResult({ added }: { added: Added }) {
  const { kind, papers, fresh, bookmarked, rejected, missing, listedOn, changed } = added;
  const here = papers - fresh;
  const parts = [
    fresh > 0 && count(fresh, "new paper"),
    here > 0 && `${count(here, "paper")} already here`,
  ].filter((part) => part !== false);
  const facts = [
    parts.length > 0 && `${parts.join(", ")}.`,
    bookmarked > 0 && `${bookmarked === 1 ? "It is" : "They are"} in your library.`,
    rejected > 0 && `${count(rejected, "entry", "entries")} could not be read.`,
  ].filter((fact) => fact !== false);
  return (
    <>
      <p className="mt-4 max-w-measure font-text text-lg text-pretty">{facts.join(" ")}</p>
      {changed > 0 && (
        <form method="post" action="/undo" className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2">
          <button type="submit" className={framed}>
            Undo
          </button>
          <span className="text-soft">
            Takes back the bookmarks and what came with them. The papers stay in Broadsheet.
          </span>
        </form>
      )}
      <ul className="mt-5 flex flex-wrap gap-x-5 gap-y-1">
        {(bookmarked > 0
          ? [["/library", "Go to your library"]]
          : listedOn !== null && kind === "day"
            ? [[`/papers/date/${listedOn}`, "Go to the edition"]]
            : []
        )
          .concat([
            ["/add", "Add more"],
            ["/sources", "Sources"],
          ])
          .map(([href, words]) => (
            <li key={href}>
              <a href={href} className={`inline-block py-1 ${underlined}`}>
                {words}
              </a>
            </li>
          ))}
      </ul>
      <CutList
        title="Not added"
        list={missing}
        note="Only their ids were known, and they could not be fetched now. Each page has a button to fetch its paper."
      >
        {(id) => (
          <a href={paperPath(id)} className={underlined}>
            {id}
          </a>
        )}
      </CutList>
    </>
  );
}
