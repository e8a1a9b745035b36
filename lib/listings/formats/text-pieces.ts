import { type Line, textOf } from "./text-lines";
import { paperAt, readSmallPrint, readSmallPrints, type SmallPrint, wordsOf } from "./text-words";

/** A separate part of a text copy: words, or the small print of a card. */
export type Piece = {
  text: string;
  url: string | null;
  line: Line;
  facts: SmallPrint[] | null;
  /** The line of the source it ends on. */
  end: number;
};

export const pageName = /(?:^|[-–|:>*] ?|[*:] )(Daily|Trending) Papers(?: - Hugging Face)?\W*$/;
const chrome = /^(?:by ?AK\b.*|by ?\[?.{0,60} AK and the research community|.*and the research community)$/;
// Longer than all but one in 50,000 titles, shorter than nearly every abstract.
const longTitle = 250;

/** The pieces of a text copy, in order. */
export function toPieces(lines: Line[]): Piece[] {
  return joinLinks(joinWords(lines));
}

/** Joins the lines of words in a block. Small print and headings stay separate. */
function joinWords(lines: Line[]): Piece[] {
  const lengths = new Map<number, number>();
  for (const line of lines) lengths.set(line.block, (lengths.get(line.block) ?? 0) + textOf(line).length);
  const print = readSmallPrints(lines);
  const pieces: Piece[] = [];
  let open: Piece | null = null;
  for (const line of lines) {
    const before: Piece | undefined = pieces.at(-1);
    const isRest = before !== undefined && continuesTitle(before, line, lengths.get(line.block) ?? 0);
    const facts = isRest && line.link > 0 ? null : (print.get(line) ?? null);
    const text = wordsOf(line.parts);
    const url = wholeLink(line);
    const end = line.at;
    const marked = line.mark === "" ? text : `${line.mark} ${text}`;
    // A bullet inside a link means nothing.
    const within: boolean =
      open !== null && line.link > 0 && open.line.link === line.link && line.at === open.end + 1;
    if (facts) {
      open = null;
      pieces.push({ text, url, line, facts, end });
    } else if (before && isRest) {
      before.text += ` ${marked}`;
      before.url ??= line.parts.find((part) => paperAt(part.url))?.url ?? null;
      Object.assign(before, { end, line: { ...before.line, broken: line.broken } });
      open = null;
    } else if (open && within) {
      open.text += ` ${marked}`;
      Object.assign(open, { end, line: { ...open.line, broken: open.line.broken || line.broken } });
    } else if (open && open.line.block === line.block && line.heading === open.line.heading) {
      open.text += ` ${text}`;
      open.url ??= url;
      Object.assign(open, { end, line: { ...open.line, broken: open.line.broken || line.broken } });
    } else {
      const piece = { text, url, line, facts, end };
      pieces.push(piece);
      // A single line that links to a paper may be a title with its abstract right below.
      open = line.heading === 0 && line.link === 0 && paperAt(url) ? null : piece;
    }
  }
  return pieces;
}

/** Where a whole line links to, ignoring emphasis. */
function wholeLink(line: Line): string | null {
  const parts = line.parts.filter((part) => part.url !== null || !/^[\s*_]*$/.test(part.text));
  const url = parts[0]?.url ?? null;
  return parts.every((part) => part.url === url) ? url : null;
}

/** A Markdown heading ends with its line. If the next line continues it, the title was longer. */
function continuesTitle(title: Piece, line: Line, length: number): boolean {
  const { heading, block, link } = title.line;
  if (heading === 0 || line.heading > 0 || line.block === block) return false;
  if (link > 0) return line.link === link;
  return paperAt(title.url) === null && line.at === title.end + 1 && length <= longTitle;
}

/** An address on its own line is the target of the words before it. */
function joinLinks(pieces: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    if (!before || !/^https?:\/\/\S+$/.test(piece.text) || piece.line.heading > 0) joined.push(piece);
    else if (before.facts === null) before.url = piece.text;
    else {
      const parts = [...before.line.parts, { text: "", url: piece.text }];
      before.facts = readSmallPrint({ ...before.line, parts }) ?? before.facts;
    }
  }
  // Whatever was before an address was separate small print, such as a name.
  return joined.map((piece) => {
    if (piece.facts || piece.url === null || piece.line.heading > 0) return piece;
    const facts = readSmallPrint({ ...piece.line, parts: [{ text: piece.text, url: piece.url }] });
    return facts ? { ...piece, facts } : piece;
  });
}

/** The pieces that are titles of papers. */
export function titlesOf(pieces: Piece[]): Set<Piece> {
  const headings = pieces.filter(
    ({ line, text, facts }) =>
      line.heading > 0 && !facts && text !== "" && !pageName.test(text) && !chrome.test(text),
  );
  const depths = new Set(headings.filter((piece) => paperAt(piece.url)).map((piece) => piece.line.heading));
  if (depths.size > 0) return new Set(headings.filter((piece) => depths.has(piece.line.heading)));
  const thirds = headings.filter((piece) => piece.line.heading === 3);
  if (thirds.length > 0) return new Set(thirds);
  const titles = new Set<Piece>();
  let last: string | null = null;
  for (const piece of pieces) {
    const id = paperAt(piece.url);
    if (piece.facts === null && piece.text !== "" && id !== null && id !== last) titles.add(piece);
    last = id ?? last;
  }
  return titles.size > 0 ? titles : new Set(headings.filter((piece) => piece.line.heading === 2));
}
