import type { ReactNode } from "react";
import { foldName } from "@/lib/fold-name";
import { toOnlyName } from "@/lib/papers/only-name";
import type { LibraryCounts } from "@/lib/readers/library-counts";
import { formatPapers } from "@/lib/words/paper-counts";
import { readingStates, stateNames } from "@/lib/words/reading-states";
import { Menu } from "./menu";

const field =
  "min-w-0 grow basis-40 rounded-md border border-edge bg-raised px-2.5 py-1 placeholder:text-faint";
const button = "rounded-md border border-edge px-2.5 py-1 hover:border-ink";
const heading = "mb-1.5 text-faint text-xs";

/** Something besides spaces and quotes. */
export const namePattern = '.*[^\\s"].*';

type Props = { ids: string[]; q: string; counts: LibraryCounts };

/**
 * What can be done to the papers of a page of the library at once, or to those of them that are selected (components/browser/bulk.ts);
 * and to the list or tag that the page shows.
 */
export function LibraryEdit({ ids, q, counts: { lists, tags } }: Props) {
  const shown = toOnlyName(q);
  const list =
    shown?.qualifier === "list" && lists.find(({ name }) => foldName(name) === foldName(shown.name));
  const tag = shown?.qualifier === "tag" && tags.find(({ name }) => foldName(name) === foldName(shown.name));
  if (ids.length === 0 && !list) return null;
  return (
    <Menu label="Edit">
      <div className="grid max-w-80 gap-4">
        {ids.length > 0 && (
          <div>
            <p data-bulk-count className={heading}>
              {ids.length === 1 ? "The paper on this page" : `The ${formatPapers(ids.length)} on this page`}
            </p>
            <div className="grid gap-2">
              <Bulk ids={ids}>
                {readingStates.map((state) => (
                  <button key={state} type="submit" name="state" value={state} className={button}>
                    {stateNames[state]}
                  </button>
                ))}
              </Bulk>
              <Bulk ids={ids}>
                <Names name="list" label="Add to list" known={lists} />
              </Bulk>
              <Bulk ids={ids}>
                <Names name="tag" label="Add a tag" known={tags} />
              </Bulk>
            </div>
          </div>
        )}
        {list && (
          <div className="grid gap-2">
            <p className={heading}>The list “{list.name}”</p>
            {ids.length > 0 && (
              <Bulk ids={ids}>
                <button type="submit" name="unlist" value={list.name} className={button}>
                  Remove these papers
                </button>
              </Bulk>
            )}
            <form method="post" action="/library/edit" className="flex flex-wrap gap-2">
              <input type="hidden" name="list" value={list.name} />
              <Rename label="New name of the list" from={list.name} />
            </form>
            <form method="post" action="/library/edit">
              <button type="submit" name="delete" value={list.name} className={button}>
                Delete list
              </button>
            </form>
          </div>
        )}
        {tag && (
          <div className="grid gap-2">
            <p className={heading}>Your tag “{tag.name}”. The name of another one merges both.</p>
            {ids.length > 0 && (
              <Bulk ids={ids}>
                <button type="submit" name="untag" value={tag.name} className={button}>
                  Remove from these papers
                </button>
              </Bulk>
            )}
            <form method="post" action="/library/edit" className="flex flex-wrap gap-2">
              <input type="hidden" name="tag" value={tag.name} />
              <Rename label="New name of the tag" from={tag.name} />
            </form>
          </div>
        )}
      </div>
    </Menu>
  );
}

function Bulk({ ids, children }: { ids: string[]; children: ReactNode }) {
  return (
    <form method="post" action="/bookmarks" data-bulk data-reload className="flex flex-wrap gap-2">
      {ids.map((id) => (
        <input key={id} type="hidden" name="id" value={id} />
      ))}
      {children}
    </form>
  );
}

function Names({ name, label, known }: { name: string; label: string; known: { name: string }[] }) {
  return (
    <>
      <input
        name={name}
        required
        pattern={namePattern}
        maxLength={200}
        list={`all-${name}`}
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        className={field}
      />
      <datalist id={`all-${name}`}>
        {known.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <button type="submit" className={button}>
        Add
      </button>
    </>
  );
}

function Rename({ label, from }: { label: string; from: string }) {
  return (
    <>
      <input
        name="to"
        required
        pattern={namePattern}
        maxLength={200}
        defaultValue={from}
        aria-label={label}
        autoComplete="off"
        className={field}
      />
      <button type="submit" className={button}>
        Rename
      </button>
    </>
  );
}
