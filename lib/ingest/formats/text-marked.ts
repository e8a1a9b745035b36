import { readHubDate } from "./hub-dates";
import { type Piece, paperAt, toPieces } from "./text-pieces";
import { isVotes, plainDate, type Rendering, type Row, readAuthorCount } from "./text-rows";

const longName = 80;

/**
 * Reads a page as tools for notes and for models print it, with headings or links: a title is a third heading, or words
 * that lead to another paper than those before. null for other text.
 */
export function readMarked(text: string): Rendering | null {
  if (!/(Daily|Trending) Papers|huggingface\.co\/papers/.test(text)) return null;
  const pieces = toPieces(text);
  const isTitle = titlesOf(pieces);
  const rows: Row[] = [];
  let header: string | null = null;
  let votes: string | null = null;
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at];
    if (!piece) continue;
    if (isTitle.has(piece)) {
      let end = at + 1;
      while (end < pieces.length && !isTitle.has(pieces[end] as Piece)) end++; // within the list
      const body = pieces.slice(at + 1, end);
      const following = end < pieces.length ? takeVotes(body) : null;
      rows.push(toRow(piece, body, votes));
      votes = following;
      at = end - 1;
    } else if (readHubDate(piece.text)) header = piece.text;
    else if (isVotes(piece.text)) votes = piece.text;
  }
  const known = rows.some((row) => row.authors ?? row.date ?? row.code);
  if (!known) return null;
  const first = pieces.find((piece) => isTitle.has(piece))?.line ?? 0;
  return { chrome: text.split("\n").slice(0, first).join("\n"), header, rows };
}

function titlesOf(pieces: Piece[]): Set<Piece> {
  const titles = new Set<Piece>();
  const byHeading = pieces.some((piece) => piece.heading === 3);
  let last: string | null = null;
  for (const piece of pieces) {
    if (piece.text === "" || piece.text === "[...]") continue;
    const id = idOf(piece);
    if (byHeading ? piece.heading === 3 : id !== null && id !== last && !isVotes(piece.text))
      titles.add(piece);
    last = id ?? last;
  }
  return titles;
}

function idOf(piece: Piece): string | null {
  return piece.urls.map(paperAt).find((id) => id !== null) ?? null;
}

/** The upvotes at the end of a row's pieces are the next row's. */
function takeVotes(body: Piece[]): string | null {
  const last = body.at(-1);
  const isCount = last && isVotes(last.text) && !last.urls.some((url) => url.endsWith("#community"));
  return isCount ? (body.pop()?.text ?? null) : null;
}

function toRow(title: Piece, body: Piece[], votes: string | null): Row {
  const row: Row = { title: title.text, abstract: null };
  const id = [title, ...body].map(idOf).find((found) => found !== null);
  if (id) row.arxivId = id;
  if (votes !== null) row.votes = votes;
  const words: string[] = [];
  for (const { text, urls } of body) {
    const code = urls.find((url) => url.startsWith("https://github.com/"));
    const stars = /^GitHub ([\d.,]+[km]?)$/i.exec(text)?.[1];
    if (text === "·") {
      const last = words.at(-1) ?? "";
      // In place of the authors line: short, and not the only words.
      if (!row.authors && last !== "" && last.length <= longName && (words.length > 1 || !last.endsWith(".")))
        row.organization = words.pop() ?? "";
    } else if (readAuthorCount(text) !== null) row.authors = text;
    else if (readHubDate(plainDate(text))) row.date = plainDate(text);
    else if (code && /^GitHub\b/.test(text)) row.code = { url: code, stars: stars ?? null };
    else if (/^Upvote [\d.,]+k?$/i.test(text)) row.votes = text.slice("Upvote ".length);
    else if (/^Submitted by ?/.test(text)) row.submittedBy = text.slice("Submitted by".length).trim();
    else if (urls.some((url) => url.endsWith("#community")) && isVotes(text)) addComments(row, text);
    else if (!row.date && isProse(text)) words.push(text);
  }
  if (words.length > 0) row.abstract = words.join("\n");
  if (row.submittedBy === "") delete row.submittedBy;
  return row;
}

function isProse(text: string): boolean {
  return text !== "" && !/^(\[\.\.\.\]|\[?…\]?|```|Upvote|arXiv Page|GitHub.*)$/.test(text) && !isVotes(text);
}

function addComments(row: Row, count: string): void {
  if (row.date && readHubDate(row.date)?.comments === null) row.date = `${row.date} ${count}`;
}
