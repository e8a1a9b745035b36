import { z } from "zod";
import { type Day, isDay } from "../../days";
import type { PaperRecord } from "../../paper";
import { cleanLine, cleanText } from "../clean";
import type { Context, Listing, ListingEntry, Rejection } from "../listing";
import { dayAround, dayIn, periodOf } from "../place-in-time";
import { excerptOf, readKept, reasonOf } from "../reasons";
import { existsInSomeYear, type HubDate, latestDay, readHubDate } from "./hub-dates";

const authorsLine = /^[•·] *(\d+) authors?$/;
const chrome = /^(new|Subscribe|by\s*AK.*|Daily|Weekly|Monthly|Get trending papers in your email inbox.*)$/;

/** A row as it stands in the text; the date's own words, since the year may have to be found. */
type Row = { title?: string | undefined; abstract?: string | undefined; authors?: string; date?: string };
type Meta = Pick<Row, "authors" | "date">;

const rowSchema = z.object({
  title: z.string().min(1),
  abstract: z.string().min(1),
  authors: z.string().optional(),
  date: z
    .string()
    .refine((line) => existsInSomeYear(readHubDate(line)), "a day of the calendar")
    .optional(),
});

/**
 * The Hub's papers page as plain text: for each paper its title, its abstract and, mostly, `• N authors`, `·` and a date
 * with a comment count. A row without that line is a row all the same. The year of the page stands nowhere in it:
 * it is that of `--page-date`, a day above the rows or the file's name, else one more than the greatest year that a row names, else the clock's.
 */
export function parseText(body: string, context: Context): Listing | null {
  const found = readBlocks(cleanText(body));
  if (!found) return null;

  const dates = found.rows.map((row) => (row.date ? readHubDate(row.date) : null));
  const taken = context.pageDate ?? dayIn(found.chrome) ?? dayAround(context);
  const header = found.header ? readHubDate(found.header) : null;
  const viewYear = Number((taken ?? context.today).slice(0, 4));
  const named = Math.max(...dates.map((date) => date?.year ?? 0));
  const year = taken || named === 0 ? viewYear : named + 1;
  const pageDay = header ? latestDay(header, year, taken ?? (named === 0 ? context.today : null)).day : taken;
  const kind = context.kind ?? "day";
  const { period, listedOn } = periodOf(kind, pageDay);

  const entries: ListingEntry[] = [];
  const rejections: Rejection[] = [];
  for (const [index, row] of found.rows.entries()) {
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
    const published = date && latestDay(date, year, taken ?? pageDay);
    const publishedOn = published?.day ?? null;
    const paper = toPaper(parsed.data, date, publishedOn, listedOn);
    const publishedOnInferred = published?.inferred ?? false;
    entries.push({ place: index + 1, paper, source: { ...row, publishedOn, publishedOnInferred } });
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

const keptSchema = rowSchema.extend({ publishedOn: z.string().refine(isDay).nullish() });

/** The record of one kept row. One kept by 0.1 lacks the day that its date was found to be; the entry's day gives the year. */
export function rereadText(source: unknown, listedOn: Day | null): PaperRecord {
  const row = readKept(keptSchema, source);
  const date = row.date ? readHubDate(row.date) : null;
  if (row.publishedOn !== undefined) return toPaper(row, date, row.publishedOn, listedOn);
  const year = date?.year ?? (listedOn === null ? null : Number(listedOn.slice(0, 4)));
  const found = date && year !== null ? latestDay(date, year, listedOn).day : null;
  return toPaper(row, date, found, listedOn);
}

function toPaper(
  row: z.output<typeof rowSchema>,
  date: HubDate | null,
  publishedOn: Day | null,
  listedOn: Day | null,
): PaperRecord {
  const authorCount = authorsLine.exec(row.authors ?? "")?.[1];
  return {
    arxivId: null,
    title: row.title,
    abstract: row.abstract,
    authors: [],
    authorCount: authorCount === undefined ? null : Number(authorCount),
    publishedOn,
    listedOn,
    upvotes: null,
    commentCount: date?.comments ?? null,
    tags: [],
    submittedBy: null,
    organization: null,
    code: null,
    projectPage: null,
    summary: null,
    withdrawn: null,
  };
}

/** What stands above the rows, the page's date line and the rows; null for a text that is no such rendering. */
function readBlocks(text: string): { chrome: string; header: string | null; rows: Row[] } | null {
  const lines = text.split("\n").map((line) => line.trim());
  const top = lines.indexOf("Daily Papers");
  let at = top + 1;
  while (top >= 0 && at < lines.length && (lines[at] === "" || chrome.test(lines[at] ?? ""))) at++;
  const header = top >= 0 && readHubDate(lines[at] ?? "") !== null ? (lines[at++] ?? null) : null;
  const chromeLines = lines.slice(0, header === null ? 0 : at);
  const rows: Row[] = [];
  let dated = 0;
  let paragraphs: string[] = [];
  for (let open = false; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const meta = line.length < 40 ? readMeta(lines, at) : null;
    if (meta) {
      rows.push(...pair(paragraphs, meta.meta));
      dated++;
      paragraphs = [];
      at = meta.end;
      open = false;
    } else if (line === "") open = false;
    else if (open) paragraphs.push(`${paragraphs.pop()}\n${line}`);
    else {
      paragraphs.push(line);
      open = true;
    }
  }
  rows.push(...pair(paragraphs, {}));
  // Other renderings say the same with addresses and list marks between; they are formats of their own.
  const marked = lines.filter((line) => /^https?:\/\/\S+$|\]\(http|\]\[\d+\]$/.test(line)).length;
  return dated > 0 && marked <= 2 ? { chrome: chromeLines.join("\n"), header, rows } : null;
}

/** `• 5 authors`, `·`, `Oct 4, 2023`, with or without empty lines between; the first or the middle may be missing. */
function readMeta(lines: string[], at: number): { meta: Meta; end: number } | null {
  const next = (from: number) => {
    let step = from;
    while (lines[step] === "") step++;
    return step;
  };
  const first = authorsLine.test(lines[at] ?? "") ? at : null;
  const dot = first === null ? at : next(first + 1);
  const end = lines[dot] === "·" ? next(dot + 1) : dot;
  if (first === null && end === at) return null;
  const date = lines[end] ?? "";
  if (readHubDate(date) === null)
    return first === null ? null : { meta: { authors: lines[first] ?? "" }, end: first };
  return { meta: first === null ? { date } : { authors: lines[first] ?? "", date }, end };
}

// Longer than any title of a listing but one in 50,000, shorter than nearly every abstract.
const longTitle = 250;

/** The rows in the paragraphs before a metadata line, which belongs to the last of them. */
function pair(paragraphs: string[], meta: Meta): Row[] {
  const isLong = (at: number) => (paragraphs[at]?.length ?? 0) > longTitle;
  const rows: Row[] = [];
  for (let at = 0; at < paragraphs.length; ) {
    if (paragraphs.length - at !== 2 && isLong(at)) {
      // A second paragraph of the abstract before it, or an abstract that has lost its title.
      const last = rows.at(-1);
      if (last?.abstract !== undefined) last.abstract += `\n${paragraphs[at++]}`;
      else rows.push({ abstract: paragraphs[at++] });
    } else if (at + 1 === paragraphs.length || (!isLong(at + 1) && isLong(at + 2))) {
      rows.push({ title: cleanLine(paragraphs[at++] ?? "") });
    } else {
      rows.push({ title: cleanLine(paragraphs[at] ?? ""), abstract: paragraphs[at + 1] });
      at += 2;
    }
  }
  const last = rows.at(-1);
  if (last) Object.assign(last, meta);
  return rows;
}
