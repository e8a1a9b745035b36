import { formatDay } from "../days";
import { toSpoken } from "../tex/typeset";
import { formatDone, formatNew, formatProgress } from "../words/paper-counts";
import type { NextNew } from "./catch-up";
import type { LastChange } from "./changes";
import { describeForgotten, type Forgotten } from "./forgotten";
import type { Marks } from "./marks";
import type { Settings } from "./settings";
import type { WatchMarks } from "./watch-matches";

// How long the undo bar is shown, across pages. After that, changes can still be undone by key or on Settings.
const undoBarMs = 10_000;

export type ReaderSheet = {
  settings: Settings;
  /** Of the papers of the page, like `watched`. */
  marks?: Marks;
  last?: LastChange | null;
  queue?: { unseen: string; next: NextNew };
  watched?: WatchMarks;
  /** Whether the reader watches the search that the page shows. */
  isWatching?: boolean;
  /** Shown at the end of an edition. */
  forgotten?: Forgotten | null;
};

/**
 * The style sheet that adds a reader's marks and settings to pages that are the same for everyone. It refers to these
 * attributes of components: `p-ID`, `name=keep`, `data-key`, `data-abstract`, `data-figure`, `data-facts`,
 * `data-progress`, `data-new`, `data-done`, `data-mark-all`, `data-next`, `data-unseen`, `data-undo`, `data-last`,
 * `data-mutes`, `data-watch`, `data-watching`, `data-forgotten`, `data-attached`.
 */
export function toSheet({
  settings,
  marks: { bookmarked, seen, said, total } = { bookmarked: [], seen: [], said: [], total: 0 },
  last = null,
  queue = { unseen: "", next: null },
  watched = [],
  isWatching = false,
  forgotten = null,
}: ReaderSheet): string {
  const lines = [
    `:root{--change:${last?.id ?? 0}}`,
    ...toSettings(settings),
    ...toPair("keep", "drop", bookmarked),
    ...toPair("seen", "unseen", seen),
  ];
  if (seen.length > 0)
    lines.push(`@media screen{${papers(seen)} :is(h3,[data-key]){color:var(--color-faint)}}`);
  // Bookmarks are never dimmed, also while the island shows a change that is not saved yet.
  if (bookmarked.length > 0) {
    const undimmed = `article${papers(bookmarked)}:not([data-keep=off])`;
    lines.push(
      `@media screen{${undimmed} h3{color:var(--color-ink)}${undimmed} [data-key]{color:var(--color-soft)}}`,
    );
  }
  lines.push(...toSaid(said, watched), ...toFolded(watched, bookmarked));
  if (queue.unseen) lines.push(`[data-unseen]::after{content:${toCssText(queue.unseen)}}`);
  if (isWatching) lines.push("[data-watch]{display:none}[data-watching]{display:inline}");
  if (forgotten)
    lines.push(
      "#forgotten{display:flex}",
      `[data-forgotten=when]::before{content:${toCssText(describeForgotten(forgotten))}}`,
      `[data-forgotten=title]::after{content:${toCssText(toSpoken(forgotten.title))}}`,
    );
  if (total > 0) {
    const { length } = seen;
    const { next } = queue;
    if (length === total) lines.push("[data-mark-all]{display:none}");
    lines.push(
      `[data-progress] span{display:none}[data-progress]::before{content:${toCssText(formatProgress(length, total))}}`,
      `[data-new]::before{content:${length < total ? toCssText(formatNew(total - length)) : "none"}}`,
      `[data-done]::before{content:${toCssText(formatDone(length, total, bookmarked.length))}}`,
      next
        ? `[data-next]::after{content:${toCssText(`: ${formatDay(next.day, next.isNear ? "EEEE" : "d MMMM yyyy")} has ${formatNew(next.papers)}`)}}`
        : "[data-next]{display:none}",
    );
  }
  if (last) lines.push(`:is([data-last],[data-undo]>span)::before{content:${toCssText(toWords(last))}}`);
  // After an undo, the change before it must not look as if it had just happened.
  const left = last?.isNewest ? last.madeAt.getTime() + undoBarMs - Date.now() : 0;
  if (last && left > 0) {
    // The reader can close it, until the next change.
    const bar = `[data-undo]:not([data-closed="${last.id}"])`;
    lines.push(`@media screen{${bar}{display:flex;animation:gone 0s ${left}ms forwards}}`);
    lines.push("[data-undo]:is(:hover,:focus-within){animation-play-state:paused}");
  }
  return `${lines.join("\n")}\n`;
}

/** `Added to library: Weight Sharing`. */
function toWords({ message, paper }: LastChange): string {
  return paper ? `${message}: ${toSpoken(paper.title)}` : message;
}

const papers = (ids: string[]) => `:is(${ids.map((id) => `[id=${JSON.stringify(`p-${id}`)}]`).join()})`;

/** The line below a paper's title: `Reading · Matches speculative decoding`. A paper's own page has its state beside a link. */
function toSaid(said: Marks["said"], watched: WatchMarks): string[] {
  const words = new Map(said.map(({ id, words }) => [id, words]));
  for (const { id, marking, isNew } of watched) {
    const more = [
      ...(isNew ? ["New here"] : []),
      ...(marking.length > 0 ? [`Matches ${toNames(marking)}`] : []),
    ];
    if (more.length > 0) words.set(id, [...(words.get(id) ?? []), ...more]);
  }
  return [
    ...groupByText([...words].map(([id, parts]) => [id, parts.join(" · ")])).map(
      ([text, ids]) => `${papers(ids)} h3::after{content:${toCssText(text)}}`,
    ),
    ...groupByText(said.map(({ id, words }) => [id, ` · ${words.join(" · ")}`])).map(
      ([text, ids]) => `${papers(ids)} [data-attached]::after{content:${toCssText(text)}}`,
    ),
  ];
}

/** In an edition, a muted paper is folded to its title and the reason, unless it is bookmarked or another watch follows it. */
function toFolded(watched: WatchMarks, bookmarked: string[]): string[] {
  const muted = watched.filter(
    ({ id, marking, muting }) => muting.length > 0 && marking.length === 0 && !bookmarked.includes(id),
  );
  if (muted.length === 0) return [];
  const folded = `[data-mutes] ${papers(muted.map(({ id }) => id))}`;
  return [
    ...groupByText(muted.map(({ id, muting }) => [id, `Muted: ${toNames(muting)}`])).map(
      ([text, ids]) => `[data-mutes] ${papers(ids)} h3::after{content:${toCssText(text)}}`,
    ),
    `@media screen{${folded} :is([data-key],[data-abstract],[data-figure],[data-facts]){display:none}`,
    `${folded}{padding-block:.375rem}`,
    `${folded} h3{grid-column:1;font-size:var(--text-base);line-height:var(--text-base--line-height);color:var(--color-faint)}`,
    `${folded}>div{grid-area:1/-2/auto/-1}}`,
  ];
}

/** Names on a card, of which long ones are cut. */
const toNames = (names: string[]) =>
  names.map((name) => (name.length > 60 ? `${name.slice(0, 59).toWellFormed()}…` : name)).join(", ");

/** The ids that have each text. */
function groupByText(texts: (readonly [id: string, text: string])[]): [text: string, ids: string[]][] {
  const byText = new Map<string, string[]>();
  for (const [id, text] of texts) byText.set(text, [...(byText.get(text) ?? []), id]);
  return [...byText];
}

/** Shows the second of two buttons on these papers. */
function toPair(first: string, second: string, ids: string[]): string[] {
  if (ids.length === 0) return [];
  return [`${papers(ids)} [name=${first}]{display:none}${papers(ids)} [name=${second}]{display:flex}`];
}

function toSettings(settings: Settings): string[] {
  const { density, theme, pictures } = settings;
  const lines = [
    `:root{${Object.entries(settings)
      .map(([name, value]) => `--${name}:${value}`)
      .join(";")}}`,
  ];
  if (theme !== "system") lines.push(`:root{color-scheme:${theme}}`);
  if (pictures === "off") lines.push("[data-figure]{display:none}"); // and browsers do not request them, being lazy
  if (density === "titles") {
    lines.push(
      "article:has(h3) :is([data-key],[data-abstract],[data-figure]){display:none}",
      "[data-facts]:not(:has([data-note])),[data-facts]>:not([data-note]){display:none}",
      "article:has(h3){padding-block:.375rem}",
      "article h3{font-size:var(--text-xl);line-height:var(--text-xl--line-height)}",
    );
  }
  if (density === "full")
    lines.push(
      `article:has(h3) [data-key=""]{display:none}`,
      "article:has(h3) [data-abstract]{display:block}",
    );
  lines.push(`[name=density][value=${density}]{color:var(--color-ink);text-decoration-line:underline}`);
  return lines;
}

/** A text as a CSS string. Characters that could end it are escaped. */
function toCssText(text: string): string {
  const escaped = text.replace(/["\\<\p{Cc}]/gu, (letter) => `\\${letter.codePointAt(0)?.toString(16)} `);
  return `"${escaped}"`;
}
