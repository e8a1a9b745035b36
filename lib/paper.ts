import { z } from "zod";

/** Who can give a tag, in the order in which a paper has them. */
export const tagSources = ["reader", "hub", "derived", "arxiv"] as const;

const day = z.iso.date();
const person = z.object({ name: z.string(), fullName: z.string().nullable() });

/** A paper as programs meet it: in `scrape --dry-run --json`, in the API, in our own export. */
export const paperSchema = z.object({
  arxivId: z.string().nullable(),
  title: z.string().min(1),
  /** Null where the source had none: compact cards, some old records. */
  abstract: z.string().min(1).nullable(),
  /** In the paper's order, hidden ones left out; empty where no name is known. */
  authors: z.array(z.string()),
  /** Counts hidden authors; may be known without names. */
  authorCount: z.number().int().nonnegative().nullable(),
  publishedOn: day.nullable(),
  /** The feed day: the first day that a listing had it. */
  listedOn: day.nullable(),
  upvotes: z.number().int().nonnegative().nullable(),
  commentCount: z.number().int().nonnegative().nullable(),
  tags: z.array(z.object({ name: z.string(), source: z.enum(tagSources) })),
  submittedBy: person.nullable(),
  organization: person.nullable(),
  code: z.object({ url: z.string(), stars: z.number().int().nullable() }).nullable(),
  projectPage: z.string().nullable(),
  summary: z.object({ text: z.string(), source: z.string() }).nullable(),
  /** True where a source says that it was taken back, false where one says that it was not; null where none speaks of it. */
  withdrawn: z.boolean().nullable().default(null),
});

export type PaperRecord = z.infer<typeof paperSchema>;

/** A paper of the library, as pages show it: the same for every reader. */
export type Paper = PaperRecord & {
  id: string;
  /** Escaped HTML whose only tag is `<mark>`; null where nothing was searched for. */
  highlights: { title: string; abstract: string | null } | null;
};
