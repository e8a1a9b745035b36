import { arxivIdAt } from "../../arxiv-id";
import { readHubDate } from "./hub-dates";
import { isVotes, plainDate, readAuthorCount } from "./text-rows";

/** A stretch of a rendering that stands by itself, without its marks, and where it led. */
export type Piece = { text: string; heading: number; urls: string[]; line: number };

const listMark = /^(?:[*•-] +)+(?=\S)/;
const image = /!?\[[^[\]]{0,200}\]\((?:https?:)?\/\/[^()\s]{0,1000}\.(?:png|jpe?g|svg|gif|webp)\)/g;
const link = /\[(?:\[[^[\]]{0,200}\] ?)?([^[\]]{0,2000})\](?:\(([^()\s]{0,2000})\)|\[(\d{1,5})\])/g;

/**
 * Takes a rendering apart as Markdown and its relatives have it: links become their words, also where a line's break or a
 * tool left only half of one, headings and list marks are dropped, and lines of one paragraph are joined.
 */
export function toPieces(text: string): Piece[] {
  const lines = text.split("\n").map((line) => line.trim());
  const references = new Map(
    lines.flatMap((line) => {
      const [, name, url] = /^\[(\d{1,5})\]: +(\S+)$/.exec(line) ?? [];
      return name && url ? [[name, url] as const] : [];
    }),
  );
  const pieces: Piece[] = [];
  let open: Piece | null = null;
  const leadTo = (url: string | undefined) => {
    if (url) (open ?? pieces.at(-1))?.urls.push(url);
  };
  for (const [at, line] of lines.entries()) {
    const closing = /^\](?:\[(\d{1,5})\]|\((\S{0,2000})\))$/.exec(line);
    if (line === "" || line === "[") open = null;
    else if (closing) {
      leadTo(closing[2] ?? references.get(closing[1] ?? ""));
      open = null;
    } else if (/^https?:\/\/\S+$/.test(line)) {
      open = null;
      leadTo(line);
    } else if (!/^\[\d{1,5}\]: +\S+$/.test(line)) {
      const { text: words, urls } = unlink(line, references);
      const heading = /^#{1,6}(?= )/.exec(words)?.[0].length ?? 0;
      const rest = words.replace(/^#{1,6} +/, "").replace(listMark, "");
      const alone: boolean = heading > 0 || isMeta(rest) || (open === null && isVotes(rest));
      if (open && !alone) {
        open.text += ` ${rest}`;
        for (const url of urls) open.urls.push(url);
      } else {
        const piece: Piece = { text: rest, heading, urls, line: at };
        pieces.push(piece);
        open = alone && heading === 0 ? null : piece;
      }
    }
  }
  for (const piece of pieces) {
    if (piece.heading === 0) continue;
    const { text: words, urls } = unlink(piece.text, references); // a title may break within its link
    piece.text = words;
    for (const url of urls) piece.urls.push(url);
  }
  return pieces;
}

function unlink(line: string, references: Map<string, string>): { text: string; urls: string[] } {
  const urls: string[] = [];
  const date = plainDate(line);
  if (readHubDate(date)) return { text: date, urls };
  const text = line
    .replace(image, "")
    .replace(link, (_, words: string, url: string | undefined, name: string | undefined) => {
      const target = url ?? references.get(name ?? "");
      if (target) urls.push(target);
      return words.replace(/^LINK: /, "");
    });
  // The end of a link that began on a line before.
  const end = text.endsWith(")") ? text.lastIndexOf("](") : -1;
  if (end < 0) return { text: bare(text), urls };
  urls.push(text.slice(end + 2, -1));
  return { text: bare(text.slice(0, end)), urls };
}

/** Without the box to tick that some tools make of the upvotes' button. */
function bare(text: string): string {
  return text.replace(/^\[-\] /, "").trim();
}

function isMeta(text: string): boolean {
  if (text.length > 80) return false;
  if (text === "·" || readAuthorCount(text) !== null || readHubDate(plainDate(text)) !== null) return true;
  return /^(GitHub [\d.,]+[km]?|Upvote( [\d.,]+k?)?|arXiv Page|Submitted by\b.*|\[\.\.\.\])$/i.test(text);
}

/** The paper of the Hub that an address is of; its community and its lists are none. */
export function paperAt(url: string): string | null {
  if (!/^(https?:\/\/huggingface\.co)?\/papers\//.test(url) || url.includes("#")) return null;
  return arxivIdAt(url);
}
