import { z } from "zod";
import { toArxivId } from "../../arxiv-id";
import { type Day, isDay } from "../../days";
import type { PaperRecord } from "../../paper";
import { cleanLine, cleanText } from "../clean";
import type { Context, Kind, Listing, ListingEntry, Rejection } from "../listing";
import { dayFromContext, placeInTime, requestIn } from "../place-in-time";
import { addressNotes, publicAddress } from "../public-address";
import { excerptOf, parseStored, reasonOf } from "../reasons";
import { BrokenItem } from "./hf-salvage";

const text = z.string();
const count = z.number().int("a whole number").nonnegative("a count from 0");
// Hugging Face writes times in UTC and, since April 2026, days as midnight UTC. So the day is the one written there.
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
      // Only for cards, which show no names.
      authorCount: count.nullish(),
      upvotes: count.nullish(),
      githubRepo: text.nullish(),
      githubStars: count.nullish(),
      projectPage: text.nullish(),
      organization: person.nullish(),
      ai_summary: text.nullish(),
      ai_keywords: z.array(text).nullish(),
      withdrawnAt: text.nullish(),
    }),
  })
  .refine((item) => cleanLine(item.title ?? item.paper.title ?? "") !== "", {
    path: ["title"],
    error: "a title that is not empty",
  });
type Item = z.output<typeof itemSchema>;

/**
 * The listing made of Hugging Face's items, for its API and its pages. `page` is what the response or page says about itself.
 * If the items of a day's list name their day, theirs wins.
 */
export function toHubListing(
  format: "hf-api" | "hf-page",
  items: unknown[],
  context: Context,
  page: { kind: Kind | null; period: string | null },
): Listing {
  const read: { place: number; item: Item; source: unknown }[] = [];
  const rejections: Rejection[] = [];
  for (const [index, source] of items.entries()) {
    if (source instanceof BrokenItem) {
      const reason = "expected a whole entry, got one that breaks off or is damaged";
      rejections.push({ entry: index + 1, reason, excerpt: excerptOf(source.text) });
      continue;
    }
    const parsed = itemSchema.safeParse(source);
    if (parsed.success) read.push({ place: index + 1, item: parsed.data, source });
    else {
      const reason = isPython(source)
        ? "expected an object, got Python text"
        : reasonOf(parsed.error, source);
      rejections.push({ entry: index + 1, reason, excerpt: excerptOf(source) });
    }
  }

  const requested = requestIn(context.url);
  const days = new Set(read.flatMap(({ item }) => item.paper.submittedOnDailyAt ?? []));
  // Several days in one list mean a week, a month or a search.
  const kind = context.kind ?? page.kind ?? requested?.kind ?? (days.size > 1 ? "search" : "day");
  const ownDay = days.size === 1 ? ([...days][0] ?? null) : null;
  const contextPeriod = kind === "day" ? dayFromContext(context) : (requested?.period ?? null);
  const candidates =
    kind === "day" ? [ownDay, page.period, contextPeriod] : [page.period, contextPeriod, ownDay];
  const knownPeriod = candidates.find((value) => placeInTime(kind, value).period !== null) ?? null;
  const { period, listedOn } = placeInTime(kind, knownPeriod ?? read[0]?.item.publishedAt ?? null);
  const entries = read.map(({ place, item, source }): ListingEntry => {
    const paper = toPaper(item, listedOn);
    const inner = cleanLine(item.paper.title ?? "");
    const notes = addressNotes({ code: item.paper.githubRepo, projectPage: item.paper.projectPage });
    const otherTitles = inner && inner !== paper.title ? [inner] : [];
    return { place, paper, otherTitles, source, ...(notes.length > 0 && { notes }) };
  });
  return {
    format,
    kind,
    period,
    listedOn,
    listedOnInferred: listedOn !== null && knownPeriod === null,
    entries,
    rejections,
  };
}

/** The record of a stored Hugging Face item, from the API or a page. */
export function rereadHubItem(source: unknown, listedOn: Day | null): PaperRecord {
  return toPaper(parseStored(itemSchema, source), listedOn);
}

// Some archives store Python's printed form of an object as a string.
export function isPython(item: unknown): boolean {
  return typeof item === "string" && /^\{'\w+':/.test(item);
}

function toPaper(item: Item, listedOn: Day | null): PaperRecord {
  const { paper } = item;
  const by = item.submittedBy ?? paper.submittedOnDailyBy;
  const organization = item.organization ?? paper.organization;
  const authors = paper.authors ?? [];
  const code = publicAddress(paper.githubRepo ?? "");
  return {
    arxivId: toArxivId(paper.id),
    // The outer title is on one line and has its TeX; the inner one is wrapped, and has lost its TeX.
    title: cleanLine(item.title ?? paper.title ?? ""),
    abstract: orNull(cleanText(paper.summary ?? item.summary ?? "")),
    authors: authors
      .filter((author) => !author.hidden)
      .map((author) => cleanLine(author.name))
      .filter((name) => name !== ""),
    authorCount: authors.length || (paper.authorCount ?? null),
    publishedOn: paper.publishedAt ?? null,
    listedOn: paper.submittedOnDailyAt ?? listedOn,
    upvotes: paper.upvotes ?? null,
    commentCount: item.numComments ?? null,
    tags: toTags(paper.ai_keywords ?? []),
    submittedBy: toPerson(by?.name ?? by?.user, by?.fullname),
    organization: toPerson(organization?.name, organization?.fullname),
    code: code ? { url: code, stars: paper.githubStars ?? null } : null,
    projectPage: publicAddress(paper.projectPage ?? ""),
    summary: paper.ai_summary ? { text: cleanLine(paper.ai_summary), source: "hub" } : null,
    withdrawn: paper.withdrawnAt ? true : null,
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
