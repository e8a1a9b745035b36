import { z } from "zod";
import { arxivIdAt } from "../../arxiv-id";
import { type Day, isDay } from "../../days";
import type { PaperRecord } from "../../paper";
import { cleanLine, cleanText, cleanWords, withoutTags } from "../clean";
import type { Context, Kind, Listing, ListingEntry, Note, Rejection } from "../listing";
import { dayFromContext, placeInTime } from "../place-in-time";
import { hasBalancedBrackets, isPlausibleName } from "../plausible";
import { excerptOf, parseStored, reasonOf } from "../reasons";

const text = z.string();

const entrySchema = z
  .object({
    /** An address or arXiv identifier that ends with the id. */
    id: text.refine((id) => arxivIdAt(id) !== null, "an arXiv id"),
    title: text,
    summary: text.nullish(),
    authors: z.array(text),
    categories: z.array(text),
    /** The day of submission, which an announcement does not include. */
    published: text.refine((value) => isDay(value.slice(0, 10)), "a date").nullish(),
    comment: text.nullish(),
    /** In an announcement: new, cross, replace or replace-cross. */
    announced: text.nullish(),
    /** On a page with several days. */
    listedOn: text.refine(isDay, "a day").nullish(),
  })
  .refine(({ title }) => cleanWords(title) !== "", { path: ["title"], error: "a title that is not empty" });
type Entry = z.output<typeof entrySchema>;

/** One entry of an arXiv listing in the words of its source, or why it was rejected. */
export type ParsedEntry = { source: { listedOn?: Day | null } & Record<string, unknown> } | Rejection;

/**
 * The listing of an announcement. Its day is the feed's, or else the only day among its entries. If they have several,
 * it is not the list of a day, and each entry keeps its own.
 */
export function toAnnouncement(
  format: "arxiv-atom" | "arxiv-rss",
  read: ParsedEntry[],
  context: Context,
  day: Day | null,
): Listing {
  const days = new Set(read.flatMap((one) => ("source" in one && one.source.listedOn) || []));
  if (day === null && days.size > 1) return toArxivListing(format, read, context, { kind: "search", day });
  for (const one of read) if ("source" in one) delete one.source.listedOn;
  return toArxivListing(format, read, context, { kind: "day", day: day ?? [...days][0] ?? null });
}

/**
 * The listing made of arXiv's entries, for its feeds and pages. `page` is what the feed or page says about itself. An announcement
 * belongs to its day; answers and searches have no day.
 */
export function toArxivListing(
  format: "arxiv-atom" | "arxiv-rss" | "arxiv-html",
  read: ParsedEntry[],
  context: Context,
  page: { kind: Kind; day: Day | null },
): Listing {
  const kind = context.kind ?? page.kind;
  const { period, listedOn } = placeInTime(kind, page.day ?? dayFromContext(context));
  const entries: ListingEntry[] = [];
  const rejections: Rejection[] = [];
  for (const [index, one] of read.entries()) {
    if ("reason" in one) {
      rejections.push(one);
      continue;
    }
    const parsed = entrySchema.safeParse(one.source);
    if (parsed.success) {
      const notes = notesOf(parsed.data);
      entries.push({
        place: index + 1,
        paper: toPaper(parsed.data, listedOn),
        source: parsed.data,
        ...(notes.length > 0 && { notes }),
      });
    } else {
      const reason = reasonOf(parsed.error, one.source);
      rejections.push({ entry: index + 1, reason, excerpt: excerptOf(one.source) });
    }
  }
  return { format, kind, period, listedOn, listedOnInferred: false, entries, rejections };
}

/** The record of a stored arXiv entry, from a feed or a page. */
export function rereadArxivEntry(source: unknown, listedOn: Day | null): PaperRecord {
  return toPaper(parseStored(entrySchema, source), listedOn);
}

// A class of another scheme (`68T05`, `I.2.7`) or a tool's own word is not an arXiv category.
const category = /^[a-z][a-z-]{1,11}(\.[A-Za-z][A-Za-z-]{1,11})?$/;
const prefix = /^[\s\S]*?arXiv:\S{1,40} Announce Type: [a-z-]{1,20}\s+Abstract:\s*/;
const withdrawnAbstract =
  /^this (paper|article|submission|manuscript|work|preprint) (has been|is|was) withdrawn\b/i;
const withdrawnComment =
  /^withdrawn\b|\b(is|was|been|have|has|paper|article|manuscript|submission) withdrawn\b/i;

// Titles in arXiv's feeds ended like this before 2024, and so do those of many lists made from the feeds.
const idSuffix = /\.?\s?\(arXiv:\S{1,40}?(?: \[([\w.-]{2,30})\])?(?: (?:UPDATED|CROSS LISTED))?\)$/;

function toPaper(entry: Entry, listedOn: Day | null): PaperRecord {
  const names = namesOf(entry);
  const authors = names.every(isPlausibleName) ? names : [];
  // Feeds before 2024 were HTML. Other text in angle brackets belongs to the abstract.
  const isHtml = /^\s*<(?:p|div|span)[\s>]/i.test(entry.summary ?? "");
  const plain = (text: string) => (isHtml ? withoutTags(text) : text);
  const title = cleanWords(plain(entry.title));
  const [, titleCategory = ""] = idSuffix.exec(title) ?? [];
  // Announcements begin with the id and the type of announcement. Some tools put their own words before that.
  const abstract = cleanText(plain((entry.summary ?? "").replace(prefix, "")));
  const withdrawn =
    withdrawnAbstract.test(abstract) || withdrawnComment.test(cleanWords(entry.comment ?? ""));
  return {
    arxivId: arxivIdAt(entry.id),
    title: withoutId(title),
    abstract: abstract === "" ? null : abstract,
    authors,
    authorCount: authors.length || null,
    publishedOn: entry.published?.slice(0, 10) ?? null,
    listedOn: entry.listedOn ?? listedOn,
    upvotes: null,
    commentCount: null,
    tags: [...new Set([...entry.categories, titleCategory].map(cleanWords))]
      .filter((name) => category.test(name))
      .map((name) => ({ name, source: "arxiv" })),
    submittedBy: null,
    organization: null,
    code: null,
    projectPage: null,
    summary: null,
    withdrawn: withdrawn ? true : null,
  };
}

/** A title without the id that arXiv's feeds appended before 2024. */
export function withoutId(title: string): string {
  return title.endsWith(")") ? title.replace(idSuffix, "") || title : title;
}

function namesOf(entry: Entry): string[] {
  return entry.authors
    .map((name) => withoutAffiliations(cleanLine(withoutTags(name))))
    .filter((name) => name !== "");
}

function notesOf(entry: Entry): Note[] {
  const bad = namesOf(entry).find((name) => !isPlausibleName(name));
  return bad === undefined ? [] : [{ field: "authors", expected: "names", excerpt: excerptOf(bad) }];
}

// The number of an affiliation, as superscript in TeX.
const superscript = /\$\s?\^\{?[^${}]{0,40}\}?\s?\$/g;

/**
 * The names in a line of authors, without affiliations in brackets. A comma inside brackets or before `Jr.` does not
 * separate names; `and` does. If brackets do not match, the whole line is one piece, which is not a name.
 */
export function splitNames(line: string): string[] {
  if (!hasBalancedBrackets(line)) return [line];
  const pieces: string[] = [];
  let depth = 0;
  let piece = "";
  for (const part of line.replace(superscript, "").split(/([()[\],]|\sand\s)/)) {
    if (part === "(" || part === "[") depth++;
    const isSuffix = /^\s*$/.test(piece) && pieces.length > 0 && /^\s*(?:Jr|Sr|II|III|IV)\b/.test(part);
    if (isSuffix) piece = `${pieces.pop()},${part}`;
    else if ((part === "," || part.trim() === "and") && depth === 0) {
      pieces.push(piece);
      piece = "";
    } else piece += part;
    if (part === ")" || part === "]") depth--;
  }
  pieces.push(piece);
  return pieces.map(withoutAffiliations).filter((name) => name !== "");
}

/** A name without brackets after it. Those inside, as in `Xiao (Eric) Li`, are part of it. */
function withoutAffiliations(piece: string): string {
  let name = piece.trim();
  while (/[)\]]$/.test(name)) {
    let depth = 0;
    let at = name.length - 1;
    for (; at >= 0; at--) {
      if (name[at] === ")" || name[at] === "]") depth++;
      if ((name[at] === "(" || name[at] === "[") && --depth === 0) break;
    }
    if (at < 0) return name;
    name = name.slice(0, at).trim();
  }
  return name;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * The day in `Fri, 26 Jun 2026 00:00:00 -0400`, `Friday, 26 June 2026` or `26 June, 2026`, as written, which is arXiv's
 * own day.
 */
export function readLongDate(line: string): Day | null {
  const [, date = "", month = "", year] = /(\d{1,2}) ([A-Z][a-z]{2})[a-z]*,? (\d{4})/.exec(line) ?? [];
  const number = String(months.indexOf(month) + 1).padStart(2, "0");
  const day = `${year}-${number}-${date.padStart(2, "0")}`;
  return isDay(day) ? day : null;
}
