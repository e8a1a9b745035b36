import { z } from "zod";
import { arxivIdAt } from "../../arxiv-id";
import { type Day, isDay } from "../../days";
import type { PaperRecord } from "../../paper";
import { cleanLine, cleanText, cleanWords } from "../clean";
import type { Context, Kind, Listing, ListingEntry, Rejection } from "../listing";
import { dayAround, periodOf } from "../place-in-time";
import { excerptOf, readKept, reasonOf } from "../reasons";

const text = z.string();

const entrySchema = z
  .object({
    /** An address, or a name of arXiv's, that ends with the id. */
    id: text.refine((id) => arxivIdAt(id) !== null, "an arXiv id"),
    title: text,
    summary: text.nullish(),
    authors: z.array(text),
    categories: z.array(text),
    /** When it first came to arXiv; an announcement does not say. */
    published: text.refine((value) => isDay(value.slice(0, 10)), "a date").nullish(),
    comment: text.nullish(),
    /** new, cross, replace or replace-cross, of an announcement. */
    announced: text.nullish(),
    /** Where a page has several days. */
    listedOn: text.refine(isDay, "a day").nullish(),
  })
  .refine(({ title }) => cleanWords(title) !== "", { path: ["title"], error: "a title that is not empty" });
type Entry = z.output<typeof entrySchema>;

/** What was read at a place of a listing of arXiv's: the entry in its own words, or why there is none. */
export type Read = { source: unknown } | Rejection;

/**
 * The listing that entries of arXiv make, which its feeds and its pages share. `said` is what stood beside them; a day's
 * announcement is of that day, answers and searches are of none.
 */
export function toArxivListing(
  format: "arxiv-atom" | "arxiv-rss" | "arxiv-html",
  read: Read[],
  context: Context,
  said: { kind: Kind; day: Day | null },
): Listing {
  const kind = context.kind ?? said.kind;
  const { period, listedOn } = periodOf(kind, said.day ?? dayAround(context));
  const entries: ListingEntry[] = [];
  const rejections: Rejection[] = [];
  for (const [index, one] of read.entries()) {
    if ("reason" in one) {
      rejections.push(one);
      continue;
    }
    const parsed = entrySchema.safeParse(one.source);
    if (parsed.success)
      entries.push({ place: index + 1, paper: toPaper(parsed.data, listedOn), source: parsed.data });
    else {
      const reason = reasonOf(parsed.error, one.source);
      rejections.push({ entry: index + 1, reason, excerpt: excerptOf(one.source) });
    }
  }
  return { format, kind, period, listedOn, listedOnInferred: false, entries, rejections };
}

/** The record of one kept entry of arXiv, of a feed or of a page. */
export function rereadArxivEntry(source: unknown, listedOn: Day | null): PaperRecord {
  return toPaper(readKept(entrySchema, source), listedOn);
}

// A class of another list (`68T05`, `I.2.7`), or a tool's own words, is none of arXiv's.
const category = /^[a-z][a-z-]{1,11}(\.[A-Za-z][A-Za-z-]{1,11})?$/;
const prefix = /^[\s\S]*?arXiv:\S{1,40} Announce Type: [a-z-]{1,20}\s+Abstract:\s*/;
const takenBack = /^this (paper|article|submission|manuscript|work|preprint) (has been|is|was) withdrawn\b/i;
const takenBackNote =
  /^withdrawn\b|\b(is|was|been|have|has|paper|article|manuscript|submission) withdrawn\b/i;

function toPaper(entry: Entry, listedOn: Day | null): PaperRecord {
  const authors = entry.authors.map((name) => cleanLine(name)).filter((name) => name !== "");
  // Announcements begin with the id and the kind of news, tools put words of their own before that.
  const abstract = cleanText((entry.summary ?? "").replace(prefix, ""));
  const withdrawn = takenBack.test(abstract) || takenBackNote.test(cleanWords(entry.comment ?? ""));
  return {
    arxivId: arxivIdAt(entry.id),
    title: cleanWords(entry.title),
    abstract: abstract === "" ? null : abstract,
    authors,
    authorCount: authors.length || null,
    publishedOn: entry.published?.slice(0, 10) ?? null,
    listedOn: entry.listedOn ?? listedOn,
    upvotes: null,
    commentCount: null,
    tags: [...new Set(entry.categories.map(cleanWords))]
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

/** The names in a line of them. A comma before `Jr.` parts no names. */
export function splitNames(line: string): string[] {
  return line.split(/,(?!\s*(?:Jr|Sr|II|III|IV)\b)\s*/);
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The day in `Fri, 26 Jun 2026 00:00:00 -0400`, `Friday, 26 June 2026` or `26 June, 2026`, as it stands there: arXiv's own. */
export function readLongDate(line: string): Day | null {
  const [, date = "", month = "", year] = /(\d{1,2}) ([A-Z][a-z]{2})[a-z]*,? (\d{4})/.exec(line) ?? [];
  const number = String(months.indexOf(month) + 1).padStart(2, "0");
  const day = `${year}-${number}-${date.padStart(2, "0")}`;
  return isDay(day) ? day : null;
}
