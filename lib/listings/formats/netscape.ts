import { z } from "zod";
import { arxivIdOf } from "../../arxiv-id";
import type { PaperRecord } from "../../paper";
import { splitWords, toBrought } from "../brought";
import type { Context, KnownById, Listing, ListingEntry, Rejection } from "../listing";
import { excerptOf, parseStored } from "../reasons";
import { readBookmarkLinks } from "./netscape-links";
import { toLibrary, toPaper } from "./references";

const storedSchema = z.object({ address: z.string(), title: z.string() });

/**
 * A file of bookmarks, as browsers and bookmark managers export it: the links to papers on arXiv, Hugging Face,
 * alphaXiv, by a DOI of arXiv, or on a site like ours. The folder that holds a link is its list.
 */
export function parseNetscape(body: string, _context: Context): Listing | null {
  if (!/^\s*<[^>]*netscape-bookmark-file/i.test(body.slice(0, 1000))) return null;
  const entries: ListingEntry[] = [];
  const rejections: Rejection[] = [];
  const knownById: KnownById[] = [];
  for (const [index, link] of readBookmarkLinks(body).entries()) {
    const place = index + 1;
    const address = link.attributes.get("href")?.trim() ?? "";
    const excerpt = excerptOf(address || link.title);
    const id = paperAt(address);
    if (link.isCut || id === null) {
      const reason = link.isCut
        ? "expected </A> after a link, got the end of the file"
        : "expected an address of a paper on arXiv, got another";
      rejections.push({ entry: place, reason, excerpt });
      continue;
    }
    const { brought, notes } = toBrought({
      at: readSeconds(link.attributes.get("add_date")),
      state: link.attributes.get("toread") === "1" ? "toread" : null,
      notes: [link.description],
      lists: link.folder === null ? [] : [link.folder],
      tags: splitWords(link.attributes.get("tags") ?? ""),
    });
    const more = { brought, ...(notes.length > 0 && { notes }) };
    const source = { address, title: link.title };
    const paper = rereadNetscape(source);
    if (paper.arxivId === null || paper.title === "") knownById.push({ place, id, excerpt, ...more });
    else entries.push({ place, paper, source, ...more });
  }
  return toLibrary("netscape", { entries, rejections, knownById });
}

export function rereadNetscape(source: unknown): PaperRecord {
  const { address, title } = parseStored(storedSchema, source);
  const ids = [paperAt(address) ?? ""];
  return toPaper({
    title: titleIn(title),
    authors: [],
    abstract: "",
    publishedOn: null,
    ids,
    categories: [],
    facts: [],
  });
}

/** The arXiv id in an address of a paper, or the text id in an address of ours. */
function paperAt(address: string): string | null {
  if (address.length > 2000 || !/^https?:\/\//i.test(address)) return null;
  const [, ours = null] =
    /^https?:\/\/[^/?#\s]+\/papers\/(t-[0-9a-f]{12}|[^?#\s]+)\/?(?:[?#]|$)/.exec(address) ?? [];
  if (ours?.startsWith("t-")) return ours;
  return arxivIdOf(address) ?? (ours && arxivIdOf(ours));
}

/**
 * The title of a paper in the title of its page: arXiv puts the id before it, others their name before or after. Empty
 * if that is all there is, as for a PDF.
 */
function titleIn(page: string): string {
  const [prefix = "", id = ""] = /^\s*(?:arxiv:|\[)([^\]\s]{9,30})\]?\s*/i.exec(page) ?? [];
  const title = page
    .slice(arxivIdOf(id) === null ? 0 : prefix.length)
    .replace(/^Paper page - /, "")
    .replace(/ [|·–-] (?:alphaXiv|arXiv(?:\.org)?|Hugging Face)$/, "")
    .trim();
  const isName = /^\S*[/.]\S*$/.test(title) || /^(?:alphaXiv|arXiv)$/i.test(title);
  return isName || (title.length < 500 && arxivIdOf(title) !== null) ? "" : title;
}

/** The instant in a count of seconds since 1970. Some programs write milliseconds or microseconds, and 0 for unknown. */
function readSeconds(written = ""): string | null {
  if (!/^[1-9]\d{0,16}$/.test(written.trim())) return /^0*$/.test(written.trim()) ? null : written;
  const digits = written.trim();
  const factor = digits.length > 14 ? 1e-3 : digits.length > 11 ? 1 : 1000;
  return new Date(Math.floor(Number(digits) * factor)).toISOString();
}
