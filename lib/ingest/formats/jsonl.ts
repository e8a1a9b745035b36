import { z } from "zod";
import { toArxivId } from "../../arxiv-id";
import { isDay } from "../../days";
import { type PaperRecord, paperSchema } from "../../paper";
import { cleanLine, cleanText } from "../clean";
import { readJson, TooDeepError } from "../json";
import type { ListingEntry, Rejection } from "../listing";
import { excerptOf, readKept, reasonOf } from "../reasons";

const text = z.string();
const count = z.number().int("a whole number").nonnegative("a count from 0").nullish();
const day = text
  .refine((value) => isDay(value.slice(0, 10)), "a date")
  .transform((value) => value.slice(0, 10))
  .nullish();
const arxivId = text.refine((id) => toArxivId(id) !== null, "an arXiv id");
const own = paperSchema.shape;

const lineSchema = z.looseObject({
  title: text.refine((title) => cleanLine(title) !== "", "a title that is not empty"),
  abstract: text.nullish(),
  // Our own text ids are made anew from title and abstract.
  id: z.union([arxivId, text.regex(/^t-[0-9a-f]{12}$/)], "an arXiv id").nullish(),
  arxivId: arxivId.nullish(),
  authors: z.array(text).nullish(),
  authorCount: count,
  publishedAt: day,
  publishedOn: day,
  feedDate: day,
  listedOn: day,
  upvotes: count,
  comments: count,
  commentCount: count,
  keywords: z.array(text).nullish(),
  categories: z.array(text).nullish(),
  // What our own export has besides.
  tags: own.tags.nullish(),
  submittedBy: own.submittedBy.nullish(),
  organization: own.organization.nullish(),
  code: own.code.nullish(),
  projectPage: own.projectPage.nullish(),
  summary: own.summary.nullish(),
  withdrawn: z.boolean().nullish(),
});

/** True where a body is JSON Lines, told by its first lines: one of them is a paper by itself. */
export function isJsonLines(firstLines: string[]): boolean {
  return firstLines.some((line) => {
    if (!line.startsWith("{")) return false;
    try {
      const value: unknown = JSON.parse(line);
      return typeof value === "object" && value !== null && "title" in value;
    } catch {
      return false; // not JSON by itself: a line of something else, or a damaged one among others
    }
  });
}

/** One line, a paper by itself; `place` is the line's number. A line that is none is rejected with its reason. */
export function parseJsonLine(line: string, place: number): ListingEntry | Rejection {
  let source: unknown;
  try {
    source = readJson(line);
  } catch (error) {
    const reason = error instanceof TooDeepError ? error.message : "expected JSON, got a line that is none";
    return { entry: place, reason, excerpt: excerptOf(line) };
  }
  const parsed = lineSchema.safeParse(source);
  return parsed.success
    ? { place, paper: toPaper(parsed.data), source }
    : { entry: place, reason: reasonOf(parsed.error, source), excerpt: excerptOf(source) };
}

/** The record of one kept line; its day is the line's own. */
export function rereadJsonLine(source: unknown): PaperRecord {
  return toPaper(readKept(lineSchema, source));
}

function toPaper(line: z.output<typeof lineSchema>): PaperRecord {
  const authors = (line.authors ?? []).map(cleanLine).filter((name) => name !== "");
  const abstract = cleanText(line.abstract ?? "");
  return {
    arxivId: toArxivId(line.arxivId ?? line.id ?? ""),
    title: cleanLine(line.title),
    abstract: abstract === "" ? null : abstract,
    authors,
    authorCount: line.authorCount ?? (authors.length || null),
    publishedOn: line.publishedOn ?? line.publishedAt ?? null,
    listedOn: line.listedOn ?? line.feedDate ?? null,
    upvotes: line.upvotes ?? null,
    commentCount: line.commentCount ?? line.comments ?? null,
    tags: [
      ...(line.tags ?? []),
      ...(line.categories ?? []).map((name) => ({ name, source: "arxiv" as const })),
      ...(line.keywords ?? []).map((name) => ({ name, source: "hub" as const })),
    ],
    submittedBy: line.submittedBy ?? null,
    organization: line.organization ?? null,
    code: line.code ?? null,
    projectPage: line.projectPage ?? null,
    summary: line.summary ?? null,
    withdrawn: line.withdrawn ?? null,
  };
}
