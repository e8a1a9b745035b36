import { type CheerioAPI, load } from "cheerio/slim";

// No real page is a tenth as deep, and what reads a tree goes down into it on the stack.
export const deepest = 1000;
// Each element that stays open costs time for all that follow.
const mostOpen = 20_000;

/** True where a text begins as HTML and XML do. */
export function isMarkup(text: string): boolean {
  return /^\s*</.test(text);
}

/** HTML, or XML, as a tree; null where its elements lie deeper in each other than any page's. */
export function openMarkup(text: string, xml: boolean): CheerioAPI | null {
  if (staysOpen(text)) return null;
  const tree = load(text, { xml });
  let depth = 0;
  let node = tree.root().contents()[0] ?? null;
  while (node) {
    const inner = "children" in node ? (node.children[0] ?? null) : null;
    if (inner && ++depth > deepest) return null;
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

/** As that; throws an Error of one line that names the format. */
export function openPage(text: string, format: string): CheerioAPI {
  const page = openMarkup(text, false);
  if (!page)
    throw new Error(`${format}: expected elements within ${deepest} others at most, got deeper ones`);
  return page;
}

/** True where at some place far more elements have been opened than closed; those that need no end are counted too. */
function staysOpen(text: string): boolean {
  let open = 0;
  for (let at = text.indexOf("<"); at >= 0 && open <= mostOpen; at = text.indexOf("<", at + 1)) {
    const next = text[at + 1] ?? "";
    if (next === "/") open--;
    else if (/[a-z]/i.test(next)) open++;
  }
  return open > mostOpen;
}
