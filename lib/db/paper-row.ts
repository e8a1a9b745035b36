import type { PaperRecord } from "../paper";
import type { Author, Paper as Row, Tag } from "./prisma";

export type FullRow = Row & { authors: Author[]; tags: Tag[] };

/** What of a row becomes a record. */
export type RecordRow = Omit<
  Row,
  "key" | "id" | "textId" | "orderKey" | "createdAt" | "updatedAt" | "asOf" | "fieldRanks" | "titleKey"
> & { authors: { name: string }[]; tags: { name: string; source: string }[] };

/** Prisma's `include` for rows that become records. */
export const withParts = {
  authors: { orderBy: { place: "asc" } },
  tags: { orderBy: { place: "asc" } },
} as const;

/** Converts a row of the library to a record. */
export function toRecord(row: RecordRow): PaperRecord {
  return {
    arxivId: row.arxivId,
    title: row.title,
    abstract: row.abstract,
    authors: row.authors.map((author) => author.name),
    authorCount: row.authorCount,
    publishedOn: row.publishedOn,
    listedOn: row.feedDay,
    upvotes: row.upvotes,
    commentCount: row.commentCount,
    // Only this program writes tags, and only with these sources.
    tags: row.tags.map(({ name, source }) => ({
      name,
      source: source as PaperRecord["tags"][number]["source"],
    })),
    submittedBy: row.submitterName === null ? null : { name: row.submitterName, fullName: row.submitterFull },
    organization:
      row.organizationName === null ? null : { name: row.organizationName, fullName: row.organizationFull },
    code: row.codeUrl === null ? null : { url: row.codeUrl, stars: row.codeStars },
    projectPage: row.projectPage,
    summary: row.summary === null ? null : { text: row.summary, source: row.summarySource ?? "hub" },
    withdrawn: row.withdrawn,
  };
}

/** The columns that come from a record. The save sets the feed day, the ids and the keys. */
export function toColumns(record: PaperRecord) {
  return {
    title: record.title,
    abstract: record.abstract,
    authorCount: record.authorCount,
    publishedOn: record.publishedOn,
    upvotes: record.upvotes,
    commentCount: record.commentCount,
    submitterName: record.submittedBy?.name ?? null,
    submitterFull: record.submittedBy?.fullName ?? null,
    organizationName: record.organization?.name ?? null,
    organizationFull: record.organization?.fullName ?? null,
    codeUrl: record.code?.url ?? null,
    codeStars: record.code?.stars ?? null,
    projectPage: record.projectPage,
    summary: record.summary?.text ?? null,
    summarySource: record.summary?.source ?? null,
    withdrawn: record.withdrawn,
  };
}
