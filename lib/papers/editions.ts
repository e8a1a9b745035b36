import type { Day } from "../days";
import { type Database, database } from "../db/open-database";
import type { Paper } from "../paper";
import { loadPapers } from "./rows";

export type Edition = {
  day: Day;
  /** The nearest days that have an edition. */
  previous: Day | null;
  next: Day | null;
  isSample: boolean;
  /** Papers by the format that brought them, the most exact first; empty on a day without papers. */
  sections: { format: string; papers: Paper[] }[];
  /** When the library was last read; null before the first read. */
  readAt: Date | null;
};

// From the most exact to the least; where several listings share a day, the first that has a paper places it.
const exactness = ["hf-api", "hf-page", "arxiv-atom", "arxiv-rss", "arxiv-html", "text", "jsonl", "sample"];

type Placed = { key: number; format: string; sample: boolean };

/** The papers of a day as its listings placed them: by exactness of the format, then the newest read, then place. */
export async function listPlaced(db: Database, day: Day): Promise<Placed[]> {
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
      exactness.indexOf(a.listing.format) - exactness.indexOf(b.listing.format) ||
      Number(b.listing.kind === "day") - Number(a.listing.kind === "day") ||
      b.listing.id - a.listing.id ||
      // A file of many days has an order of its own; a day's list goes by upvotes.
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

/** The edition of a day, also of one without papers. */
export async function findEdition(day: Day): Promise<Edition> {
  const db = database();
  const placed = await listPlaced(db, day);
  const papers = await loadPapers(
    db,
    placed.map((paper) => paper.key),
  );
  const sections = new Map<string, Paper[]>();
  for (const [index, paper] of papers.entries()) {
    const format = placed[index]?.format ?? "";
    sections.set(format, [...(sections.get(format) ?? []), paper]);
  }
  const [previous, next, revision] = [
    await db.entry.findFirst({
      where: { listedOn: { lt: day } },
      orderBy: { listedOn: "desc" },
      select: { listedOn: true },
    }),
    await db.entry.findFirst({
      where: { listedOn: { gt: day } },
      orderBy: { listedOn: "asc" },
      select: { listedOn: true },
    }),
    await db.revision.findUnique({ where: { id: 1 } }),
  ];
  return {
    day,
    previous: previous?.listedOn ?? null,
    next: next?.listedOn ?? null,
    isSample: placed.some((paper) => paper.sample),
    sections: [...sections].map(([format, of]) => ({ format, papers: of })),
    readAt: revision?.readAt ?? null,
  };
}

/** The latest real edition; the sample while there is no other; null where the library has none at all. */
export async function findLatestEdition(): Promise<Edition | null> {
  const day = (await latestDay(false)) ?? (await latestDay(true));
  return day === null ? null : findEdition(day);
}

async function latestDay(sample: boolean): Promise<Day | null> {
  const entry = await database().entry.findFirst({
    where: { listedOn: { not: null }, listing: { sample } },
    orderBy: { listedOn: "desc" },
    select: { listedOn: true },
  });
  return entry?.listedOn ?? null;
}

/** What /api/health tells; a sample counts as papers, not as an edition. */
export async function describeLibrary(): Promise<{
  papers: number;
  latestEdition: Day | null;
  readAt: Date | null;
}> {
  const db = database();
  const [papers, latestEdition, revision] = [
    await db.paper.count(),
    await latestDay(false),
    await db.revision.findUnique({ where: { id: 1 } }),
  ];
  return { papers, latestEdition, readAt: revision?.readAt ?? null };
}
