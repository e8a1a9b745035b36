/** What a reader did: set or cleared a mark, or changed settings. */
export type ChangeKind = "bookmarked" | "unbookmarked" | "seen" | "unseen" | "settings";

const marked: Record<Exclude<ChangeKind, "settings">, (papers: string) => string> = {
  bookmarked: (papers) => `Added ${papers}to library`,
  unbookmarked: (papers) => `Removed ${papers}from library`,
  seen: (papers) => `Marked ${papers}as seen`,
  unseen: (papers) => `Marked ${papers}as new`,
};

/** What each setting is called in the undo bar. */
const names = {
  density: "card view",
  theme: "theme",
  order: "order",
  pictures: "pictures",
  keys: "keyboard shortcuts",
  markSeen: "marking as seen",
};

/** `Added to library`; `Marked 3 papers as seen`; `Theme and order changed`. `settings` are the names of those changed. */
export function describeChange(
  kind: ChangeKind,
  { papers, settings }: { papers: number; settings: string[] },
): string {
  if (kind !== "settings") return marked[kind](papers > 1 ? `${papers.toLocaleString("en")} papers ` : "");
  const changed = Object.entries(names).flatMap(([name, word]) => (settings.includes(name) ? [word] : []));
  const list = new Intl.ListFormat("en", { type: "conjunction" }).format(changed);
  return list === "" ? "Settings changed" : `${list.charAt(0).toUpperCase()}${list.slice(1)} changed`;
}

/** The message after undoing a change: `Theme restored` for `Theme changed`. */
export function describeUndone(change: string): string {
  return change.endsWith(" changed") ? change.replace(/changed$/, "restored") : `Undone: ${change}`;
}
