import { formatNewOf } from "../words/paper-counts";
import type { Marks } from "./marks";
import type { Settings } from "./settings";

// How long the undo bar is shown, across pages. After that, changes can still be undone by key or on Settings.
const undoBarMs = 30_000;

/**
 * The style sheet that adds a reader's marks and settings to pages that are the same for everyone. It refers to these
 * attributes of components: `p-ID`, `name=keep`, `data-abstract`, `data-foot`, `data-new`, `data-undo`, `data-last`.
 */
export function toSheet(
  settings: Settings,
  { bookmarked, seen, total }: Marks,
  last: { id: number; message: string; madeAt: Date } | null,
): string {
  const lines = [
    `:root{--change:${last?.id ?? 0}}`,
    ...toSettings(settings),
    ...toPair("keep", "drop", bookmarked),
    ...toPair("seen", "unseen", seen),
  ];
  if (seen.length > 0) {
    lines.push(
      `@media screen{${papers(seen)} h3{color:var(--color-faint)}${papers(seen)} [data-abstract]{color:var(--color-soft)}}`,
    );
  }
  if (total > 0)
    lines.push(`[data-new]::before{content:${JSON.stringify(formatNewOf(total - seen.length, total))}}`);
  if (last) lines.push(`[data-last]::before{content:${toCssText(last.message)}}`);
  const left = last ? last.madeAt.getTime() + undoBarMs - Date.now() : 0;
  if (last && left > 0) {
    lines.push(`@media screen{[data-undo]{display:flex;animation:gone 0s ${left}ms forwards}}`);
    lines.push(`[data-undo] span::before{content:${toCssText(last.message)}}`);
  }
  return `${lines.join("\n")}\n`;
}

const papers = (ids: string[]) => `:is(${ids.map((id) => `[id=${JSON.stringify(`p-${id}`)}]`).join()})`;

/** Shows the second of two buttons on these papers. */
function toPair(first: string, second: string, ids: string[]): string[] {
  if (ids.length === 0) return [];
  return [`${papers(ids)} [name=${first}]{display:none}${papers(ids)} [name=${second}]{display:flex}`];
}

function toSettings(settings: Settings): string[] {
  const { density, theme } = settings;
  const lines = [
    `:root{${Object.entries(settings)
      .map(([name, value]) => `--${name}:${value}`)
      .join(";")}}`,
  ];
  if (theme !== "system") lines.push(`:root{color-scheme:${theme}}`);
  if (density === "titles") {
    lines.push(
      "[data-abstract],[data-foot]:not(:has([data-note])),[data-foot]>:not([data-note]){display:none}",
      "article:has(h3){padding-block:.75rem}",
      "article h3{font-size:var(--text-2xl);line-height:var(--text-2xl--line-height)}",
    );
  }
  if (density === "full") lines.push("[data-abstract] span{-webkit-line-clamp:none}");
  lines.push(`[name=density][value=${density}]{color:var(--color-ink);text-decoration-line:underline}`);
  return lines;
}

/** A text as a CSS string. Characters that could end it are escaped. */
function toCssText(text: string): string {
  const escaped = text.replace(/["\\<\p{Cc}]/gu, (letter) => `\\${letter.codePointAt(0)?.toString(16)} `);
  return `"${escaped}"`;
}
