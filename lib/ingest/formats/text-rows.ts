import { readVotes } from "./hub-words";

/** What a rendering says of a paper, in its own words; the year of its date may have to be found. */
export type Row = {
  /** Only where the rendering kept its links. */
  arxivId?: string;
  title?: string | undefined;
  /** null where the rendering shows none; missing where there should be one. */
  abstract?: string | null | undefined;
  authors?: string;
  organization?: string;
  votes?: string;
  /** `Oct 4, 2023`, `Oct 4 2` with two comments. */
  date?: string;
  code?: { url: string; stars: string | null };
  submittedBy?: string;
};

/** What stands above the rows, the page's own date line, and the rows. */
export type Rendering = { chrome: string; header: string | null; rows: Row[] };

const authorsForm = /^(?:[•·*-] *)?(\d{1,6}) authors?$/;
// `Oct 4 2`, `Oct 4[2]`, `Oct 4 [ 2][68]`: comments, then perhaps the number of a link.
const glued = /^((?:Published on )?[A-Z][a-z]{2} \d{1,2}(?:, \d{4})?) ?\[ *(\d{1,9}) *\](?:\[\d+\])?$/;

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

/** Rows without the second card that trending has of each paper; what only that one says is kept. */
export function joinTwins(rows: Row[]): Row[] {
  const byName = new Map<string, Row>();
  for (const row of rows) {
    const name = row.arxivId ?? `${row.title ?? ""}\n${row.abstract ?? ""}`;
    byName.set(name, { ...row, ...byName.get(name) });
  }
  return [...byName.values()];
}
