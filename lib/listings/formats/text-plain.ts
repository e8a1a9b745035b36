import { joinLines } from "../clean";
import { looksLikeDate, readHubDate } from "./hub-dates";
import { isVotes, markCut, type PaperRow, plainDate, type Rendering, readAuthorCount } from "./text-rows";
import { longName } from "./text-words";

const chrome =
  /^(new|Subscribe|by\s*AK.*|Daily|Weekly|Monthly|Get trending papers in your email inbox.*|https?:\/\/\S+)$/;
const pageTitle = /^(Daily|Trending) Papers$/;
const pageFooter =
  /^(?:Previous|Next|System theme|Company|TOS|Privacy|About|Careers|Jobs|Website|Models|Datasets|Spaces|Pricing|Docs|arXiv Page|GitHub(?: [\d.,]{1,9}[km]?)?)$/;

type Meta = Pick<PaperRow, "authors" | "date" | "organization">;

/**
 * Parses a page's text as copied from a browser: paragraphs, and a line of authors and date. null for other text: a
 * listing has its name and what the page shows below it, and at least half of its entries end with such a line.
 */
export function readPlain(text: string): Rendering | null {
  const lines = text.split("\n").map((line) => line.trim());
  const first = lines.findIndex(
    (line, at) => pageTitle.test(line) && isBelowTitle(lines[nextOf(lines, at + 1)]),
  );
  if (first < 0) return null;
  let at = first + 1;
  while (at < lines.length && (lines[at] === "" || chrome.test(lines[at] ?? ""))) at++;
  const above = lines.slice(0, at);
  const header = readHubDate(lines[at] ?? "") ? (lines[at++] ?? null) : null;
  const rows: PaperRow[] = [];
  const withNumber: Counted[] = [];
  let dated = 0;
  let votes: string | null = null;
  let submittedBy: string | null = null;
  let hasVotes = false;
  let nameAt = -1;
  let named = false;
  let paragraphs: string[] = [];
  const close = (meta: Meta) => {
    const [count = "", ...title] = (paragraphs[0] ?? "").split("\n");
    const [row, ...others] = pair(paragraphs, meta);
    if (row) {
      if (votes !== null) row.votes = votes;
      else if (title.length > 0 && isVotes(count))
        withNumber.push({ row, count, title: title.join("\n"), isSure: named });
      if (submittedBy !== null) row.submittedBy = submittedBy;
      rows.push(row, ...others);
      [votes, submittedBy] = [null, null];
    }
    paragraphs = [];
  };
  for (let open = false; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const meta = line.length < 2 * longName ? readMeta(lines, at) : null;
    const submitter = /^Submitted by\b(.{0,80})$/.exec(line)?.[1];
    // A dash before a title means no upvotes, on pages where the first title has upvotes too. Elsewhere it is a bullet
    // or a rule.
    const before =
      paragraphs.length === 0 ? rows.length === 0 || hasVotes : paragraphs.length > 1 && hasVotes;
    if (meta) {
      if (paragraphs.length > 0 && meta.meta.date && (meta.dotted || meta.meta.authors)) dated++;
      close(meta.dotted ? takeOrganization(paragraphs, meta.meta) : meta.meta);
      at = meta.end;
      open = false;
    } else if (line === "") open = false;
    else if (submitter !== undefined) {
      close({});
      const step = submitter.trim() === "" ? nextOf(lines, at + 1) : at;
      submittedBy = submitter.trim() || (lines[step] ?? "");
      if (submittedBy === "") submittedBy = null;
      at = nameAt = step;
      open = false;
    } else if (/^Upvote(?: [\d.,]{1,9}[km]?)?$/i.test(line)) {
      close({});
      const step = line === "Upvote" ? nextOf(lines, at + 1) : at;
      const count = line.slice("Upvote ".length) || (lines[step] ?? "");
      const row = rows.at(-1);
      if (row && isVotes(count)) row.votes ??= count;
      if (isVotes(count)) at = step;
      open = false;
    } else if (pageFooter.test(line)) {
      const step = line === "GitHub" ? nextOf(lines, at + 1) : at;
      if (line === "GitHub" && isVotes(lines[step] ?? "")) at = step; // its stars
      open = false;
    } else if (!open && isVotes(line) && (lines[at + 1] ?? "") === "") {
      if (line === "-" && !before) continue;
      close({});
      votes = line;
      hasVotes = true;
    } else if (open) paragraphs.push(`${paragraphs.pop()}\n${line}`);
    else {
      if (paragraphs.length === 0) named = at === nameAt + 1;
      paragraphs.push(line);
      open = true;
    }
  }
  close({});
  // The last row may be cut off.
  if (dated === 0 || dated * 2 < rows.length - 1) return null;
  takeCounts(rows, withNumber);
  if (rows.at(-1)?.abstract !== undefined) markCut(rows, false);
  return { chrome: above.join("\n"), trending: lines[first] === "Trending Papers", header, rows };
}

/** Whether this is what the page shows below its name. */
function isBelowTitle(line = ""): boolean {
  return chrome.test(line) || readHubDate(line) !== null;
}

/** A row whose title has a number on the line above. `isSure` if that line is right below a submitter's name. */
type Counted = { row: PaperRow; count: string; title: string; isSure: boolean };

/**
 * Takes these numbers as upvotes: a page has them above every title or above none. If that is unclear, a number is part
 * of a title.
 */
function takeCounts(rows: PaperRow[], counted: Counted[]): void {
  const withCount = new Set(counted.map(({ row }) => row));
  const areAll = rows.length > 1 && rows.every((row) => row.votes !== undefined || withCount.has(row));
  for (const { row, count, title, isSure } of counted)
    if ((areAll || isSure) && row.title !== undefined)
      Object.assign(row, { title: joinLines(title), votes: count });
}

/** The next line that is not empty, or the end. */
function nextOf(lines: string[], from: number): number {
  let step = from;
  while (lines[step] === "") step++;
  return step;
}

/**
 * `• 5 authors`, `·`, `Oct 4, 2023`, with or without empty lines between them. The first or the second may be missing.
 * A number after the date is its comments if another number, the next row's upvotes, follows.
 */
function readMeta(lines: string[], at: number): { meta: Meta; dotted: boolean; end: number } | null {
  const line = lines[at] ?? "";
  const next = (from: number) => nextOf(lines, from);
  if (line.includes("·") && line !== "·") return readDotted(line, at);
  const first = readAuthorCount(lines[at] ?? "") === null ? null : at;
  const dot = first === null ? at : next(first + 1);
  const dotted = lines[dot] === "·";
  let end = dotted ? next(dot + 1) : dot;
  if (first === null && end === at && !line.startsWith("Published on ")) return null;
  let date = plainDate(lines[end] ?? "");
  if (!looksLikeDate(date))
    return first === null ? null : { meta: { authors: lines[first] ?? "" }, dotted, end: first };
  const comments = next(end + 1);
  const isCount = /^\d{1,6}$/.test(lines[comments] ?? "") && isVotes(lines[next(comments + 1)] ?? "");
  if (readHubDate(date)?.comments === null && isCount) {
    date = `${date} ${lines[comments]}`;
    end = comments;
  }
  return { meta: first === null ? { date } : { authors: lines[first] ?? "", date }, dotted, end };
}

/** The same on one line: `5 authors · Oct 4, 2023`, `Acme Labs · Oct 4, 2023`. */
function readDotted(line: string, at: number): { meta: Meta; dotted: boolean; end: number } | null {
  const parts = line.split("·").map((part) => part.trim());
  const date = plainDate(parts.at(-1) ?? "");
  const [name = ""] = parts;
  if (parts.length > 3 || !looksLikeDate(date) || name.length > longName) return null;
  const meta = readAuthorCount(name) !== null ? { authors: name } : name === "" ? {} : { organization: name };
  return { meta: { ...meta, date }, dotted: true, end: at };
}

/** A row may have an organization instead of authors, as a paragraph before the dot. */
function takeOrganization(paragraphs: string[], meta: Meta): Meta {
  const last = paragraphs.at(-1) ?? "";
  if (
    meta.authors !== undefined ||
    meta.organization !== undefined ||
    paragraphs.length < 3 ||
    last.length > longName
  )
    return meta;
  paragraphs.pop();
  return { ...meta, organization: last };
}

// Longer than all but one in 50,000 titles, shorter than nearly every abstract.
const longTitle = 250;

/** The rows in the paragraphs before a metadata line, which belongs to the last of them. */
function pair(paragraphs: string[], meta: Meta): PaperRow[] {
  const isLong = (at: number) => (paragraphs[at]?.length ?? 0) > longTitle;
  const rows: PaperRow[] = [];
  for (let at = 0; at < paragraphs.length; ) {
    if (paragraphs.length - at !== 2 && isLong(at)) {
      // A second paragraph of the abstract before it, or an abstract that has lost its title.
      const last = rows.at(-1);
      if (last?.abstract !== undefined) last.abstract += `\n${paragraphs[at++]}`;
      else rows.push({ abstract: paragraphs[at++] });
    } else if (at + 1 === paragraphs.length || (!isLong(at + 1) && isLong(at + 2))) {
      rows.push({ title: joinLines(paragraphs[at++] ?? "") });
    } else {
      rows.push({ title: joinLines(paragraphs[at] ?? ""), abstract: paragraphs[at + 1] });
      at += 2;
    }
  }
  const last = rows.at(-1);
  if (last) Object.assign(last, meta);
  return rows;
}
