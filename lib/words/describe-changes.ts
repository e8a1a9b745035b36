import { type ReadingState, readingStates, stateNames } from "../words/reading-states";

/** The words of a change of marks. `papers` is empty for one paper, or `3 papers `; `about` names a state, a list or a tag. */
const marked = {
  bookmarked: (papers: string) => `Added ${papers}to library`,
  unbookmarked: (papers: string) => `Removed ${papers}from library`,
  seen: (papers: string) => `Marked ${papers}as seen`,
  unseen: (papers: string) => `Marked ${papers}as new`,
  moved: (papers: string, state: string) => `Moved ${papers}to ${toStateName(state)}`,
  noted: (papers: string) => (papers ? `Wrote a note on ${papers.trim()}` : "Wrote a note"),
  unnoted: (papers: string) => (papers ? `Deleted the notes on ${papers.trim()}` : "Deleted a note"),
  listed: (papers: string, list: string) => `Added ${papers}to “${list}”`,
  unlisted: (papers: string, list: string) => `Removed ${papers}from “${list}”`,
  tagged: (papers: string, tag: string) => `Tagged ${papers}“${tag}”`,
  untagged: (papers: string, tag: string) => `Removed the tag “${tag}”${papers && ` from ${papers.trim()}`}`,
  retagged: (_: string, tag: string) => `Renamed a tag to “${tag}”`,
  edited: (papers: string) => `Edited ${papers}in library`,
  imported: (papers: string) => `Imported ${papers}into library`,
  "list-created": (_: string, list: string) => `Created the list “${list}”`,
  "list-renamed": (_: string, list: string) => `Renamed a list to “${list}”`,
  "list-deleted": (_: string, list: string) => `Deleted the list “${list}”`,
  watched: (_: string, watch: string) => `Watching “${watch}”`,
  rewatched: (_: string, watch: string) => `Changed the watch “${watch}”`,
  unwatched: (_: string, watch: string) => `Deleted the watch “${watch}”`,
} as const;

/** What a reader did: set or cleared marks, edited lists, or changed settings. */
export type ChangeKind = keyof typeof marked | "settings";

function toStateName(state: string): string {
  return readingStates.some((known) => known === state) ? stateNames[state as ReadingState] : state; // it is one of them
}

/** What each setting is called in the undo bar. */
const names = {
  density: "card view",
  theme: "theme",
  order: "order",
  pictures: "pictures",
  keys: "keyboard shortcuts",
  markSeen: "marking as seen",
};

/**
 * `Added to library`; `Marked 3 papers as seen`; `Theme and order changed`. `about` is a state, or the name of a list or a tag;
 * `settings` are the names of those changed.
 */
export function describeChange(
  kind: ChangeKind,
  { papers, about, settings }: { papers: number; about: string; settings: string[] },
): string {
  if (kind !== "settings")
    return marked[kind](papers > 1 ? `${papers.toLocaleString("en")} papers ` : "", about);
  const changed = Object.entries(names).flatMap(([name, word]) => (settings.includes(name) ? [word] : []));
  const list = new Intl.ListFormat("en", { type: "conjunction" }).format(changed);
  return list === "" ? "Settings changed" : `${list.charAt(0).toUpperCase()}${list.slice(1)} changed`;
}

/** The message after undoing a change: `Theme restored` for `Theme changed`. */
export function describeUndone(change: string): string {
  return change.endsWith(" changed") ? change.replace(/changed$/, "restored") : `Undone: ${change}`;
}
