import { z } from "zod";
import { toArxivId } from "../../arxiv-id";
import { type Day, isDay } from "../../days";
import type { PaperRecord } from "../../paper";
import { cleanText, readCount } from "../clean";
import type { Context, Kind, Listing, ListingEntry, Note, Rejection } from "../listing";
import { dayFromContext, firstDayIn, placeInTime, requestIn } from "../place-in-time";
import { addressNotes, publicAddress } from "../public-address";
import { excerptOf, parseStored, reasonOf } from "../reasons";
import { existsInSomeYear, type HubDate, latestDay, readHubDate } from "./hub-dates";
import { isGenerated, readVotes } from "./hub-words";
import { type Line, literal, toLines } from "./text-lines";
import { readMarked } from "./text-marked";
import { readPaperPage } from "./text-paper";
import { readPlain } from "./text-plain";
import { hasMeta, mergeDuplicates, type PaperRow, type Rendering, readAuthorCount } from "./text-rows";
import { paperAt, wordsOf } from "./text-words";

const rowSchema = z.object({
  arxivId: z.string().optional(),
  title: z.string().min(1),
  abstract: z.string().min(1).nullable(),
  authors: z.string().optional(),
  names: z.array(z.string()).optional(),
  organization: z.string().optional(),
  votes: z.string().optional(),
  date: z.string().optional(),
  comments: z.string().optional(),
  code: z.object({ url: z.string(), stars: z.string().nullable() }).optional(),
  projectPage: z.string().optional(),
  submittedBy: z.string().optional(),
  summary: z.string().optional(),
});

const storedSchema = rowSchema.extend({
  publishedOn: z.string().refine(isDay).nullish(),
  machineMade: z.boolean().optional(),
});
type StoredRow = z.output<typeof storedSchema>;

// Only a text with one of these is worth parsing.
const listingHint = /(?:Daily|Trending) Papers|\/papers\/|%2Fpapers%2F|arxiv:/i;

/**
 * The Hugging Face papers page as text, copied from a browser or printed by a tool, with or without links, or its page
 * of one paper. The text does not contain the page's year. It is the year of `--page-date`, or of a day above the rows
 * or in the file's name, or one more than the latest year in any row, or the current year. It is never before the year
 * of the newest arXiv id.
 */
export function parseText(body: string, context: Context): Listing | null {
  if (/^\s*<[!?a-z]/i.test(body)) return null; // markup belongs to the other formats
  const text = cleanText(body);
  const lines = listingHint.test(text) ? toLines(text) : null;
  const paper = lines && readPaperPage(lines);
  // A text with links was not copied from a browser.
  const linked = lines?.some((line) => line.parts.some((part) => paperAt(part.url)));
  // The end of a text that was cut off may be half of a date or a count.
  const isCut =
    !body.slice(body.trimEnd().length).includes("\n") || (lines ?? []).some((line) => line.broken);
  const end = isCut ? endOf(text, lines) : "";
  const found = paper ?? (lines && readMarked(text, lines, isCut)) ?? (linked ? null : readPlain(text));
  if (!found) return null;
  const read: PaperRow[] = JSON.parse(JSON.stringify(found.rows).replaceAll(literal, ""));

  // The page of one paper is filed as a search, as in HTML: the paper may have a day, but the page has none.
  const kind = context.kind ?? (paper ? "search" : detectKind(found));
  const rows = kind === "trending" ? mergeDuplicates(read) : read;
  const dates = rows.map((row) => (row.date ? readHubDate(row.date) : null));
  const takenOn = context.pageDate ?? firstDayIn(found.chrome) ?? dayFromContext(context);
  const header = found.header ? readHubDate(found.header) : null;
  const viewYear = Number((takenOn ?? context.today).slice(0, 4));
  const latestNamedYear = dates.reduce((most, date) => Math.max(most, date?.year ?? 0), 0);
  const newest = context.pageDate ? null : newestMonth(rows, context.today);
  const likelyYear = takenOn || latestNamedYear === 0 ? viewYear : latestNamedYear + 1;
  const year =
    paper && !takenOn && newest
      ? nearestYear(dates[0] ?? null, newest)
      : notBefore(newest, likelyYear, header);
  const byClock = takenOn === null && latestNamedYear === 0 && year === viewYear ? context.today : null;
  const pageDay = header ? headerDay(header, year, takenOn ?? byClock, newest) : takenOn;
  const { period, listedOn } = placeInTime(kind, pageDay);

  const entries: ListingEntry[] = [];
  const rejections: Rejection[] = [];
  for (const [index, row] of rows.entries()) {
    const notes = cleanRow(row, index === rows.length - 1 ? end : "");
    const parsed = rowSchema.safeParse(row);
    if (!parsed.success) {
      rejections.push({
        entry: index + 1,
        reason: reasonOf(parsed.error, row),
        excerpt: excerptOf(row.title ?? row.abstract ?? ""),
      });
      continue;
    }
    const date = row.date ? (dates[index] ?? null) : null;
    const limit = paper && !takenOn ? null : (context.pageDate ?? pageDay ?? takenOn ?? byClock);
    const published = date && latestDay(date, year, limit);
    const machineMade = isGenerated(row.abstract ?? "", kind) || undefined;
    const publishedOn = published?.day ?? null;
    const stored = { ...parsed.data, publishedOn, machineMade };
    const publishedOnInferred = published?.inferred ?? false;
    entries.push({
      place: index + 1,
      paper: toPaper(stored, publishedOn, listedOn),
      source: { ...stored, publishedOnInferred },
      ...(notes.length > 0 ? { notes } : {}),
    });
  }
  return {
    format: "text",
    kind,
    period,
    listedOn,
    listedOnInferred: listedOn !== null && takenOn === null,
    entries,
    rejections,
  };
}

/**
 * Removes values from a row that make no sense. Also removes `end`, the last words of the text, if they may be cut off.
 * Returns notes about both.
 */
function cleanRow(row: PaperRow, end: string): Note[] {
  const notes = [...cutEnd(row, end), ...addressNotes({ code: row.code?.url, projectPage: row.projectPage })];
  if (row.date !== undefined && !existsInSomeYear(readHubDate(row.date))) {
    notes.push({ field: "publishedOn", expected: "a day of the calendar", excerpt: excerptOf(row.date) });
    const comments = readHubDate(row.date)?.comments;
    if (typeof comments === "number") row.comments ??= String(comments);
    delete row.date;
  }
  const late = row.abstract === null ? row.late : undefined;
  if (row.cut) {
    const rest = row.abstract ?? row.title ?? "";
    const expected = "an abstract that does not break off";
    notes.push({ field: "abstract", expected, excerpt: excerptOf(rest.slice(-60)) });
    row.abstract = null;
  } else if (late !== undefined)
    notes.push({
      field: "abstract",
      expected: "an abstract above the small print",
      excerpt: excerptOf(late),
    });
  else if (row.abstract === undefined && row.title !== undefined && hasMeta(row)) {
    notes.push({ field: "abstract", expected: "text", excerpt: "nothing" });
    row.abstract = null;
  }
  return notes;
}

/** The words of the last line, unless that is the address of a link. */
function endOf(text: string, lines: Line[] | null): string {
  const end = text.slice(text.lastIndexOf("\n") + 1);
  if (/^\s*\[[^[\]]*\]:/.test(end)) return "";
  return lines ? wordsOf(lines.at(-1)?.parts ?? []) : end;
}

/** Removes a date without a year, a count or an address at the very end of a text, because it may continue. */
function cutEnd(row: PaperRow, end: string): Note[] {
  if (!/[\w/]$/.test(end)) return [];
  const { date = "", comments = "", votes = "", code } = row;
  const read = readHubDate(date);
  const cut = (field: string) => [
    { field, expected: "a value that does not break off", excerpt: excerptOf(end.slice(-60)) },
  ];
  if (code && end.endsWith(code.url)) {
    delete row.code;
    return cut("code");
  }
  if (date !== "" && end.endsWith(date)) {
    if (read === null || (read.year !== null && read.comments === null)) return [];
    if (read.comments === null) delete row.date;
    else row.date = date.replace(/ \d+$/, "");
    return cut(read.comments === null ? "publishedOn" : "commentCount");
  }
  const last = end.split(/[\s·]/).at(-1);
  if (comments !== "" && last === comments) {
    delete row.comments;
    return cut("commentCount");
  }
  if (votes === "" || last !== votes) return [];
  delete row.votes;
  return cut("upvotes");
}

/**
 * The month of a page's newest arXiv id, `2026-06`: the page cannot be older. An id from a future year is a mistake,
 * and must not move the whole page.
 */
function newestMonth(rows: PaperRow[], today: Day): string | null {
  const months = rows.flatMap(({ arxivId = "" }) => {
    const [, year, month] = /^(\d\d)(0[1-9]|1[0-2])\.\d{4,5}$/.exec(toArxivId(arxivId) ?? "") ?? [];
    return year && 2000 + Number(year) <= Number(today.slice(0, 4)) + 1 ? `20${year}-${month}` : [];
  });
  return months.sort().at(-1) ?? null;
}

/**
 * The page's year, or the first one in which it could contain its newest paper: `Feb 3` with a paper from June 2026
 * means 2027.
 */
function notBefore(newest: string | null, year: number, header: HubDate | null): number {
  const [first = 0, month = 0] = (newest ?? "").split("-").map(Number);
  if (year > first) return year;
  return header && header.month < month ? first + 1 : first;
}

/** The day in a header, no later than the day the page was taken, unless it contains newer papers. */
function headerDay(header: HubDate, year: number, taken: Day | null, newest: string | null): Day | null {
  const { day } = latestDay(header, year, taken);
  return day && newest && day.slice(0, 7) < newest ? latestDay(header, year, null).day : day;
}

/** The year in which a paper's own date, without one, is closest to the month of its id. */
function nearestYear(date: HubDate | null, newest: string): number {
  const [year = 0, month = 0] = newest.split("-").map(Number);
  if (!date || Math.abs(date.month - month) <= 6) return year;
  return date.month > month ? year - 1 : year + 1;
}

/**
 * The record of a stored row. Rows stored by version 0.1 lack the complete date, so the entry's day supplies the year.
 */
export function rereadText(source: unknown, listedOn: Day | null): PaperRecord {
  const row = parseStored(storedSchema, source);
  if (row.publishedOn !== undefined) return toPaper(row, row.publishedOn, listedOn);
  const date = row.date ? readHubDate(row.date) : null;
  const year = date?.year ?? (listedOn === null ? null : Number(listedOn.slice(0, 4)));
  const found = date && year !== null ? latestDay(date, year, listedOn).day : null;
  return toPaper(row, found, listedOn);
}

/** What the text above the rows says about the page: an address with its query, or that it is the trending page. */
function detectKind({ chrome, trending }: Rendering): Kind {
  const addresses = chrome.match(/https?:\/\/[^\s)\]<>"]+\/papers[^\s)\]<>"]*/g) ?? [];
  if (addresses.some((address) => requestIn(address)?.kind === "search")) return "search";
  return trending ? "trending" : "day";
}

function toPaper(row: StoredRow, publishedOn: Day | null, listedOn: Day | null): PaperRecord {
  const summary = row.summary ?? (row.machineMade ? row.abstract : null);
  const code = publicAddress(row.code?.url ?? "");
  return {
    arxivId: toArxivId(row.arxivId ?? ""),
    title: row.title,
    abstract: row.machineMade ? null : row.abstract,
    authors: row.names ?? [],
    authorCount: row.names?.length ?? readAuthorCount(row.authors ?? ""),
    publishedOn,
    listedOn,
    upvotes: readVotes(row.votes ?? ""),
    commentCount: readCount(row.comments ?? "") ?? readHubDate(row.date ?? "")?.comments ?? null,
    tags: [],
    submittedBy: row.submittedBy ? { name: row.submittedBy, fullName: null } : null,
    organization: row.organization ? { name: row.organization, fullName: null } : null,
    code: code ? { url: code, stars: readCount(row.code?.stars ?? "") } : null,
    projectPage: publicAddress(row.projectPage ?? ""),
    summary: summary ? { text: summary, source: "hub" } : null,
    withdrawn: null,
  };
}
