import type { Metadata } from "next";
import { permanentRedirect } from "next/navigation";
import { Frame } from "@/components/frame";
import { namePattern } from "@/components/library-edit";
import { PaperNotFound } from "@/components/not-found-views";
import { TexText } from "@/components/tex-text";
import { toArxivId } from "@/lib/arxiv-id";
import { setStatus } from "@/lib/http/answer";
import { renderMarkdown } from "@/lib/markdown";
import { listPath } from "@/lib/papers/filter";
import { findPaper } from "@/lib/papers/find";
import { findAttached } from "@/lib/readers/attached";
import { currentReader } from "@/lib/readers/current-reader";
import { countLibrary } from "@/lib/readers/library-counts";
import { maxNoteLength } from "@/lib/readers/notes";
import { paperPath } from "@/lib/words/paper-path";
import { readPathId } from "@/lib/words/path-id";
import { readingStates, stateNames } from "@/lib/words/reading-states";

export const metadata: Metadata = {
  title: "Notes and lists",
  description: "What you attached to a paper: its state, note, lists and tags.",
};

type Props = { params: Promise<{ id: string[] }> };

const field = "min-w-0 rounded-md border border-edge bg-raised px-3 py-1.5 text-ink";
const button = "rounded-md border border-edge px-3 py-1.5 hover:border-ink";
const heading = "font-display text-xl";

/** What the reader attached to one paper, each part in a form of its own. */
export default async function AttachedPage({ params }: Props) {
  const id = readPathId((await params).id);
  const found = await findPaper(id);
  if (!found) {
    setStatus(404);
    return <PaperNotFound arxivId={toArxivId(id)} failure={null} />;
  }
  if ("movedTo" in found) permanentRedirect(`/library${paperPath(found.movedTo).slice("/papers".length)}`);
  const { paper, key } = found;
  const reader = currentReader();
  const attached = (await findAttached(reader, [key])).get(key) ?? null;
  const counts = await countLibrary(reader);
  return (
    <Frame own place="library" marks={{ ids: [paper.id] }}>
      <div className="mx-auto max-w-column sm:pl-14">
        <header className="border-ink border-b-2 pt-8 pb-4">
          <h1 className="font-display text-5xl">Notes and lists</h1>
          <p dir="auto" className="mt-2 text-soft wrap-anywhere">
            <a href={paperPath(paper.id)} className="underline decoration-edge underline-offset-3">
              <TexText text={paper.title} />
            </a>
          </p>
        </header>
        <form method="post" action="/bookmarks" data-reload className="mt-6">
          <input type="hidden" name="id" value={paper.id} />
          <fieldset>
            <legend className={heading}>State</legend>
            <div className="mt-2 flex flex-wrap gap-2">
              {readingStates.map((state) => (
                <button
                  key={state}
                  type="submit"
                  name="state"
                  value={state}
                  aria-pressed={attached?.state === state}
                  className={`${button} aria-pressed:border-ink aria-pressed:font-semibold`}
                >
                  {stateNames[state]}
                </button>
              ))}
            </div>
          </fieldset>
        </form>
        <section aria-labelledby="note-heading" className="mt-8">
          <h2 id="note-heading" className={heading}>
            Note
          </h2>
          {attached?.note && (
            <div
              dir="auto"
              className="note mt-2 max-w-measure border-edge border-l-2 pl-4 font-text wrap-anywhere"
              // biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown.ts makes only safe HTML
              dangerouslySetInnerHTML={{ __html: renderMarkdown(attached.note) }}
            />
          )}
          <form method="post" action="/bookmarks" data-reload className="mt-3">
            <input type="hidden" name="id" value={paper.id} />
            <textarea
              data-kept
              name="note"
              rows={6}
              maxLength={maxNoteLength}
              defaultValue={attached?.note ?? ""}
              aria-labelledby="note-heading"
              aria-describedby="note-help"
              className={`${field} block w-full resize-y font-mono text-xs`}
            />
            <div className="mt-2 flex flex-wrap items-center gap-3">
              <button type="submit" className={button}>
                Save note
              </button>
              <span id="note-help" className="text-faint text-xs">
                Markdown. Only you see it.
              </span>
            </div>
          </form>
        </section>
        <Names
          id={paper.id}
          title="Lists"
          what="list"
          names={attached?.lists ?? []}
          known={counts.lists.map(({ name }) => name)}
          path={(name) => listPath({ q: `list:"${name.replaceAll('"', " ")}"` }, "/library")}
        />
        <Names
          id={paper.id}
          title="Your tags"
          what="tag"
          names={attached?.tags ?? []}
          known={counts.tags.map(({ name }) => name)}
          path={(name) => listPath({ tag: [name] }, "/library")}
        />
      </div>
    </Frame>
  );
}

type NamesProps = {
  id: string;
  title: string;
  what: "list" | "tag";
  names: string[];
  known: string[];
  path: (name: string) => string;
};

/** Names that a paper has, each with a button that removes it, and a field for another. */
function Names({ id, title, what, names, known, path }: NamesProps) {
  return (
    <section aria-labelledby={`${what}-heading`} className="mt-8">
      <h2 id={`${what}-heading`} className={heading}>
        {title}
      </h2>
      {names.length > 0 && (
        <ul className="mt-2 flex flex-wrap gap-2">
          {names.map((name) => (
            <li key={name}>
              <form
                method="post"
                action="/bookmarks"
                data-reload
                className="flex items-center rounded-md border border-edge"
              >
                <input type="hidden" name="id" value={id} />
                <a href={path(name)} className="py-1.5 pl-3 wrap-anywhere hover:underline">
                  {name}
                </a>
                <button
                  type="submit"
                  name={`un${what}`}
                  value={name}
                  aria-label={`Remove ${name}`}
                  className="px-3 py-1.5 text-faint hover:text-ink"
                >
                  ×
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form method="post" action="/bookmarks" data-reload className="mt-2 flex flex-wrap gap-2">
        <input type="hidden" name="id" value={id} />
        <input
          name={what}
          required
          pattern={namePattern}
          maxLength={200}
          list={`known-${what}`}
          aria-label={what === "list" ? "Add to list" : "Add a tag"}
          placeholder={what === "list" ? "Add to list" : "Add a tag"}
          autoComplete="off"
          className={`${field} grow basis-52 sm:max-w-80`}
        />
        <datalist id={`known-${what}`}>
          {known
            .filter((name) => !names.includes(name))
            .map((name) => (
              <option key={name} value={name} />
            ))}
        </datalist>
        <button type="submit" className={button}>
          Add
        </button>
      </form>
    </section>
  );
}
