import { readVotes } from "./hub-words";

/** What a rendering says of a paper, in its own words; the year of its date may have to be found. */
export type Row = {
  /** Only where the rendering kept its links. */
  arxivId?: string;
  title?: string | undefined;
  /** null where the rendering shows none; missing where there should be one. */
  abstract?: string | null | undefined;
  authors?: string;
  /** The names of its authors, on its own page. */
  names?: string[];
  organization?: string;
  votes?: string;
  /** `Oct 4, 2023`, `Oct 4 2` with two comments. */
  date?: string;
  /** Where they stand apart from the date. */
  comments?: string;
  code?: { url: string; stars: string | null };
  projectPage?: string;
  submittedBy?: string;
  /** What the Hub's model wrote. */
  summary?: string;
  /** Words below its small print, where its abstract may stand. */
  late?: string;
  /** The text breaks off in this row. */
  cut?: boolean;
};

/** What stands above the rows, whether it is the trending page, the page's own date line, and the rows. */
export type Rendering = { chrome: string; trending: boolean; header: string | null; rows: Row[] };

const authorsForm = /^(?:[•·*+-] *)?(\d{1,6}) authors?$/;
// `Oct 4 2`, `Oct 4[2]`, `Oct 4 [ 2][68]`: comments, then perhaps the number of a link.
const glued = /^((?:Published on )?[A-Z][a-z]{2} \d{1,2}(?:, \d{4})?) ?\[ *(\d{1,9}) *\](?:\[\d+\])?$/;

const emphasis =
  /(?<![\p{L}\p{N}*_])(\*{1,3}|_{1,3})(?![\s*_\u2060])((?:(?!\1).|(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}]))*?[^\s*_\u2060])\1(?![\p{L}\p{N}*_\u2060])/gu;

/** The count in an authors line, `• 5 authors`; null for any other line. */
export function readAuthorCount(line: string): number | null {
  const count = authorsForm.exec(line)?.[1];
  return count === undefined ? null : Number(count);
}

/** A date line as the Hub itself prints it, `Oct 4, 2023 2`: tools glue the comments on in other ways. */
export function plainDate(line: string): string {
  const [, date = line, comments] = glued.exec(line) ?? [];
  const bare = date.replace(/^Published on /, "");
  return comments === undefined ? bare : `${bare} ${comments}`;
}

/** True for a line of upvotes alone: `12`, or `-` for none. */
export function isVotes(line: string): boolean {
  return line.length < 12 && readVotes(line) !== null;
}

/** A title of Markdown without the marks of its emphasis; those of formulas, of names like `snake_case` and of `a * b` stay. */
export function withoutEmphasis(title: string): string {
  return title
    .split(/(\$[^$]*\$)/)
    .map((part, at) => (at % 2 === 0 ? part.replace(emphasis, "$2").replace(emphasis, "$2") : part))
    .join("");
}

/** True for words that end as sentences do, with brackets or quotes after the full stop. */
export function endsSentence(text: string): boolean {
  return /[.!?…。！？][\s)\]"'”’»*_`}]*$/.test(text) || /https?:\/\/\S+$/.test(text.slice(-300));
}

/**
 * Marks the last row of a text that breaks off in it: half of the others or more have a line of authors or a date and this one has none,
 * or its abstract does not end.
 */
export function markCut(rows: Row[], isOpen: boolean): void {
  const last = rows.at(-1);
  if (!last || hasMeta(last)) return;
  const others = rows.slice(0, -1);
  if (isOpen || !endsSentence(last.abstract ?? "") || others.filter(hasMeta).length * 2 >= others.length)
    last.cut = true;
}

/** True for a row that has a line of authors, a date, comments or code. */
export function hasMeta(row: Row): boolean {
  return [row.authors, row.date, row.comments, row.code].some((said) => said !== undefined);
}

/** Trending has each card twice, for phones and for wide windows: one paper. */
export function joinTwins(rows: Row[]): Row[] {
  const byName = new Map<string, Row>();
  for (const row of rows) {
    const name = row.arxivId ?? `${row.title ?? ""}\n${row.abstract ?? ""}`;
    byName.set(name, { ...row, ...byName.get(name) });
  }
  return [...byName.values()];
}
