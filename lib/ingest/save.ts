import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Database, Transaction } from "../db/open-database";
import { toColumns } from "../db/paper-row";
import { removeTerms, type Searchable, writeTerms } from "../search/sqlite";
import { countWords } from "../search/words";
import { type Draft, findDrafts, takeEntry, toSearchable } from "./drafts";
import { dropSample } from "./drop-sample";
import type { Listing, ListingEntry } from "./listing";
import { assignOrderKeys } from "./order-key";

export type Counts = { listed: number; new: number; updated: number; unchanged: number; rejected: number };
/** What was read, and where and when. */
export type Read = { source: string; url: string | null; body: string; at: Date };

// A listing is one transaction; the largest takes seconds, the bound is for a disk that hangs.
const longest = { timeout: 600_000, maxWait: 60_000 };

/**
 * Saves a listing in one transaction: all of it or nothing. The same body read again adds nothing. Counts add up:
 * listed = new + updated + unchanged + rejected.
 */
export async function saveListing(db: Database, listing: Listing, read: Read): Promise<Counts> {
  return db.$transaction(async (tx) => {
    // First, because it takes the write lock: what is read below stays true until the end.
    await tx.revision.update({ where: { id: 1 }, data: { number: { increment: 1 }, readAt: read.at } });
    const counts: Counts = {
      listed: 0,
      new: 0,
      updated: 0,
      unchanged: 0,
      rejected: listing.rejections.length,
    };
    counts.listed = listing.entries.length + counts.rejected;
    if (listing.format === "sample" && (await tx.paper.count()) > 0) return counts;

    const fingerprint = fingerprintOf(listing, read.body);
    const known = await tx.listing.findUnique({
      where: { fingerprint },
      include: { entries: { select: { place: true } } },
    });
    const seen = new Set(known?.entries.map((entry) => entry.place));
    const fresh = listing.entries.filter((entry) => !seen.has(entry.place));
    counts.unchanged = listing.entries.length - fresh.length;
    if (known && fresh.length === 0) return counts;

    if (listing.format !== "sample" && fresh.length > 0) await dropSample(tx);
    const id = known?.id ?? (await createListing(tx, listing, read, fingerprint));
    const drafts = await findDrafts(
      tx,
      fresh.map((entry) => entry.paper),
    );
    const placed = fresh.map((entry) => ({ entry, draft: takeEntry(drafts, entry.paper) }));
    const all = [...new Set(placed.map(({ draft }) => draft))];
    const touched = all.filter((draft) => draft.key === null || draft.changed);
    await writePapers(tx, touched, read.at);
    await writeEntries(tx, id, placed);
    counts.new = touched.filter((draft) => draft.isNew).length;
    counts.updated = touched.length - counts.new;
    counts.unchanged += fresh.length - touched.length;
    return counts;
  }, longest);
}

// The source is left out on purpose: a copy of a file says nothing new.
function fingerprintOf(listing: Listing, body: string): string {
  const { format, kind, period } = listing;
  return createHash("sha256")
    .update(JSON.stringify([format, kind, period]))
    .update(body)
    .digest("hex");
}

async function createListing(
  tx: Transaction,
  listing: Listing,
  read: Read,
  fingerprint: string,
): Promise<number> {
  const { format, kind, period, listedOn, listedOnInferred } = listing;
  const { id } = await tx.listing.create({
    data: {
      fingerprint,
      source: read.source,
      url: read.url,
      format,
      kind,
      period,
      listedOn,
      listedOnInferred,
      sample: format === "sample",
      readAt: read.at,
    },
    select: { id: true },
  });
  return id;
}

async function writePapers(tx: Transaction, drafts: Draft[], now: Date): Promise<void> {
  const moved = await assignOrderKeys(tx, drafts);
  await removeTerms(tx, moved);

  const born = drafts.filter((draft) => draft.key === null);
  for (const draft of drafts) {
    if (draft.key === null) continue;
    await tx.paper.update({ where: { key: draft.key }, data: { ...columns(draft), updatedAt: now } });
    if (draft.formerId) await tx.formerId.create({ data: { id: draft.formerId, paperKey: draft.key } });
  }
  const rows = born.map((draft) => ({ ...columns(draft), createdAt: now, updatedAt: now }));
  const keys = await tx.paper.createManyAndReturn({ data: rows, select: { key: true, id: true } });
  const keyById = new Map(keys.map((row) => [row.id, row.key]));
  for (const draft of born) draft.key = keyById.get(draft.id) ?? null;

  const rewritten = drafts.filter((draft) => draft.isNew || draft.textChanged);
  await writeParts(tx, rewritten);

  const indexed = drafts.filter((draft) => draft.isNew || draft.textChanged || draft.moved);
  await writeTerms(
    tx,
    indexed.map((draft) => ({ orderKey: draft.orderKey, paper: toSearchable(draft.record) })),
  );
  const gone = rewritten.flatMap((draft): Searchable[] => (draft.before ? [draft.before] : []));
  await countWords(
    tx,
    gone,
    rewritten.map((draft) => toSearchable(draft.record)),
  );
}

/** Authors and tags, a statement each: rows one by one through Prisma took half of a scrape's time. */
async function writeParts(tx: Transaction, drafts: Draft[]): Promise<void> {
  const known = drafts.filter((draft) => !draft.isNew).map(keyOf);
  await tx.author.deleteMany({ where: { paperKey: { in: known } } });
  await tx.tag.deleteMany({ where: { paperKey: { in: known } } });
  const authors = drafts.flatMap((draft) =>
    draft.record.authors.map((name, index) => [keyOf(draft), index + 1, name]),
  );
  const tags = drafts.flatMap((draft) =>
    draft.record.tags.map((tag, index) => [keyOf(draft), index + 1, tag.name, tag.source]),
  );
  await tx.$executeRaw`INSERT INTO "Author" ("paperKey", place, name)
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${JSON.stringify(authors)})`;
  await tx.$executeRaw`INSERT INTO "Tag" ("paperKey", place, name, source)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(${JSON.stringify(tags)})`;
}

function columns(draft: Draft) {
  const { id, textId, feedDay, record } = draft;
  return {
    ...toColumns(record),
    id,
    arxivId: record.arxivId,
    textId,
    feedDay,
    orderKey: BigInt(draft.orderKey),
  };
}

function keyOf(draft: Draft): number {
  if (draft.key === null) throw new Error(`save: paper ${draft.id} has no row yet`);
  return draft.key;
}

async function writeEntries(
  tx: Transaction,
  listingId: number,
  placed: { entry: ListingEntry; draft: Draft }[],
): Promise<void> {
  const stored = await tx.entry.findMany({ where: { listingId }, select: { paperKey: true } });
  const there = new Set(stored.map((entry) => entry.paperKey));
  const data = placed.flatMap(({ entry, draft }) => {
    const paperKey = keyOf(draft);
    if (there.has(paperKey)) return []; // twice in one listing: the first place counts
    there.add(paperKey);
    const { listedOn, upvotes, commentCount } = entry.paper;
    return [
      {
        listingId,
        place: entry.place,
        paperKey,
        listedOn,
        upvotes,
        commentCount,
        source: pack(entry.source),
      },
    ];
  });
  await tx.entry.createMany({ data });
}

function pack(source: unknown): Uint8Array<ArrayBuffer> {
  const json = Buffer.from(JSON.stringify(source));
  const small = gzipSync(json);
  return Uint8Array.from(small.length < json.length ? small : json);
}
