import { arxivIdAt } from "../../arxiv-id";
import { looksLikeDate, readHubDate } from "./hub-dates";
import type { Line, Part } from "./text-lines";
import { isVotes, plainDate, readAuthorCount } from "./text-rows";

/** One fact in a card's small print. `paperId` is the paper that its link names. */
export type SmallPrint =
  | { is: "authors"; text: string }
  | { is: "date"; text: string; comments: string | null }
  | { is: "votes" | "comments"; text: string; paperId: string | null }
  | { is: "count"; text: string }
  | { is: "upvote" | "dot" | "end" | "nothing" }
  | { is: "thumbnail"; paperId: string }
  | { is: "organization" | "submitter"; text: string }
  | { is: "code"; url: string; stars: string | null }
  | { is: "project"; url: string };

// Longer than any organization on Hugging Face, shorter than nearly every abstract.
export const longName = 80;

const ignored =
  /^(?:arXiv Page|View arXiv page|View PDF|Add to collection|Copy markdown|View paper|PDF|\+\d{1,6}|#\d+ Paper of the (?:day|week|month))$/i;
const placeholder = /^\[[^[\]]{0,60}[:：][^[\]]{0,200}\]$/;
const tags = /^(?:<[^<>]{1,300}>\s*)+$/;

/**
 * What each line says, if it is small print only. A link over several lines counts as one, in place of its first line.
 */
export function readSmallPrints(lines: Line[]): Map<Line, SmallPrint[] | null> {
  const links = new Map<number, Line[]>();
  for (const line of lines) {
    if (line.link === 0) continue;
    const known = links.get(line.link);
    if (known) known.push(line);
    else links.set(line.link, [line]);
  }
  const prints = new Map<Line, SmallPrint[] | null>();
  for (const line of lines) {
    const link = links.get(line.link) ?? [line];
    if (line === link[0]) {
      const one = readSmallPrint(link.length > 1 ? joined(link) : line);
      for (const [index, each] of link.entries()) prints.set(each, one && (index === 0 ? one : []));
    }
  }
  return prints;
}

function joined([first, ...others]: Line[]): Line {
  const line = first as Line; // a link has a line
  const blank = { text: " ", url: others[0]?.parts[0]?.url ?? null };
  const parts = [...line.parts, ...others.flatMap((other) => [blank, ...other.parts])];
  return { ...line, parts, image: [line, ...others].some(({ image }) => image) };
}

/** What a line says, if it is small print only: `[Acme](…) · Published on Oct 4, 2026`. null for words. */
export function readSmallPrint(line: Line): SmallPrint[] | null {
  if (line.heading > 0) return null;
  const linked = line.link > 0 && !line.image; // beside an image a dash is a bullet
  const whole = readPart(line.parts, linked);
  if (whole) return whole;
  if (line.parts.reduce((length, part) => length + part.text.length, 0) > 300) return null;
  const pieces = splitAtDots(line.parts);
  const dotted = pieces.length > 1;
  const facts: SmallPrint[] = [];
  for (const [index, parts] of pieces.entries()) {
    if (index > 0) facts.push({ is: "dot" });
    const own = readPart(parts, linked) ?? readEach(parts, linked);
    const name = wordsOf(parts);
    if (own) facts.push(...own);
    else if (!dotted || name.length > longName) return null;
    else if (
      facts.every(({ is }) => is === "dot" || is === "nothing") &&
      index + 1 < pieces.length &&
      !/\d authors?$/.test(name)
    )
      facts.push({ is: "organization", text: name });
  }
  const known = facts.some(({ is }) => is === "authors" || is === "date" || is === "submitter");
  return !dotted || known ? facts : null;
}

function readEach(parts: Part[], linked: boolean): SmallPrint[] | null {
  const facts: SmallPrint[] = [];
  for (const part of parts) {
    const own = readPart([part], linked);
    if (!own) return null;
    facts.push(...own);
  }
  return parts.length > 1 ? facts : null;
}

function splitAtDots(parts: Part[]): Part[][] {
  const pieces: Part[][] = [[]];
  for (const { text, url } of parts)
    for (const [index, words] of text.split(/[·•]/).entries()) {
      if (index > 0) pieces.push([]);
      pieces.at(-1)?.push({ text: words, url });
    }
  return pieces;
}

function readPart(parts: Part[], linked: boolean): SmallPrint[] | null {
  const urls = parts.flatMap((part) => part.url || []);
  const [url = ""] = urls;
  const text = wordsOf(parts);
  const unboxed = text.replace(/^\[[ x-]\](?: |$)/i, "");
  const boxed = unboxed !== text;
  const bare = unboxed.replace(/\*\*|__/g, "");
  if (bare === "") {
    const paperId = urls.map(paperAt).find((id) => id !== null);
    return paperId ? [{ is: "thumbnail", paperId }] : [{ is: "nothing" }];
  }
  if (bare === "·" || bare === "•") return [{ is: "dot" }];
  if (/^(?:\[\.\.\.\]|\[?…\]?|\.\.\.)$/.test(bare)) return [{ is: "end" }];
  if (ignored.test(bare) || placeholder.test(bare) || tags.test(bare) || /^`{3,}\w{0,20}$/.test(bare))
    return [{ is: "nothing" }];
  const voted = urls.map(voteOf).find((id) => id !== null);
  const upvote = /^Upvote(?: ([\d.,]{1,9}[km]?|-))?$/i.exec(bare);
  const count = upvote?.[1] ?? bare;
  if (voted !== undefined && isVotes(count)) return [{ is: "votes", text: count, paperId: voted }];
  if (upvote) return [upvote[1] ? { is: "votes", text: upvote[1], paperId: null } : { is: "upvote" }];
  const community = urls.find((one) => one.endsWith("#community"));
  const comments = bare.replace(/ comments?$/i, "");
  if (community !== undefined && /^\d/.test(comments) && isVotes(comments))
    return [{ is: "comments", text: comments, paperId: arxivIdAt(community) }];
  if (readAuthorCount(bare) !== null) return [{ is: "authors", text: bare }];
  const date = plainDate(spacedWordsOf(parts));
  if (looksLikeDate(date)) {
    const glued = readHubDate(date)?.comments?.toString() ?? null;
    return [
      { is: "date", text: glued === null ? date : date.slice(0, date.lastIndexOf(" ")), comments: glued },
    ];
  }
  const stars = /^(?:LINK: )?GitHub(?: ([\d.,]{1,9}[km]?))?(?: auto)?$/i.exec(bare);
  if (stars) {
    const code = urls.find((one) => one.startsWith("https://github.com/"));
    return [code ? { is: "code", url: code, stars: stars[1] ?? null } : { is: "nothing" }];
  }
  if (/^Project page$/i.test(bare)) return [url ? { is: "project", url } : { is: "nothing" }];
  const submitter = /^Submitted by([^·•]{0,200})$/.exec(bare)?.[1];
  if (submitter !== undefined)
    return [
      { is: "submitter", text: submitter.replace(/ ?\bon [A-Z][a-z]{2} \d{1,2}(?:, \d{4})?$/, "").trim() },
    ];
  // A dash means no upvotes only where upvotes are shown, in their link or button. Elsewhere it is a bullet or a rule.
  if (isVotes(bare))
    return [bare !== "-" || boxed || linked ? { is: "count", text: bare } : { is: "nothing" }];
  if (parts.length === 1 && isProfile(url) && bare.length <= longName)
    return [{ is: "organization", text: bare }];
  return null;
}

/** The words of the parts on one line, without what tools print for images, and without emphasis and bullets. */
export function wordsOf(parts: Part[]): string {
  return withoutMarkers(parts.map(({ text, url }) => (url === null ? text : withoutImages(text))).join(""));
}

function spacedWordsOf(parts: Part[]): string {
  return withoutMarkers(parts.map((part) => part.text).join(" "));
}

/** In `[image: acme] Acme`, the name is beside an image. */
function withoutImages(text: string): string {
  const rest = text.replace(/^\s*\[[^[\]]{0,200}\](?!\s*$)\s*/, (image) =>
    /^\s*\[[ x-]\]/.test(image) ? image : "",
  );
  return placeholder.test(rest.trim()) ? "" : rest;
}

function withoutMarkers(text: string): string {
  const words = text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^(?:[•*+-] )+(?=\S)/, "");
  const mark = /^(\*\*|__|\*|_)(?=\S)/.exec(words)?.[1];
  const whole = mark !== undefined && words.length > 2 * mark.length && words.endsWith(mark);
  return whole ? words.slice(mark.length, -mark.length).trim() : words;
}

/** The paper on Hugging Face that an address belongs to. Addresses of its comments and of lists do not count. */
export function paperAt(url: string | null): string | null {
  if (!url || !/^(https?:\/\/(?:huggingface\.co|hf\.co))?\/papers\//.test(url) || url.includes("#"))
    return null;
  return arxivIdAt(url);
}

function voteOf(url: string): string | null {
  const next = /\/login\?next=%2Fpapers%2F([^&#]{1,40})/i.exec(url)?.[1];
  return next === undefined ? null : arxivIdAt(`/${next.replaceAll("%2F", "/")}`);
}

function isProfile(url: string): boolean {
  const [, name] = /^(?:https?:\/\/huggingface\.co)?\/([\w.-]{1,100})\/?$/.exec(url) ?? [];
  return (
    name !== undefined &&
    !/^(?:papers|models|datasets|spaces|docs|login|join|pricing|enterprise|huggingface)$/.test(name)
  );
}
