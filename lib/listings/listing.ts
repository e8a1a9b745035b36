import type { Day } from "../days";
import type { Format } from "../formats";
import type { PaperRecord } from "../paper";
import type { ReadingState } from "../reading-states";
import type { Terms } from "../search/terms";

export const kinds = ["day", "week", "month", "trending", "search", "library"] as const;
/** `library` is what a reader collected. It has no day, like `trending` and `search`. */
export type Kind = (typeof kinds)[number];

/** An entry that could be parsed: the record, and the source it came from, which is stored. */
export type ListingEntry = {
  place: number;
  paper: PaperRecord;
  /** Other forms of its title in the same source (with and without TeX), under which the paper may already be known. */
  otherTitles?: string[];
  source: unknown;
  derived?: Derived;
  notes?: Note[];
  /** Only if the file is from a reader's library. Not part of `source`, which all readers share. */
  brought?: Brought;
};

/** What a reader attached to a paper, as a file brings it. A field that the file does not say is null or empty. */
export type Brought = {
  /** When it was bookmarked, as an ISO instant in UTC. */
  at: string | null;
  state: ReadingState | null;
  /** As written there, possibly with markup. */
  note: string | null;
  lists: string[];
  tags: string[];
  /** The key by which LaTeX documents cite it. Unique within its file. */
  citeKey: string | null;
};

/**
 * An entry that only names a paper: a bare arXiv id, a bookmark without a title. Its paper must be looked up in the
 * library, or fetched. `id` is an arXiv id, or the text id of a paper of ours (`t-…`).
 */
export type KnownById = { place: number; id: string; excerpt: string; brought: Brought; notes?: Note[] };

/** A field that was ignored because its value made no sense. The rest of the entry is kept. */
export type Note = {
  field: string;
  /** What the field may contain, worded to follow "expected". */
  expected: string;
  excerpt: string;
};

/** What follows from an entry alone, if it was computed in advance. */
export type Derived = {
  textId: string;
  /** The paper's tags if no other source has any. */
  tags: PaperRecord["tags"];
  terms: Terms;
  /** Its compressed source. `source` itself is then omitted. */
  packed: Uint8Array;
};

/** A rejected entry. `entry` counts from 1. The reason names the path and the value. */
export type Rejection = { entry: number; reason: string; excerpt: string };

/** What a listing says about itself as a whole. */
export type ListingHead = {
  format: Format;
  kind: Kind;
  /** The day, week (`2025-W50`) or month (`2025-12`) that it lists. Null if it has none. */
  period: string | null;
  /** Only for the kind day. */
  listedOn: Day | null;
  listedOnInferred: boolean;
};

/** One batch of a listing's entries. Most listings are a single batch. */
export type Batch = {
  entries: ListingEntry[];
  rejections: Rejection[];
  /** Places are shared with the entries. Omitted if the format always has titles. */
  knownById?: KnownById[];
};

export type Listing = ListingHead & Batch;

/** What is known about a body besides its content. */
export type Context = {
  /** A file's path, an address, or `-`. */
  source: string;
  url: string | null;
  /** The day a saved listing was taken, from `--page-date`. */
  pageDate: Day | null;
  kind: Kind | null;
  /** Today, by the clock. */
  today: Day;
  /** The day its upvotes and comments are from, if that is known better than from the listing. */
  asOf?: Day;
  /** Whether to collect the arXiv ids of a text that no format recognizes, even if most of its lines have none. */
  collectIds?: boolean;
};

/** null: another format. An Error: this format, but broken as a whole. */
export type ListingParser = (body: string, context: Context) => Listing | null;

/**
 * The record of an entry's stored source, exactly as parsing its listing gave it. `listedOn` is the entry's day. Throws
 * an Error of one line for a source that no version of ours has stored.
 */
export type Reread = (source: unknown, listedOn: Day | null) => PaperRecord;

/** A format that is parsed as a whole body. */
export type ListingFormat = {
  parse: ListingParser;
  reread: Reread;
  /** The addresses of the pictures that an entry's source names. Omitted if the format has none. */
  figures?: (source: unknown) => string[];
};
