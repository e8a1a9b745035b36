import { readJson } from "../json";

/** A place in a list without a complete item. */
export class BrokenItem {
  constructor(readonly text: string) {}
}

// How Hugging Face's items begin. JSON strings contain no unescaped quotes, so an abstract cannot match.
const itemStart = /(?<!:)\{\s*"paper"\s*:/g;

/**
 * The items of a list with damaged JSON, each parsed alone, and the places without a complete one, in order. The text
 * is cut where items begin, so that a lost quote or brace does not affect the next item. Empty if none begins.
 */
export function salvageItems(text: string, startsAt = itemStart): unknown[] {
  const starts = [...text.matchAll(startsAt)].map(({ index }) => index);
  const items: unknown[] = [];
  for (const [at, start] of starts.entries()) {
    const piece = text.slice(start, starts[at + 1]);
    const end = endOfObject(piece);
    const [item, rest] = [toItem(piece.slice(0, end)), piece.slice(end)];
    const continues = /^\s*(,?\s*"(?!\{')|\})/.test(rest); // an extra brace has closed it
    const isLast = at === starts.length - 1;
    const endsCleanly = (isLast ? /^\s*(\]|,?\s*$)/ : /^[\s,[\]]*$/).test(rest);
    if (item === null || continues) items.push(new BrokenItem(piece));
    else items.push(item, ...(endsCleanly ? [] : [new BrokenItem(rest)]));
  }
  if (starts.length > 0 && !items.some((item) => item instanceof BrokenItem))
    items.push(new BrokenItem(text.slice(-100)));
  return items;
}

/** A named value beside the items of a damaged body. JSON strings contain no unescaped quotes. */
export function fieldBeside(text: string, name: string): string | null {
  return new RegExp(`"${name}"\\s*:\\s*"([^"\\\\]{0,40})"`).exec(text)?.[1] ?? null;
}

function toItem(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return null;
  }
}

/** Where the object at the start of a text ends, or the end of the text if it is cut off. */
function endOfObject(text: string): number {
  let depth = 0;
  for (const { 0: mark, index } of text.matchAll(/"(?:[^"\\]|\\[\s\S])*"?|[{}]/g)) {
    if (mark === "{") depth++;
    else if (mark === "}" && --depth === 0) return index + 1;
  }
  return text.length;
}
