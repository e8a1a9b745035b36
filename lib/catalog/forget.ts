import type { Day } from "../days";
import type { Database, Transaction } from "../db/client";
import type { Listing } from "../db/prisma";
import { rows } from "../db/rows";
import { findOwned } from "../readers/paper-rows";
import { search } from "../search/engine";
import { countNames } from "../search/names";
import { toTerms } from "../search/terms";
import { countWords } from "../search/words";
import type { Priors } from "../tags/priors";
import { loadDrafts, setRecord, updateTags } from "./drafts";
import { rereadFigures } from "./figures";
import { learnPriors } from "./learn-priors";
import { type Known, merge } from "./merge";
import { type Contribution, loadContributions } from "./provenance";
import { type Votes, writeVotes } from "./votes";
import { writePapers } from "./write-papers";

/** The effect of removing a listing on its papers. */
export type Forgotten = { papers: number; removed: number; bookmarked: number };

/**
 * Removes a listing. Papers that no other listing has are deleted, unless a reader attached something to them; the others are
 * merged again from their remaining entries. Null if there is no such listing. The caller must remove the stored file, or a replay would
 * bring the listing back.
 */
export async function forget(db: Database, { id, url }: Listing): Promise<Forgotten | null> {
  const priors = await learnPriors(db);
  return db.$transaction(
    async (tx) => {
      await tx.revision.update({ where: { id: 1 }, data: { number: { increment: 1 } } });
      const removed = await removeListing(tx, { id });
      if (!removed) return null;
      // Otherwise Hugging Face would answer that nothing has changed, and the listing could not be imported again.
      if (url !== null) await tx.validator.deleteMany({ where: { url } });
      return refold(tx, removed.papers, priors, new Date());
    },
    { timeout: 600_000, maxWait: 60_000 },
  );
}

/** A removed listing: its number, its papers, and its imports. */
export type RemovedListing = { id: number; papers: number[]; imports: number[] };

/** Deletes a listing with its entries and its points in the history of votes. Null if it does not exist. */
export async function removeListing(
  tx: Transaction,
  where: { id: number } | { fingerprint: string },
): Promise<RemovedListing | null> {
  const listing = await tx.listing.findUnique({
    where,
    include: { entries: { select: { paperKey: true } }, imports: { select: { id: true } } },
  });
  if (!listing) return null;
  const papers = listing.entries.map(({ paperKey }) => paperKey);
  if (listing.asOf) {
    await tx.$executeRaw`DELETE FROM "VotePoint" WHERE day = ${listing.asOf}
      AND "paperKey" IN (SELECT taken."paperKey" FROM ${rows(tx, listing.entries, { paperKey: "int" })} AS taken)`;
  }
  await tx.listing.delete({ where: { id: listing.id } });
  return { id: listing.id, papers, imports: listing.imports.map(({ id }) => id) };
}

// SQLite accepts only a limited number of parameters.
const atOnce = 500;

/** Merges papers again from their entries. A paper without entries is deleted unless a reader attached something to it. */
export async function refold(tx: Transaction, keys: number[], priors: Priors, now: Date): Promise<Forgotten> {
  const all = [...new Set(keys)];
  const sum: Forgotten = { papers: all.length, removed: 0, bookmarked: 0 };
  for (let at = 0; at < all.length; at += atOnce) {
    const { removed, bookmarked } = await refoldSome(tx, all.slice(at, at + atOnce), priors, now);
    sum.removed += removed;
    sum.bookmarked += bookmarked;
  }
  return sum;
}

async function refoldSome(
  tx: Transaction,
  some: number[],
  priors: Priors,
  now: Date,
): Promise<Omit<Forgotten, "papers">> {
  const contributions = await loadContributions(tx, some);
  const loaded = await loadDrafts(tx, some);
  const bookmarked = await findOwned(tx, some);

  const orphans = loaded.filter(({ draft }) => draft.key !== null && !contributions.has(draft.key));
  const deleted = orphans.filter(({ draft }) => draft.key !== null && !bookmarked.has(draft.key));
  await search.remove(
    tx,
    deleted.map(({ draft }) => draft.orderKey),
  );
  const before = deleted.flatMap(({ draft }) => draft.indexed ?? []);
  await countNames(tx, before, []);
  await countWords(tx, before.map(toTerms), []);
  await tx.paper.deleteMany({ where: { key: { in: deleted.flatMap(({ draft }) => draft.key ?? []) } } });

  const changed = loaded.flatMap(({ draft }) => {
    const entries = draft.key === null ? undefined : contributions.get(draft.key);
    const [first, ...rest] = entries ?? [];
    if (!first) return [];
    const known = rest.reduce<Known>((all, { known }) => merge(all, known), first.known);
    known.record.tags = updateTags(known.record, draft.record, priors);
    // A paper keeps its address, even if the source of its arXiv id is gone.
    known.record.arxivId = draft.record.arxivId;
    setRecord(draft, known);
    return draft.changed ? [draft] : [];
  });
  await writePapers(tx, changed, now);
  await rereadFigures(tx, some);
  for (const [day, votes] of votesByDay(contributions)) await writeVotes(tx, votes, day);
  return { removed: deleted.length, bookmarked: orphans.length - deleted.length };
}

/** The history of votes from the entries. If a day has several, the last one counts, as in an import. */
function votesByDay(contributions: Map<number, Contribution[]>): [Day, Votes[]][] {
  const days = new Map<Day, Map<number, Votes>>();
  for (const [paperKey, entries] of contributions) {
    for (const { known, asOf } of entries) {
      const ofDay = days.get(asOf) ?? new Map<number, Votes>();
      const before = ofDay.get(paperKey);
      const { upvotes, commentCount } = known.record;
      ofDay.set(paperKey, {
        paperKey,
        upvotes: upvotes ?? before?.upvotes ?? null,
        commentCount: commentCount ?? before?.commentCount ?? null,
      });
      days.set(asOf, ofDay);
    }
  }
  return [...days].sort(([a], [b]) => a.localeCompare(b)).map(([day, of]) => [day, [...of.values()]]);
}
