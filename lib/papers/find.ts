import { toArxivId } from "../arxiv-id";
import type { Day } from "../days";
import { type Database, sharedDatabase } from "../db/client";
import type { Figure, Paper } from "../paper";
import { listEditionEntries } from "./editions";
import { loadPapers, storedFigures, toFigures } from "./rows";

type Neighbor = { id: string; title: string };

export type PaperPage = {
  key: number;
  paper: Paper;
  /** All its pictures, in order. */
  figures: Figure[];
  formerIds: string[];
  /** The listings it appeared in, newest first. */
  entries: {
    format: string;
    kind: string;
    period: string | null;
    listedOn: Day | null;
    listedOnInferred: boolean;
    sample: boolean;
    place: number;
    total: number;
    upvotes: number | null;
    commentCount: number | null;
    importedAt: Date;
  }[];
  /** Its upvotes on the days they changed, oldest first. */
  votes: { day: Day; upvotes: number }[];
  /** Its tags except arXiv's categories, and whether another paper has each. */
  tags: { name: string; isShared: boolean }[];
  /** Its neighbors in its first edition. Null at either end, or without an edition. */
  previous: Neighbor | null;
  next: Neighbor | null;
  /** Its place in that edition, from 1, and the number of papers there. Null without an edition. */
  at: { place: number; total: number } | null;
};

/** The content of `/papers/{id}`: the paper; its current id, if `id` is a former one or has a version; or null. */
export async function findPaper(id: string): Promise<PaperPage | { movedTo: string } | null> {
  const db = sharedDatabase();
  const row = await db.paper.findUnique({
    where: { id },
    include: { formerIds: true, figures: storedFigures },
  });
  if (!row) return findMoved(db, id);
  const [paper] = await loadPapers(db, [row.key]);
  if (!paper) return null;
  const entries = await db.entry.findMany({
    where: { paperKey: row.key },
    include: { listing: { include: { _count: { select: { entries: true } } } } },
    omit: { source: true },
    orderBy: { listingId: "desc" },
  });
  const votes = await db.votePoint.findMany({
    where: { paperKey: row.key },
    select: { day: true, upvotes: true },
    orderBy: { day: "asc" },
  });
  const [figures = []] = await toFigures(db, [row.figures]);
  return {
    key: row.key,
    paper,
    figures,
    votes: votes.flatMap(({ day, upvotes }) => (upvotes === null ? [] : { day, upvotes })),
    tags: await listTags(db, row.key),
    formerIds: row.formerIds.map((former) => former.id),
    entries: entries.map(({ place, upvotes, commentCount, listedOn, listing }) => {
      const { format, kind, period, listedOnInferred, sample, importedAt, _count } = listing;
      return {
        format,
        kind,
        period,
        listedOn,
        listedOnInferred,
        sample,
        importedAt,
        place,
        total: _count.entries,
        upvotes,
        commentCount,
      };
    }),
    ...(await findNeighbors(db, row.key, row.feedDay)),
  };
}

async function listTags(db: Database, key: number): Promise<PaperPage["tags"]> {
  const tags = await db.$queryRaw<{ name: string; shared: bigint }[]>`
    SELECT t.name AS name, EXISTS
      (SELECT 1 FROM "Tag" AS o WHERE o.name = t.name AND o."paperKey" <> t."paperKey") AS shared
    FROM "Tag" AS t WHERE t."paperKey" = ${key} AND t.source <> 'arxiv' ORDER BY t.place`;
  return tags.map(({ name, shared }) => ({ name, isShared: Number(shared) === 1 }));
}

async function findMoved(db: Database, id: string): Promise<{ movedTo: string } | null> {
  const former = await db.formerId.findUnique({
    where: { id },
    include: { paper: { select: { id: true } } },
  });
  if (former) return { movedTo: former.paper.id };
  const bare = toArxivId(id); // 2508.04581v2 is a version of a paper stored without one
  if (bare === null || bare === id) return null;
  return (await db.paper.findUnique({ where: { id: bare } })) && { movedTo: bare };
}

async function findNeighbors(db: Database, key: number, feedDay: Day | null) {
  const placed = feedDay === null ? [] : await listEditionEntries(db, feedDay);
  const at = placed.findIndex((paper) => paper.key === key);
  const findNeighbor = async (step: number): Promise<Neighbor | null> => {
    const other = at < 0 ? undefined : placed[at + step];
    return other
      ? db.paper.findUnique({ where: { key: other.key }, select: { id: true, title: true } })
      : null;
  };
  return {
    previous: await findNeighbor(-1),
    next: await findNeighbor(1),
    at: at < 0 ? null : { place: at + 1, total: placed.length },
  };
}
