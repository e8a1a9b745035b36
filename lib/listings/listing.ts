import type { Day } from "../days";
import type { PaperRecord } from "../paper";
import type { Terms } from "../search/terms";

export const kinds = ["day", "week", "month", "trending", "search"] as const;
export type Kind = (typeof kinds)[number];

/** A format, or the sample edition that comes with the program. */
export type Format =
  | "arxiv-atom"
  | "arxiv-rss"
  | "arxiv-html"
  | "hf-api"
  | "hf-page"
  | "text"
  | "jsonl"
  | "sample";

/** One entry that could be read: the record, and what the source itself said, kept for later. */
export type ListingEntry = {
  place: number;
  paper: PaperRecord;
  /** Other spellings of its title in the same source (with TeX, without), by which it may be known already. */
  otherTitles?: string[];
  source: unknown;
  ahead?: Ahead;
  notes?: Note[];
};

/** A field that was left out of its entry because its value made no sense. The rest of the entry is kept. */
export type Note = {
  field: string;
  /** What the field may hold, as it reads after "expected". */
  expected: string;
  excerpt: string;
};

/** What follows from an entry alone, where it was worked out before the library was asked. */
export type Ahead = {
  textId: string;
  /** Those that its paper has if nobody else speaks of it. */
  tags: PaperRecord["tags"];
  terms: Terms;
  /** Its source, packed; `source` itself is then left out. */
  packed: Uint8Array;
};

/** One that could not. `entry` counts from 1; the reason names the path and what came. */
export type Rejection = { entry: number; reason: string; excerpt: string };

/** What a listing says of itself as a whole. */
export type ListingHead = {
  format: Format;
  kind: Kind;
  /** The day, week (`2025-W50`) or month (`2025-12`) that it lists; null where it has none. */
  period: string | null;
  /** Only of kind day. */
  listedOn: Day | null;
  listedOnInferred: boolean;
};

/** What is read of a listing at a time; most are one batch. */
export type Batch = { entries: ListingEntry[]; rejections: Rejection[] };

export type Listing = ListingHead & Batch;

/** What is known of a body besides itself. */
export type Context = {
  /** A file's path, an address, or `-`. */
  source: string;
  url: string | null;
  /** The day on which a saved listing was taken, where the user says so. */
  pageDate: Day | null;
  kind: Kind | null;
  /** The day of the clock. */
  today: Day;
  /** The day that its upvotes and comments are of, where that is known better than by the listing. */
  asOf?: Day;
};

/** null: not my format. An Error: mine, but broken as a whole. */
export type ListingParser = (body: string, context: Context) => Listing | null;

/**
 * The record that an entry's kept source says, exactly as reading its listing gave it; `listedOn` is the entry's day.
 * Throws an Error of one line for a source that none of our versions has kept.
 */
export type Reread = (source: unknown, listedOn: Day | null) => PaperRecord;

/** A format that is read as a whole body. */
export type ListingFormat = { parse: ListingParser; reread: Reread };
