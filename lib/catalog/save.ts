import type { Day } from "../days";
import type { Database, Transaction } from "../db/client";
import { rows } from "../db/rows";
import type { Batch, Listing, ListingEntry, ListingHead } from "../listings/listing";
import { figuresIn } from "../listings/parse";
import { packSource } from "../listings/source-bytes";
import type { Priors } from "../tags/priors";
import { finalDraft, moveAbsorbedRows, unindexAbsorbed } from "./absorb";
import { applyEntry, type Draft, type Drafts, findDraft, findDrafts } from "./drafts";
import { dropSample } from "./drop-sample";
import { writeFigures } from "./figures";
import { fingerprintOf } from "./fingerprint";
import { type RemovedListing, refold, removeListing } from "./forget";
import { dropSuperseded } from "./supersede";
import { type Votes, writeVotes } from "./votes";
import { keyOf, writePapers } from "./write-papers";

export type Counts = { listed: number; new: number; updated: number; unchanged: number; rejected: number };
/** `listingId` is null if nothing was saved. */
export type Saved = Counts & { listingId: number | null };
/**
 * Where and when a listing was imported, and what tags of new texts are based on. `asOf` is the day its votes are from.
 */
export type ImportInfo = { source: string; url: string | null; at: Date; asOf: Day; priors: Priors };

// A listing is a single transaction. The largest takes seconds; the limit is for a hanging disk.
const transactionLimits = { timeout: 600_000, maxWait: 60_000 };

/**
 * Saves a whole listing in one transaction. The same body again adds nothing, unless it replaces another listing, given
 * by its fingerprint: that one is removed first, and its papers are merged again.
 */
export async function saveListing(
  db: Database,
  listing: Listing,
  body: string,
  info: ImportInfo,
  replaces: string | null = null,
): Promise<Saved> {
  return saveBatch(db, listing, fingerprintOf(listing, body), listing, info, replaces);
}

/**
 * Saves a batch of a listing in one transaction. Places saved by an earlier run, perhaps interrupted, stay as they are.
 * Counts add up: listed = new + updated + unchanged + rejected.
 */
export async function saveBatch(
  db: Database,
  head: ListingHead,
  fingerprint: string,
  { entries, rejections }: Batch,
  read: ImportInfo,
  replaces: string | null = null,
): Promise<Saved> {
  return db.$transaction(async (tx) => {
    // First, because a write takes the lock: nothing that is read below can change before the end.
    const importedAt = head.format === "sample" ? undefined : read.at; // nothing has been imported yet
    await tx.revision.update({ where: { id: 1 }, data: { number: { increment: 1 }, importedAt } });
    const rejected = rejections.length;
    const counts = {
      listed: entries.length + rejected,
      new: 0,
      updated: 0,
      unchanged: entries.length,
      rejected,
    };
    if (head.format === "sample" && (await tx.paper.count()) > 0) return { ...counts, listingId: null };

    const removed = replaces === null ? null : await removeListing(tx, { fingerprint: replaces });
    const known = await tx.listing.findUnique({ where: { fingerprint } });
    const unsaved = known ? await leaveOutSaved(tx, known.id, entries) : entries;
    if (known && unsaved.length === 0) return { ...counts, listingId: known.id };
    if (head.format !== "sample" && unsaved.length > 0) await dropSample(tx);
    const id = known?.id ?? (await createListing(tx, head, read, fingerprint, removed));

    const drafts = await findDrafts(tx, unsaved);
    const alreadyListed = await findListed(tx, id, drafts);
    const placed: Placed[] = [];
    for (const entry of unsaved) {
      // A second place of a paper in this listing, from a previous run: already counted.
      const key = known && entry.place <= known.importedTo ? findDraft(drafts, entry)?.key : null;
      if (!key || !alreadyListed.has(key))
        placed.push({ entry, draft: applyEntry(drafts, entry, head.format, read.asOf, read.priors) });
    }
    const all = new Set(placed.map(({ draft }) => finalDraft(draft)));
    const touched = [...all].filter((draft) => draft.key === null || draft.changed);
    await unindexAbsorbed(tx, drafts.absorbed);
    await writePapers(tx, touched, read.at);
    await moveAbsorbedRows(tx, drafts.absorbed);
    await writeEntries(tx, id, alreadyListed, placed);
    if (head.format !== "sample") await writeVotes(tx, toVotes(placed), read.asOf);
    await writeFigures(
      tx,
      placed.map(({ entry, draft }) => ({
        paperKey: keyOf(finalDraft(draft)),
        urls: figuresIn(head.format, () => entry.source),
      })),
    );
    if (!known) await dropSuperseded(tx, id);
    if (removed)
      await refold(
        tx,
        [...removed.papers, ...placed.map(({ draft }) => keyOf(finalDraft(draft)))],
        read.priors,
        read.at,
      );
    const last = Math.max(0, ...entries.map((entry) => entry.place), ...rejections.map(({ entry }) => entry));
    if (last > (known?.importedTo ?? 0))
      await tx.listing.update({ where: { id }, data: { importedTo: last } });
    counts.new = touched.filter((draft) => draft.isNew).length;
    counts.updated = touched.length - counts.new;
    counts.unchanged = entries.length - touched.length;
    return { ...counts, listingId: id };
  }, transactionLimits);
}

type Placed = { entry: ListingEntry; draft: Draft };

/** If a paper appears twice in a listing, the first place counts. */
function toVotes(placed: Placed[]): Votes[] {
  const votes = new Map<number, Votes>();
  for (const { entry, draft } of placed) {
    const paperKey = keyOf(finalDraft(draft));
    const { upvotes, commentCount } = entry.paper;
    if (!votes.has(paperKey)) votes.set(paperKey, { paperKey, upvotes, commentCount });
  }
  return [...votes.values()];
}

async function leaveOutSaved(
  tx: Transaction,
  listingId: number,
  entries: ListingEntry[],
): Promise<ListingEntry[]> {
  const first = entries[0]?.place ?? 0;
  const last = entries.at(-1)?.place ?? 0;
  const saved = await tx.entry.findMany({
    where: { listingId, place: { gte: first, lte: last } },
    select: { place: true },
  });
  const places = new Set(saved.map((entry) => entry.place));
  return entries.filter((entry) => !places.has(entry.place));
}

/** The keys of the drafts that are already in the listing. */
async function findListed(tx: Transaction, listingId: number, drafts: Drafts): Promise<Set<number>> {
  const keys = [...drafts.byArxivId.values(), ...drafts.byTextId.values()].flatMap(({ key }) =>
    key === null ? [] : [{ key }],
  );
  const stored = await tx.$queryRaw<{ key: bigint }[]>`
    SELECT "paperKey" AS key FROM "Entry" WHERE "listingId" = ${listingId}
    AND "paperKey" IN (SELECT drafts.key FROM ${rows(tx, keys, { key: "int" })} AS drafts)`;
  return new Set(stored.map(({ key }) => Number(key)));
}

async function createListing(
  tx: Transaction,
  head: ListingHead,
  read: ImportInfo,
  fingerprint: string,
  removed: RemovedListing | null,
): Promise<number> {
  const { format, kind, period, listedOn, listedOnInferred } = head;
  const { id } = await tx.listing.create({
    data: {
      // Keeps the place of the removed listing in the order of import.
      ...(removed ? { id: removed.id, imports: { connect: removed.imports.map((id) => ({ id })) } } : {}),
      fingerprint,
      source: read.source,
      url: read.url,
      format,
      kind,
      period,
      listedOn,
      listedOnInferred,
      sample: format === "sample",
      importedAt: read.at,
      asOf: read.asOf,
    },
    select: { id: true },
  });
  return id;
}

async function writeEntries(
  tx: Transaction,
  listingId: number,
  alreadyListed: Set<number>,
  placed: Placed[],
): Promise<void> {
  const entries = placed.flatMap(({ entry, draft }) => {
    const paperKey = keyOf(finalDraft(draft));
    if (alreadyListed.has(paperKey)) return []; // twice in one listing: the first place counts
    alreadyListed.add(paperKey);
    const { listedOn, upvotes, commentCount } = entry.paper;
    const source = entry.derived?.packed ?? packSource(entry.source);
    return [{ place: entry.place, paperKey, listedOn, upvotes, commentCount, source }];
  });
  const columns = {
    place: "int",
    paperKey: "int",
    listedOn: "text",
    upvotes: "int",
    commentCount: "int",
    source: "bytes",
  } as const;
  await tx.$executeRaw`
    INSERT INTO "Entry" ("listingId", place, "paperKey", "listedOn", upvotes, "commentCount", source)
    SELECT ${listingId}, entry.place, entry."paperKey", entry."listedOn", entry.upvotes, entry."commentCount", entry.source
    FROM ${rows(tx, entries, columns)} AS entry`;
}
