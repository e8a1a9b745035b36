import { z } from "zod";
import { toArxivId } from "../../arxiv-id";
import { isDay } from "../../days";
import type { PaperRecord } from "../../paper";
import { cleanLine, cleanText } from "../clean";
import type { Context, Listing, ListingEntry, Rejection } from "../listing";
import { dayAround, periodOf } from "../place-in-time";
import { excerptOf, reasonOf } from "../reasons";

const text = z.string();
const count = z.number().int("a whole number").nonnegative("a count from 0");
// The Hub writes instants in UTC and, since April 2026, days as midnight: the day is what stands there.
const instant = text
  .refine((value) => isDay(value.slice(0, 10)), "a date")
  .transform((value) => value.slice(0, 10));
const person = z.looseObject({ name: text.nullish(), user: text.nullish(), fullname: text.nullish() });

const itemSchema = z
  .looseObject({
    title: text.nullish(),
    summary: text.nullish(),
    publishedAt: instant.nullish(),
    numComments: count.nullish(),
    submittedBy: person.nullish(),
    organization: person.nullish(),
    paper: z.looseObject({
      id: text.refine((id) => toArxivId(id) !== null, "an arXiv id"),
      title: text.nullish(),
      summary: text.nullish(),
      publishedAt: instant.nullish(),
      submittedOnDailyAt: instant.nullish(),
      submittedOnDailyBy: person.nullish(),
      authors: z.array(z.looseObject({ name: text, hidden: z.boolean().nullish() })).nullish(),
      upvotes: count.nullish(),
      githubRepo: text.nullish(),
      githubStars: count.nullish(),
      projectPage: text.nullish(),
      organization: person.nullish(),
      ai_summary: text.nullish(),
      ai_keywords: z.array(text).nullish(),
    }),
  })
  .refine((item) => cleanLine(item.title ?? item.paper.title ?? "") !== "", {
    path: ["title"],
    error: "a title that is not empty",
  });
type Item = z.output<typeof itemSchema>;

/** The answer of the Hub's `/api/daily_papers`: a list, or one that an archive wrapped in `{status, date, count, data}`. */
export function parseHfApi(body: string, context: Context): Listing | null {
  const found = readItems(body);
  if (!found) return null;

  const read: { place: number; item: Item; source: unknown }[] = [];
  const rejections: Rejection[] = [];
  for (const [index, source] of found.items.entries()) {
    const parsed = itemSchema.safeParse(source);
    if (parsed.success) read.push({ place: index + 1, item: parsed.data, source });
    else {
      const reason = isPython(source)
        ? "expected an object, got Python text"
        : reasonOf(parsed.error, source);
      rejections.push({ entry: index + 1, reason, excerpt: excerptOf(source) });
    }
  }

  // A day's list is of one day; a list of several (a week, a search) is told by that, each entry has its own.
  const said = new Set(
    read.map(({ item }) => item.paper.submittedOnDailyAt ?? null).filter((day) => day !== null),
  );
  if (found.date) said.add(found.date);
  const kind = context.kind ?? (said.size > 1 ? "search" : "day");
  const sure = (said.size === 1 ? [...said][0] : null) ?? dayAround(context);
  const guess = read[0]?.item.publishedAt ?? null;
  const { period, listedOn } = periodOf(kind, sure ?? guess);
  const entries = read.map(
    ({ place, item, source }): ListingEntry => ({ place, paper: toPaper(item, listedOn), source }),
  );
  const listedOnInferred = listedOn !== null && sure === null;
  return { format: "hf-api", kind, period, listedOn, listedOnInferred, entries, rejections };
}

const archiveSchema = z.looseObject({ data: z.array(z.unknown()), date: z.string().refine(isDay).nullish() });

function readItems(body: string): { items: unknown[]; date: string | null } | null {
  if (!/^\s*(\[\s*([{"\]]|$)|\{\s*"(status|date|count|data)")/.test(body)) return null;
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    throw new Error(`hf-api: expected JSON, got a body that breaks off or is damaged (${message(error)})`);
  }
  const archive = archiveSchema.safeParse(json);
  const items = Array.isArray(json) ? json : archive.data?.data;
  if (!items) return null;
  const mine =
    items.length === 0 || items.some((item) => isPython(item) || (isObject(item) && "paper" in item));
  return mine ? { items, date: archive.data?.date ?? null } : null;
}

// Some archives hold what Python prints for an object, in a string.
function isPython(item: unknown): boolean {
  return typeof item === "string" && /^\{'\w+':/.test(item);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function message(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0]?.slice(0, 120) ?? "") : String(error);
}

function toPaper(item: Item, listedOn: string | null): PaperRecord {
  const { paper } = item;
  const by = item.submittedBy ?? paper.submittedOnDailyBy;
  const organization = item.organization ?? paper.organization;
  const authors = paper.authors ?? [];
  return {
    arxivId: toArxivId(paper.id),
    // The outer title is one line with its TeX; the inner one is wrapped and stripped.
    title: cleanLine(item.title ?? paper.title ?? ""),
    abstract: orNull(cleanText(paper.summary ?? item.summary ?? "")),
    authors: authors
      .filter((author) => !author.hidden)
      .map((author) => cleanLine(author.name))
      .filter((name) => name !== ""),
    authorCount: authors.length || null,
    publishedOn: paper.publishedAt ?? null,
    listedOn: paper.submittedOnDailyAt ?? listedOn,
    upvotes: paper.upvotes ?? null,
    commentCount: item.numComments ?? null,
    tags: toTags(paper.ai_keywords ?? []),
    submittedBy: toPerson(by?.name ?? by?.user, by?.fullname),
    organization: toPerson(organization?.name, organization?.fullname),
    code: paper.githubRepo ? { url: paper.githubRepo.trim(), stars: paper.githubStars ?? null } : null,
    projectPage: orNull(paper.projectPage?.trim() ?? ""),
    summary: paper.ai_summary ? { text: cleanLine(paper.ai_summary), source: "hub" } : null,
  };
}

function toPerson(name: string | null | undefined, fullName: string | null | undefined) {
  const known = name ?? fullName;
  return known ? { name: known, fullName: fullName ?? null } : null;
}

function toTags(keywords: string[]): PaperRecord["tags"] {
  const names = keywords.map((word) => cleanLine(word).replace(/\s+/g, " "));
  const byName = new Map(names.map((name) => [name.toLowerCase(), name]));
  byName.delete("");
  return [...byName.values()].map((name) => ({ name, source: "hub" }));
}

function orNull(value: string): string | null {
  return value === "" ? null : value;
}
