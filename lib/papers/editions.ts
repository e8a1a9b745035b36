import { type Day, monthEnd, moveDay, toWeek, weekStart } from "../days";
import { type Database, sharedDatabase } from "../db/client";
import { factsOf } from "../formats";
import type { Paper } from "../paper";
import { type DayState, findDayState } from "./day-state";
import { findLatestListedDay, findNearestListedDays } from "./listed";
import { countDays } from "./periods";
import { loadPapers } from "./rows";

/** The orders within each section of an edition. The first is that of the listing. */
export const editionOrders = ["hub", "upvotes", "newest"] as const;
export type EditionOrder = (typeof editionOrders)[number];

export type Edition = {
  day: Day;
  order: EditionOrder;
  /** The nearest days with an edition. */
  previous: Day | null;
  next: Day | null;
  isSample: boolean;
  state: DayState;
  /** Papers by the format that listed them, most reliable format first. Empty on a day without papers. */
  sections: { format: string; papers: Paper[] }[];
  /** The number of papers on each of 21 days: this ISO week, from Monday, and the two before. */
  dayCounts: { day: Day; papers: number }[];
  /** The same for each day of the month. */
  monthDays: { day: Day; papers: number }[];
  /** The most common tags of the whole edition, and the number of papers with each. */
  topics: { name: string; papers: number }[];
  /** The tag that the papers are narrowed to. */
  tag: string | null;
};

type Placed = { key: number; format: string; sample: boolean };

/**
 * The papers of a day in the order of their listings: by format, then latest import, then place. arXiv's announcements are
 * not a selection of the day's papers, so they come last.
 */
export async function listEditionEntries(db: Database, day: Day): Promise<Placed[]> {
  const entries = await db.entry.findMany({
    where: { listedOn: day },
    select: {
      paperKey: true,
      place: true,
      upvotes: true,
      listing: { select: { id: true, format: true, kind: true, sample: true } },
    },
  });
  entries.sort(
    (a, b) =>
      factsOf(a.listing.format).place - factsOf(b.listing.format).place ||
      Number(b.listing.kind === "day") - Number(a.listing.kind === "day") ||
      b.listing.id - a.listing.id ||
      // A file that spans many days has an order of its own, so within a day its papers go by upvotes.
      (a.listing.format === "jsonl" ? (b.upvotes ?? -1) - (a.upvotes ?? -1) : 0) ||
      a.place - b.place,
  );
  const placed = new Map<number, Placed>();
  for (const { paperKey, listing } of entries) {
    if (!placed.has(paperKey))
      placed.set(paperKey, { key: paperKey, format: listing.format, sample: listing.sample });
  }
  return [...placed.values()];
}

/** The edition of a day, which may have no papers. With a tag, only its papers with that. */
export async function findEdition(
  day: Day,
  order: EditionOrder = "hub",
  tag: string | null = null,
): Promise<Edition> {
  const db = sharedDatabase();
  const placed = await listEditionEntries(db, day);
  const papers = await loadPapers(
    db,
    placed.map((paper) => paper.key),
  );
  const sections = new Map<string, Paper[]>();
  for (const [index, paper] of papers.entries()) {
    if (tag !== null && !paper.tags.some(({ name }) => name === tag)) continue;
    const format = placed[index]?.format ?? "";
    sections.set(format, [...(sections.get(format) ?? []), paper]);
  }
  const { before, after } = await findNearestListedDays(db, day, day);
  const monday = weekStart(toWeek(day));
  const [firstWeek, sunday] = [moveDay(monday, -14), moveDay(monday, 6)];
  const month = day.slice(0, 7);
  const [monthFrom, monthTo] = [`${month}-01`, monthEnd(month)];
  const [first = day, , , last = day] = [firstWeek, sunday, monthFrom, monthTo].sort();
  const counts = await countDays(first, last);
  return {
    day,
    previous: before,
    next: after,
    isSample: placed.some((paper) => paper.sample),
    state: await findDayState(day, placed.length),
    order,
    sections: [...sections].map(([format, of]) => ({ format, papers: sortPapers(of, order) })),
    dayCounts: counts.filter((count) => count.day >= firstWeek && count.day <= sunday),
    monthDays: counts.filter((count) => count.day.startsWith(month)),
    topics: countTopics(papers),
    tag,
  };
}

const maxTopics = 9;

/** Tags of at least two papers, most common first. arXiv's categories are too broad to narrow a day. */
function countTopics(papers: Paper[]): Edition["topics"] {
  const counts = new Map<string, number>();
  for (const { name, source } of papers.flatMap(({ tags }) => tags))
    if (source !== "arxiv") counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([a, x], [b, y]) => y - x || a.localeCompare(b, "en"))
    .slice(0, maxTopics)
    .map(([name, count]) => ({ name, papers: count }));
}

/** Unknown values come last. Ties keep the listing's order. */
function sortPapers(papers: Paper[], order: EditionOrder): Paper[] {
  if (order === "upvotes") return papers.toSorted((a, b) => (b.upvotes ?? -1) - (a.upvotes ?? -1));
  if (order === "newest")
    return papers.toSorted((a, b) => (b.publishedOn ?? "").localeCompare(a.publishedOn ?? ""));
  return papers;
}

/** The order in an address, or the listing's order if it has no valid one. */
export function toOrder(named: unknown): EditionOrder {
  return editionOrders.find((order) => order === named) ?? "hub";
}

/** The latest real edition, or the sample if there is none, or null in an empty library. */
export async function findLatestEdition(order: EditionOrder = "hub"): Promise<Edition | null> {
  const db = sharedDatabase();
  const day = (await findLatestListedDay(db, false)) ?? (await findLatestListedDay(db, true));
  return day === null ? null : findEdition(day, order);
}

/** The content of /api/health. A sample edition counts as papers, but not as an edition. */
export async function describeLibrary(): Promise<{ papers: number; latestEdition: Day | null }> {
  const db = sharedDatabase();
  return { papers: await db.paper.count(), latestEdition: await findLatestListedDay(db, false) };
}

/** When the last import finished, even if it found nothing new. Null before the first. */
export async function findLastImportAt(): Promise<Date | null> {
  const revision = await sharedDatabase().revision.findUnique({ where: { id: 1 } });
  return revision?.importedAt ?? null;
}
