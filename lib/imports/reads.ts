import type { Counts } from "../catalog/save";
import type { Database } from "../db/open-database";
import type { Rejection } from "../listings/listing";
import { excerptOf } from "../listings/reasons";
import { hideSecrets } from "../printable";

/** What is kept of one reading of a source. */
export type ReadRecord = {
  at: Date;
  source: string;
  url: string | null;
  /** What was read, or what was asked for where nothing came; null where neither is known. */
  format: string | null;
  kind: string | null;
  period: string | null;
  listedOn: string | null;
  counts: Counts;
  rejections: Rejection[];
  /** Why it was not read, or not to its end. */
  error: string | null;
  listingId: number | null;
};

// A file of a million damaged lines should not fill the library; the count says how many there were.
const mostRejections = 1000;

/** Adds a reading to the record of reads, with what could not be read; moves the revision, since days say how they were read. */
export async function recordRead(db: Database, read: ReadRecord): Promise<void> {
  const { counts, rejections, ...rest } = read;
  const told = {
    source: hideSecrets(read.source),
    url: read.url && hideSecrets(read.url),
    error: read.error && hideSecrets(read.error),
  };
  await db.$transaction([
    db.revision.update({ where: { id: 1 }, data: { number: { increment: 1 }, readAt: read.at } }),
    db.read.create({
      data: {
        ...rest,
        ...told,
        ...counts,
        rejections: {
          create: rejections.slice(0, mostRejections).map(({ entry, reason, excerpt }) => ({
            entry,
            reason: excerptOf(reason, 500),
            excerpt,
          })),
        },
      },
    }),
  ]);
}

/** Adds a reading of which nothing came: what was asked for, where that is known, and why. */
export function recordFailure(
  db: Database,
  source: string,
  { kind, period }: { kind: string | null; period: string | null },
  error: string,
): Promise<void> {
  return recordRead(db, {
    ...{ at: new Date(), source, url: null, format: null, kind, period },
    ...{ listedOn: kind === "day" ? period : null, counts: nothing, rejections: [], error, listingId: null },
  });
}

export const nothing: Counts = { listed: 0, new: 0, updated: 0, unchanged: 0, rejected: 0 };

// So many weeks of reads are shown.
const weeksShown = 4;
const mostShown = 500;

/**
 * The reads of the last four weeks that brought something, rejected something or failed, the latest first; `quiet` others
 * found nothing new. `more` are older or too many to show.
 */
export async function listReads(db: Database, now = new Date()) {
  const since = new Date(now.getTime() - weeksShown * 7 * 86_400_000);
  const lately = { at: { gte: since } };
  const loud = {
    OR: [{ new: { gt: 0 } }, { updated: { gt: 0 } }, { rejected: { gt: 0 } }, { error: { not: null } }],
  };
  const quiet = await db.read.count({ where: { ...lately, NOT: loud } });
  const reads = await db.read.findMany({
    where: { ...lately, ...loud },
    include: { rejections: { orderBy: { entry: "asc" }, take: 50 } },
    orderBy: { id: "desc" },
    take: mostShown,
  });
  return { reads, quiet, more: (await db.read.count()) - reads.length - quiet };
}

export type ShownRead = Awaited<ReturnType<typeof listReads>>["reads"][number];
