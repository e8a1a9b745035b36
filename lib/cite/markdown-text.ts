import { oneLine } from "./cite-item";

/** A text on one line in Markdown that shows exactly this text: nothing in it is markup, an entity or a formula. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>#|~$&^=!]/g, "\\$&")
    .replace(/^[-+]/, "\\$&")
    .replace(/^(\d{1,9})([.)])/, "$1\\$2");
}

/** A text's paragraphs, each escaped on a line of its own. A single line break does not end a paragraph. */
export function toParagraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map(escapeMarkdown)
    .filter((paragraph) => paragraph !== "");
}
