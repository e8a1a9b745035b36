import { scan } from "./tokens";

// Nobody types more before they see the paper.
const maxLength = 80;

/** The beginning of a title, or of what was typed of it: its words, folded, with a space between. */
export function toTitleKey(text: string): string {
  const words = scan(text).flatMap(({ parts }) => parts);
  const key = words.map(({ word }) => word).join(" ");
  // Someone who typed a space has finished a word.
  return (/\s$/.test(text) && key !== "" ? `${key} ` : key).slice(0, maxLength);
}
