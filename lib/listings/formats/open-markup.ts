import { type CheerioAPI, load } from "cheerio/slim";

// Ten times deeper than any real page. Code that reads the tree recurses this deep.
export const maxDepth = 1000;
// Each unclosed element slows down all that follow.
const maxOpen = 20_000;

/** Whether a text begins like HTML or XML. */
export function isMarkup(text: string): boolean {
  return /^\s*</.test(text);
}

/** Parses HTML or XML. Null if it is nested deeper than any real page. */
export function openMarkup(text: string, xml: boolean): CheerioAPI | null {
  if (hasTooManyOpen(text)) return null;
  const tree = load(text, { xml });
  let depth = 0;
  let node = tree.root().contents()[0] ?? null;
  while (node) {
    const inner = "children" in node ? (node.children[0] ?? null) : null;
    if (inner && ++depth > maxDepth) return null;
    let next: typeof node | null = inner ?? node.next;
    while (!next && node.parent && depth > 0) {
      node = node.parent as typeof node; // above depth 0 a parent is an element, never the document
      depth--;
      next = node.next;
    }
    node = next;
  }
  return tree;
}

/** The same, but throws an Error of one line that names the format. */
export function openPage(text: string, format: string): CheerioAPI {
  const page = openMarkup(text, false);
  if (!page) throw new Error(`${format}: expected elements nested at most ${maxDepth} deep, got deeper ones`);
  return page;
}

/** Whether far more elements are opened than closed at any point. Elements without an end tag are counted too. */
function hasTooManyOpen(text: string): boolean {
  let open = 0;
  for (let at = text.indexOf("<"); at >= 0 && open <= maxOpen; at = text.indexOf("<", at + 1)) {
    const next = text[at + 1] ?? "";
    if (next === "/") open--;
    else if (/[a-z]/i.test(next)) open++;
  }
  return open > maxOpen;
}
