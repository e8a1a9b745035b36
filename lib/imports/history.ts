import type { Counts } from "../catalog/save";
import type { Database } from "../db/client";
import type { ListingHead, Rejection } from "../listings/listing";
import { excerptOf } from "../listings/reasons";
import { hideSecrets } from "../printable";

/** The record of one import. */
export type ImportRecord = {
  at: Date;
  source: string;
  url: string | null;
  /** What was imported or, if nothing arrived, what was requested. Null if unknown. */
  format: string | null;
  kind: string | null;
  period: string | null;
  listedOn: string | null;
  counts: Counts;
  rejections: Rejection[];
  /** Why it failed or stopped early. */
  error: string | null;
  listingId: number | null;
};

// A file of a million damaged lines should not fill the library; the count says how many there were.
const maxRejections = 1000;

/** Records an import with its rejected entries. Moves the revision, because pages say when a day was imported. */
async function recordImport(db: Database, entry: ImportRecord): Promise<void> {
  const { counts, rejections, ...rest } = entry;
  const shown = {
    source: hideSecrets(entry.source),
    url: entry.url && hideSecrets(entry.url),
    error: entry.error && hideSecrets(entry.error),
  };
  await db.$transaction([
    db.revision.update({
      where: { id: 1 },
      data: { number: { increment: 1 }, ...(entry.error === null && { importedAt: entry.at }) },
    }),
    db.import.create({
      data: {
        ...rest,
        ...shown,
        ...counts,
        rejections: {
          create: rejections.slice(0, maxRejections).map(({ entry, reason, excerpt }) => ({
            entry,
            reason: excerptOf(reason, 500),
            excerpt,
          })),
        },
      },
    }),
  ]);
}

/** Records the import of a listing. `listingId` is null if nothing of it was saved. */
export function recordListing(
  db: Database,
  { format, kind, period, listedOn }: ListingHead,
  { source, url, at }: Pick<ImportRecord, "source" | "url" | "at">,
  result: Pick<ImportRecord, "counts" | "rejections" | "error" | "listingId">,
): Promise<void> {
  return recordImport(db, { at, source, url, format, kind, period, listedOn, ...result });
}

/** Records an import that failed: what was requested, if known, and why it failed. */
export function recordFailure(
  db: Database,
  source: string,
  { kind, period }: { kind: string | null; period: string | null },
  error: string,
): Promise<void> {
  return recordImport(db, {
    ...{ at: new Date(), source, url: null, format: null, kind, period },
    ...{ listedOn: kind === "day" ? period : null, counts: noCounts, rejections: [], error, listingId: null },
  });
}

export const noCounts: Counts = { listed: 0, new: 0, updated: 0, unchanged: 0, rejected: 0 };

// How many weeks of imports are shown.
const weeksShown = 4;
const maxShown = 500;

/**
 * The imports of the last four weeks that found something new, rejected something or failed, latest first. `quiet` counts
 * those that found nothing new, `more` the ones that are older or too many to show.
 */
export async function listImports(db: Database, now = new Date()) {
  const since = new Date(now.getTime() - weeksShown * 7 * 86_400_000);
  const recent = { at: { gte: since } };
  const notable = {
    OR: [{ new: { gt: 0 } }, { updated: { gt: 0 } }, { rejected: { gt: 0 } }, { error: { not: null } }],
  };
  const quiet = await db.import.count({ where: { ...recent, NOT: notable } });
  const imports = await db.import.findMany({
    where: { ...recent, ...notable },
    include: { rejections: { orderBy: { entry: "asc" }, take: 50 } },
    orderBy: { id: "desc" },
    take: maxShown,
  });
  return { imports, quiet, more: (await db.import.count()) - imports.length - quiet };
}

export type ShownImport = Awaited<ReturnType<typeof listImports>>["imports"][number];
