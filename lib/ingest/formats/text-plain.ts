import { joinLines } from "../clean";
import { readHubDate } from "./hub-dates";
import { isVotes, plainDate, type Rendering, type Row, readAuthorCount } from "./text-rows";

const chrome =
  /^(new|Subscribe|by\s*AK.*|Daily|Weekly|Monthly|Get trending papers in your email inbox.*|https?:\/\/\S+)$/;
const top = /^(Daily|Trending) Papers$/;
// Longer than any organization of the Hub, and shorter than nearly every abstract.
const longName = 80;

type Meta = Pick<Row, "authors" | "date" | "organization">;

/** Reads a page's words as a browser copies them: paragraphs, and a line of authors and date. null for other text. */
export function readPlain(text: string): Rendering | null {
  const lines = text.split("\n").map((line) => line.trim());
  const first = lines.findIndex((line) => top.test(line));
  let at = first + 1;
  while (first >= 0 && at < lines.length && (lines[at] === "" || chrome.test(lines[at] ?? ""))) at++;
  const above = first >= 0 ? lines.slice(0, at) : [];
  const header = first >= 0 && readHubDate(lines[at] ?? "") ? (lines[at++] ?? null) : null;
  const rows: Row[] = [];
  let dated = 0;
  let votes: string | null = null;
  let paragraphs: string[] = [];
  const close = (meta: Meta) => {
    const [row, ...others] = pair(paragraphs, meta);
    if (row) rows.push(votes === null ? row : { ...row, votes }, ...others);
    if (row) votes = null;
    paragraphs = [];
  };
  for (let open = false; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const meta = line.length < 40 ? readMeta(lines, at) : null;
    if (meta) {
      close(meta.dotted ? takeOrganization(paragraphs, meta.meta) : meta.meta);
      dated++;
      at = meta.end;
      open = false;
    } else if (line === "") open = false;
    else if (!open && isVotes(line) && (lines[at + 1] ?? "") === "") {
      close({});
      votes = line;
    } else if (open) paragraphs.push(`${paragraphs.pop()}\n${line}`);
    else {
      paragraphs.push(line);
      open = true;
    }
  }
  close({});
  return dated > 0 ? { chrome: above.join("\n"), header, rows } : null;
}

/**
 * `• 5 authors`, `·`, `Oct 4, 2023`, with or without empty lines between; the first or the middle may be missing. A number
 * after the date is its comments where another one, the next row's upvotes, follows.
 */
function readMeta(lines: string[], at: number): { meta: Meta; dotted: boolean; end: number } | null {
  const next = (from: number) => {
    let step = from;
    while (lines[step] === "") step++;
    return step;
  };
  const first = readAuthorCount(lines[at] ?? "") === null ? null : at;
  const dot = first === null ? at : next(first + 1);
  const dotted = lines[dot] === "·";
  let end = dotted ? next(dot + 1) : dot;
  if (first === null && end === at && !lines[at]?.startsWith("Published on ")) return null;
  let date = plainDate(lines[end] ?? "");
  const parsed = readHubDate(date);
  if (!parsed) return first === null ? null : { meta: { authors: lines[first] ?? "" }, dotted, end: first };
  const comments = next(end + 1);
  const isCount = /^\d{1,6}$/.test(lines[comments] ?? "") && isVotes(lines[next(comments + 1)] ?? "");
  if (parsed.comments === null && isCount) {
    date = `${date} ${lines[comments]}`;
    end = comments;
  }
  return { meta: first === null ? { date } : { authors: lines[first] ?? "", date }, dotted, end };
}

/** In place of its authors line a row may have an organization, a paragraph of its own before the dot. */
function takeOrganization(paragraphs: string[], meta: Meta): Meta {
  const last = paragraphs.at(-1) ?? "";
  if (meta.authors !== undefined || paragraphs.length < 3 || last.length > longName) return meta;
  paragraphs.pop();
  return { ...meta, organization: last };
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
