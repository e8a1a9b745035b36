import { readHubDate } from "./hub-dates";
import type { Line } from "./text-lines";
import { type Piece, pageName, titlesOf, toPieces } from "./text-pieces";
import { endsSentence, hasMeta, markCut, type PaperRow, type Rendering, withoutEmphasis } from "./text-rows";
import { longName, paperAt, type SmallPrint } from "./text-words";

const pageFooter = /^(?:Previous|Next|System theme|Company)$/;

/**
 * Parses a listing as tools for notes and language models print it, with headings or links. A title is a heading, or
 * words that link to a new paper. null for other text: a listing has lines of authors or dates in its entries, and it
 * also has its name or links to papers on Hugging Face.
 */
export function readMarked(text: string, lines: Line[], isCut: boolean): Rendering | null {
  const pieces = toPieces(lines);
  const titles = titlesOf(pieces);
  const first = pieces.findIndex((piece) => titles.has(piece));
  if (first < 0) return null;
  // In a listing, no title links only to other sites.
  const titleUrls = [...titles].flatMap(({ url }) => (url && /^https?:/.test(url) ? url : []));
  if (titleUrls.length > 0 && !titleUrls.some((url) => paperAt(url))) return null;
  const rows = toRows(pieces, titles, first, isCut).filter(
    (row) => row.arxivId ?? row.abstract ?? hasMeta(row),
  );
  const full = rows.filter((row) => hasMeta(row) || row.organization !== undefined).length;
  const named = pieces.slice(0, first).filter((piece) => pageName.test(piece.text));
  const isListing = full > 0 && full * 2 >= rows.length;
  if (!isListing || !(named.length > 0 || rows.some((row) => row.arxivId))) return null;
  markCut(rows, pieces.at(-1)?.line.broken === true);

  const heading = named.filter((piece) => piece.line.heading > 0).at(-1) ?? named.at(-1);
  const header = pieces.slice(0, first).flatMap(({ facts }) => facts ?? []);
  const date =
    header.flatMap((print) => (print.is === "date" && readHubDate(print.text) ? print.text : [])).at(-1) ??
    null;
  const at = pieces[first]?.line.at ?? 1;
  return {
    chrome: text
      .split("\n")
      .slice(0, at - 1)
      .join("\n"),
    trending: heading?.text.includes("Trending") ?? false,
    header: date,
    rows,
  };
}

/** The small print of the cards, by the paper that its links name. */
type ById = { votes: Map<string, string>; comments: Map<string, string> };

function toRows(pieces: Piece[], titles: Set<Piece>, first: number, isCut: boolean): PaperRow[] {
  const ids = pieces.map((piece) => (titles.has(piece) ? paperAt(piece.url) : null));
  const known = new Set(ids);
  let nextId: string | null = null;
  const nextIds = ids.map(() => null as string | null);
  for (let at = ids.length - 1; at >= 0; at--) {
    nextIds[at] = nextId;
    nextId = ids[at] ?? nextId;
  }
  const byId: ById = { votes: new Map(), comments: new Map() };
  const before = pieces.slice(0, first).flatMap(({ facts }) => facts ?? []);
  // Every card of a page has the same order.
  const submitterLeads = before.some(({ is }) => is === "submitter");
  const votesLead =
    before.some(({ is }) => is === "count" || is === "upvote" || is === "votes") ||
    !endsInCount(pieces, titles);

  const rows: PaperRow[] = [];
  let next: PaperRow = {};
  let card: Card | null = null;
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at];
    if (!piece) continue;
    if (titles.has(piece)) {
      if (card) close(card, next, votesLead, true);
      const id = ids[at] ?? next.arxivId ?? null;
      const row: PaperRow = { ...next, title: withoutEmphasis(piece.text), abstract: null };
      if (id) row.arxivId = id;
      rows.push(row);
      next = {};
      card = { row, words: [], late: [], counts: [], ended: false, after: false };
      continue;
    }
    const target: PaperRow = card && !card.after ? card.row : next;
    if (!piece.facts) {
      if (card && pageFooter.test(piece.text)) card.after = true;
      if (!card || card.after) continue;
      (card.ended ? card.late : card.words).push(piece.text);
      if (card.ended) continue;
      card.row.arxivId ??= paperAt(piece.url) ?? undefined;
      if (card.row.arxivId === undefined) delete card.row.arxivId;
      if (piece.line.broken) card.row.cut = true;
      continue;
    }
    for (const [index, fact] of piece.facts.entries()) {
      switch (fact.is) {
        case "thumbnail": {
          if (card && nextIds[at] === fact.paperId) card.after = true;
          else if (card && !known.has(fact.paperId) && card.row.arxivId === undefined)
            card.row.arxivId = fact.paperId;
          if (!known.has(fact.paperId) && card === null) next.arxivId = fact.paperId;
          break;
        }
        case "submitter": {
          if (submitterLeads && card) card.after = true;
          const owner: PaperRow = card && !card.after ? card.row : next;
          const name = fact.text || nameAfter(pieces, at, titles);
          if (name) owner.submittedBy ??= name;
          if (card && !card.after) card.ended = true;
          break;
        }
        case "upvote": {
          const count = countAfter(pieces, at);
          if (count) {
            if (count.paperId && known.has(count.paperId)) setFirst(byId.votes, count.paperId, count.text);
            else if (card && !card.after) card.counts.push(count.text);
            else next.votes = count.text;
            pieces[count.at] = { ...(pieces[count.at] as Piece), facts: [] };
          }
          break;
        }
        case "votes":
          if (fact.paperId && known.has(fact.paperId)) setFirst(byId.votes, fact.paperId, fact.text);
          else if (
            card &&
            !card.after &&
            (fact.paperId === null || fact.paperId === (card.row.arxivId ?? fact.paperId))
          )
            card.counts.push(fact.text);
          else next.votes = fact.text;
          break;
        case "comments":
          if (fact.paperId && known.has(fact.paperId)) setFirst(byId.comments, fact.paperId, fact.text);
          else target.comments ??= fact.text;
          if (fact.paperId && card && !card.after) card.row.arxivId ??= fact.paperId;
          if (card && !card.after) card.ended = true;
          break;
        case "count":
          if (card && !card.after) card.counts.push(fact.text);
          else next.votes = fact.text;
          break;
        default:
          if (card && !card.after) take(card, fact, piece.facts.slice(index + 1));
      }
    }
  }
  if (card) close(card, next, votesLead, isCut); // the title that would follow may be cut off
  for (const row of rows) {
    if (!row.arxivId) continue;
    const votes = byId.votes.get(row.arxivId);
    const comments = byId.comments.get(row.arxivId);
    if (votes !== undefined) row.votes = votes;
    if (comments !== undefined) row.comments = comments;
  }
  // A page has all its abstracts above the small print, or all below.
  const below = rows.filter(({ late = "" }) => endsSentence(late));
  if (rows.every((row) => row.abstract === null) && below.length * 2 >= rows.length)
    for (const row of below) row.abstract = row.late;
  return rows;
}

/**
 * A card being parsed: what was between its title and its small print, and counts whose meaning depends on their place.
 */
type Card = {
  row: PaperRow;
  words: string[];
  /** Words below its small print. */
  late: string[];
  counts: string[];
  ended: boolean;
  after: boolean;
};

function take(card: Card, print: SmallPrint, rest: SmallPrint[]): void {
  const { row, words } = card;
  if (print.is === "nothing" || (print.is === "dot" && rest.length > 0 && !row.date)) {
    if (print.is === "dot") takeOrganization(card);
    return;
  }
  if (print.is === "end") {
    if (!card.ended && words.length > 0) row.cut = true;
    return;
  }
  if (print.is === "dot") takeOrganization(card);
  card.ended = true;
  if (print.is === "authors") row.authors ??= print.text;
  else if (print.is === "organization") row.organization ??= print.text;
  else if (print.is === "code") row.code ??= { url: print.url, stars: print.stars };
  else if (print.is === "date" && row.date === undefined) {
    row.date = print.text;
    if (print.comments !== null) row.comments ??= print.comments;
  }
}

/** A card may have an organization instead of authors: short, before the dot, and not its only words. */
function takeOrganization(card: Card): void {
  const { row, words } = card;
  const last = words.at(-1) ?? "";
  if (card.ended || row.authors !== undefined || row.organization !== undefined) return;
  if (last === "" || last.length > longName || (words.length === 1 && last.endsWith("."))) return;
  row.organization = words.pop() ?? "";
}

function close(card: Card, next: PaperRow, votesLead: boolean, follows: boolean): void {
  const { row, words, late, counts } = card;
  if (words.length > 0) row.abstract = words.join("\n");
  else if (late.length > 0) row.late = late.join("\n");
  const last = counts.length > 0 && (!votesLead || follows) ? counts.pop() : undefined;
  if (last !== undefined) {
    if (votesLead) next.votes ??= last;
    else row.votes ??= last;
  }
  const [comments] = counts;
  if (comments !== undefined && row.date !== undefined) row.comments ??= comments;
  if (row.cut && hasMeta(row)) delete row.cut;
}

function endsInCount(pieces: Piece[], titles: Set<Piece>): boolean {
  const last = pieces.findLastIndex((piece) => titles.has(piece));
  const counts = new Set<SmallPrint["is"]>(["count", "upvote", "votes"]);
  return pieces.slice(last).some(({ facts }) => facts?.some(({ is }) => counts.has(is)) ?? false);
}

function nameAfter(pieces: Piece[], at: number, titles: Set<Piece>): string | null {
  for (let step = at + 1; step < Math.min(at + 4, pieces.length); step++) {
    const piece = pieces[step];
    if (!piece || titles.has(piece)) return null;
    const profile = piece.facts?.find((print) => print.is === "organization");
    if (profile?.is === "organization") {
      pieces[step] = { ...piece, facts: [] };
      return profile.text;
    }
    if (piece.facts === null) {
      if (piece.text.length > longName) return null;
      pieces[step] = { ...piece, facts: [] };
      return piece.text;
    }
    if (piece.facts.some(({ is }) => is !== "nothing" && is !== "dot")) return null;
  }
  return null;
}

function countAfter(
  pieces: Piece[],
  at: number,
): { text: string; paperId: string | null; at: number } | null {
  for (let step = at + 1; step < Math.min(at + 3, pieces.length); step++) {
    const print = pieces[step]?.facts;
    const found = print?.find(({ is }) => is === "count" || is === "votes");
    if (found?.is === "count") return { text: found.text, paperId: null, at: step };
    if (found?.is === "votes") return { text: found.text, paperId: found.paperId, at: step };
    if (!print || print.some(({ is }) => is !== "nothing")) return null;
  }
  return null;
}

function setFirst(counts: Map<string, string>, id: string, text: string): void {
  if (!counts.has(id)) counts.set(id, text);
}
