import { z } from "zod";
import { toArxivId } from "../../arxiv-id";
import { type Day, isDay } from "../../days";
import type { PaperRecord } from "../../paper";
import { cleanText, readCount } from "../clean";
import type { Context, Kind, Listing, ListingEntry, Rejection } from "../listing";
import { askedBy, dayAround, dayIn, periodOf } from "../place-in-time";
import { excerptOf, readKept, reasonOf } from "../reasons";
import { existsInSomeYear, latestDay, readHubDate } from "./hub-dates";
import { isMachineMade, readVotes } from "./hub-words";
import { readMarked } from "./text-marked";
import { readPlain } from "./text-plain";
import { joinTwins, readAuthorCount } from "./text-rows";

const rowSchema = z.object({
  arxivId: z.string().optional(),
  title: z.string().min(1),
  abstract: z.string().min(1).nullable(),
  authors: z.string().optional(),
  organization: z.string().optional(),
  votes: z.string().optional(),
  date: z
    .string()
    .refine((line) => existsInSomeYear(readHubDate(line)), "a day of the calendar")
    .optional(),
  code: z.object({ url: z.string(), stars: z.string().nullable() }).optional(),
  submittedBy: z.string().optional(),
});

const keptSchema = rowSchema.extend({
  publishedOn: z.string().refine(isDay).nullish(),
  machineMade: z.boolean().optional(),
});
type Kept = z.output<typeof keptSchema>;

/**
 * The Hub's papers page as text, as a browser copies it or as a tool prints it, with or without links. The year of the
 * page stands nowhere in it: it is that of `--page-date`, a day above the rows or the file's name, else one more than
 * the greatest year that a row names, else the clock's.
 */
export function parseText(body: string, context: Context): Listing | null {
  if (/^\s*<[!?a-z]/i.test(body)) return null; // markup is of the other formats
  const text = cleanText(body);
  const found = readMarked(text) ?? readPlain(text);
  if (!found) return null;

  const kind = context.kind ?? tellKind(found.chrome);
  const rows = kind === "trending" ? joinTwins(found.rows) : found.rows;
  const dates = rows.map((row) => (row.date ? readHubDate(row.date) : null));
  const taken = context.pageDate ?? dayIn(found.chrome) ?? dayAround(context);
  const header = found.header ? readHubDate(found.header) : null;
  const viewYear = Number((taken ?? context.today).slice(0, 4));
  const named = dates.reduce((most, date) => Math.max(most, date?.year ?? 0), 0);
  const year = taken || named === 0 ? viewYear : named + 1;
  const pageDay = header ? latestDay(header, year, taken ?? (named === 0 ? context.today : null)).day : taken;
  const { period, listedOn } = periodOf(kind, pageDay);

  const entries: ListingEntry[] = [];
  const rejections: Rejection[] = [];
  for (const [index, row] of rows.entries()) {
    const parsed = rowSchema.safeParse(row);
    if (!parsed.success) {
      rejections.push({
        entry: index + 1,
        reason: reasonOf(parsed.error, row),
        excerpt: excerptOf(row.title ?? row.abstract ?? ""),
      });
      continue;
    }
    const date = dates[index] ?? null;
    const published = date && latestDay(date, year, context.pageDate ?? pageDay ?? taken);
    const machineMade = isMachineMade(row.abstract ?? "", kind) || undefined;
    const publishedOn = published?.day ?? null;
    const kept = { ...parsed.data, publishedOn, machineMade };
    const publishedOnInferred = published?.inferred ?? false;
    entries.push({
      place: index + 1,
      paper: toPaper(kept, publishedOn, listedOn),
      source: { ...kept, publishedOnInferred },
    });
  }
  return {
    format: "text",
    kind,
    period,
    listedOn,
    listedOnInferred: listedOn !== null && taken === null,
    entries,
    rejections,
  };
}

/** The record of one kept row. One kept by 0.1 lacks the day that its date was found to be; the entry's day gives the year. */
export function rereadText(source: unknown, listedOn: Day | null): PaperRecord {
  const row = readKept(keptSchema, source);
  if (row.publishedOn !== undefined) return toPaper(row, row.publishedOn, listedOn);
  const date = row.date ? readHubDate(row.date) : null;
  const year = date?.year ?? (listedOn === null ? null : Number(listedOn.slice(0, 4)));
  const found = date && year !== null ? latestDay(date, year, listedOn).day : null;
  return toPaper(row, found, listedOn);
}

/** What the words above the rows say of the page: an address with its query, or that it is the trending one. */
function tellKind(chrome: string): Kind {
  const addresses = chrome.match(/https?:\/\/[^\s)\]<>"]+\/papers[^\s)\]<>"]*/g) ?? [];
  if (addresses.some((address) => askedBy(address)?.kind === "search")) return "search";
  return /Trending Papers/.test(chrome) ? "trending" : "day";
}

function toPaper(row: Kept, publishedOn: Day | null, listedOn: Day | null): PaperRecord {
  return {
    arxivId: toArxivId(row.arxivId ?? ""),
    title: row.title,
    abstract: row.machineMade ? null : row.abstract,
    authors: [],
    authorCount: readAuthorCount(row.authors ?? ""),
    publishedOn,
    listedOn,
    upvotes: readVotes(row.votes ?? ""),
    commentCount: readHubDate(row.date ?? "")?.comments ?? null,
    tags: [],
    submittedBy: row.submittedBy ? { name: row.submittedBy, fullName: null } : null,
    organization: row.organization ? { name: row.organization, fullName: null } : null,
    code: row.code ? { url: row.code.url, stars: readCount(row.code.stars ?? "") } : null,
    projectPage: null,
    summary: row.machineMade && row.abstract ? { text: row.abstract, source: "hub" } : null,
    withdrawn: null,
  };
}
