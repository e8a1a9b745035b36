import { z } from "zod";

/** The sources of tags, in the order in which a paper lists them. */
export const tagSources = ["reader", "hub", "derived", "arxiv"] as const;

const day = z.iso.date();
const person = z.object({ name: z.string(), fullName: z.string().nullable() });

/** A paper in `scrape --dry-run --json`, in the API, and in our own export. */
export const paperSchema = z.object({
  arxivId: z.string().nullable(),
  title: z.string().min(1),
  /** Null if the source had none: compact cards, some old records. */
  abstract: z.string().min(1).nullable(),
  /** In the paper's order, without hidden authors. Empty if no name is known. */
  authors: z.array(z.string()),
  /** Includes hidden authors. May be known without names. */
  authorCount: z.number().int().nonnegative().nullable(),
  publishedOn: day.nullable(),
  /** The feed day: the first day that a listing had the paper. */
  listedOn: day.nullable(),
  upvotes: z.number().int().nonnegative().nullable(),
  commentCount: z.number().int().nonnegative().nullable(),
  tags: z.array(z.object({ name: z.string(), source: z.enum(tagSources) })),
  submittedBy: person.nullable(),
  organization: person.nullable(),
  code: z.object({ url: z.string(), stars: z.number().int().nullable() }).nullable(),
  projectPage: z.string().nullable(),
  summary: z.object({ text: z.string(), source: z.string() }).nullable(),
  /** True if a source says it was withdrawn, false if one says it was not, null if none says. */
  withdrawn: z.boolean().nullable().default(null),
});

export type PaperRecord = z.infer<typeof paperSchema>;

/** A stored picture of a paper, by the name of its files, with the size of the large one in pixels. */
export type Figure = { hash: string; width: number; height: number };

/** A paper as pages show it, the same for every reader. */
export type Paper = PaperRecord & {
  id: string;
  /** Escaped HTML whose only tag is `<mark>`. Null without a search. */
  highlights: { title: string; abstract: string | null } | null;
  /** Its first picture, for a card. */
  figure: Figure | null;
};
