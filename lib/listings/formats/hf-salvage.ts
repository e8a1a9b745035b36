import { readJson } from "../json";

/** A place in a list where no whole item stands. */
export class BrokenPlace {
  constructor(readonly text: string) {}
}

// As the Hub's items begin. Within a string of JSON no quote stands bare, so no abstract has it.
const head = /(?<!:)\{\s*"paper"\s*:/g;

/**
 * The items of a list whose JSON is damaged or breaks off, each parsed alone, and in their order the places where none is
 * whole. It is cut where items begin, so that what is lost of one (a quote, a brace) does not take the next along. Empty
 * where none begins.
 */
export function salvageItems(text: string): unknown[] {
  const starts = [...text.matchAll(head)].map(({ index }) => index);
  const items: unknown[] = [];
  for (const [at, start] of starts.entries()) {
    const piece = text.slice(start, starts[at + 1]);
    const end = endOfObject(piece);
    const [item, rest] = [toItem(piece.slice(0, end)), piece.slice(end)];
    const goesOn = /^\s*(,?\s*"(?!\{')|\})/.test(rest); // a brace too many has closed it
    const isLast = at === starts.length - 1;
    const isOver = (isLast ? /^\s*(\]|,?\s*$)/ : /^[\s,[\]]*$/).test(rest);
    if (item === null || goesOn) items.push(new BrokenPlace(piece));
    else items.push(item, ...(isOver ? [] : [new BrokenPlace(rest)]));
  }
  if (starts.length > 0 && !items.some((item) => item instanceof BrokenPlace))
    items.push(new BrokenPlace(text.slice(-100)));
  return items;
}

/** What a damaged body says beside its items under a name; within a string of JSON no quote stands bare. */
export function saidBeside(text: string, name: string): string | null {
  return new RegExp(`"${name}"\\s*:\\s*"([^"\\\\]{0,40})"`).exec(text)?.[1] ?? null;
}

function toItem(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return null;
  }
}

/** Where the object ends that a text begins with; the text's end where it breaks off. */
function endOfObject(text: string): number {
  let depth = 0;
  for (const { 0: mark, index } of text.matchAll(/"(?:[^"\\]|\\[\s\S])*"?|[{}]/g)) {
    if (mark === "{") depth++;
    else if (mark === "}" && --depth === 0) return index + 1;
  }
  return text.length;
}
