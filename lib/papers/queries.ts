import type { Filter } from "./filter";
import type { Paper } from "./paper";

/** Formats from the most exact to the least. */
export type Edition = {
  day: string;
  /** The nearest days that have an edition. */
  previous: string | null;
  next: string | null;
  isSample: boolean;
  /** Papers by the format that brought them, the most exact first; empty on a day without papers. */
  sections: { format: string; papers: Paper[] }[];
  /** When the library was last read; null before the first read. */
  readAt: Date | null;
};

export type PaperPage = {
  paper: Paper;
  formerIds: string[];
  /** The listings that had it, newest first. */
  entries: {
    format: string; kind: string; period: string | null; listedOn: string | null; listedOnInferred: boolean;
    sample: boolean; place: number; of: number; upvotes: number | null; commentCount: number | null; readAt: Date;
  }[];
  /** Its neighbours in its first edition, with titles; null at the ends and without an edition. */
  previous: { id: string; title: string } | null;
  next: { id: string; title: string } | null;
};

export type Results = { total: number; totalIsExact: boolean; page: number; limit: number; papers: Paper[] };

export declare function findEdition(day: string): Promise<Edition>;
/** The latest real edition; the sample while there is no other; null where the library has no edition at all. */
export declare function findLatestEdition(): Promise<Edition | null>;
export declare function listPapers(filter: Filter): Promise<Results>;
/** What stands at `/papers/{id}`: the paper; where it now lives, if `id` is a former one; or null. */
export declare function findPaper(id: string): Promise<PaperPage | { movedTo: string } | null>;
/** For /api/health; a sample counts as papers, not as an edition. */
export declare function describeLibrary(): Promise<{ papers: number; latestEdition: string | null; readAt: Date | null }>;
