import { database, type Transaction } from "../db/client";
import { databaseProblem } from "../db/problem";
import { retryWhileLocked } from "../db/retry-while-locked";
import { foldName } from "../fold-name";
import { change } from "./changes";
import { matchWatches, maxMatches } from "./watch-matches";
import type { WatchBefore } from "./watch-rows";

/** A search that a reader follows. */
export type Watch = {
  id: number;
  name: string;
  q: string;
  /** Whether its papers are folded in editions instead of marked. */
  mutes: boolean;
  /** How many papers came since it was last opened, and whether there are more than that. */
  fresh: number;
  isMore: boolean;
};

/** What a reader says of a watch. */
export type WatchDraft = { name: string; q: string; mutes: boolean };

/** More would slow down every import. */
export const maxWatches = 200;

/** A reader's watches in alphabetical order, compared with every paper in the library if that can be written. */
export async function listWatches(reader: string): Promise<Watch[]> {
  try {
    await matchWatches();
  } catch (error) {
    // A library that is full or read-only can still be read.
    if (databaseProblem(error) === null) throw error;
  }
  const found = await database().$queryRaw<
    { id: bigint; name: string; q: string; mutes: boolean | bigint; fresh: bigint }[]
  >`
    SELECT w.id, w.name, w.q, w.mutes, (SELECT count(*) FROM "WatchMatch" AS m
      WHERE m."watchId" = w.id AND m."createdAt" > w."openedAt") AS fresh
    FROM "Watch" AS w WHERE w."readerId" = ${reader}`;
  return found
    .map(({ id, name, q, mutes, fresh }) => ({
      ...{ id: Number(id), name, q, mutes: Boolean(mutes) },
      ...{ fresh: Number(fresh), isMore: Number(fresh) >= maxMatches },
    }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** Whether a reader watches exactly this search. */
export const isWatched = async (reader: string, q: string): Promise<boolean> =>
  q !== "" && (await database().watch.count({ where: { readerId: reader, q } })) > 0;

const toBefore = (watch: WatchDraft & { id: number; createdAt: Date; openedAt: Date }): WatchBefore => ({
  ...{ id: watch.id, name: watch.name, q: watch.q, mutes: watch.mutes },
  ...{ createdAt: watch.createdAt.toISOString(), openedAt: watch.openedAt.toISOString() },
});

const find = (tx: Transaction, reader: string, name: string) =>
  tx.watch.findUnique({ where: { readerId_folded: { readerId: reader, folded: foldName(name) } } });

/** Why a watch was not saved: it asks for nothing, another one has the name, there are `maxWatches`, or it was deleted. */
export type WatchProblem = "empty" | "name" | "many" | "gone";

/** Creates a watch, or changes the one with this id. Can be undone. The same again changes nothing. Null if it is there now. */
export async function saveWatch(
  reader: string,
  { name, q, mutes }: WatchDraft,
  id: number | null = null,
): Promise<WatchProblem | null> {
  if (q === "") return "empty"; // such as `sort:newest`
  let problem: WatchProblem | null = null;
  const data = { name, folded: foldName(name), q, mutes, filled: false };
  await change(reader, id === null ? "watched" : "rewatched", async ({ tx }) => {
    const other = await find(tx, reader, name);
    const known = id === null ? null : await tx.watch.findFirst({ where: { id, readerId: reader } });
    const isSame = (watch: WatchDraft) => watch.q === q && watch.mutes === mutes && watch.name === name;
    if (other && other.id !== id && (id !== null || !isSame(other))) problem = "name";
    else if (id !== null && !known) problem = "gone";
    else if (id === null && (await tx.watch.count({ where: { readerId: reader } })) >= maxWatches)
      problem = "many";
    if (problem || (other && isSame(other))) return null;
    const now = new Date();
    if (known) {
      // Of a new search, no paper is new yet.
      await tx.watch.update({
        where: { id: known.id },
        data:
          known.q === q ? { ...data, filled: known.filled } : { ...data, openedAt: now, openedBefore: null },
      });
      return { about: name, watches: [toBefore(known)] };
    }
    const times = { createdAt: now, openedAt: now };
    const created = await tx.watch.create({ data: { readerId: reader, ...data, ...times } });
    return { about: name, watches: [{ ...toBefore(created), name: null }] };
  });
  await matchWatches();
  return problem;
}

/** Deletes a watch. Can be undone. False if there is no such watch. */
export async function deleteWatch(reader: string, id: number): Promise<boolean> {
  let isDone = false;
  await change(reader, "unwatched", async ({ tx }) => {
    const known = await tx.watch.findFirst({ where: { id, readerId: reader } });
    isDone = known !== null;
    if (!known) return null;
    await tx.watch.delete({ where: { id } });
    return { about: known.name, watches: [toBefore(known)] };
  });
  return isDone;
}

/** The search of a watch, which counts as looked at from now on. Null if there is no such watch. */
export async function openWatch(reader: string, id: number): Promise<string | null> {
  const db = database();
  const known = await db.watch.findFirst({ where: { id, readerId: reader } });
  if (known)
    await retryWhileLocked(() =>
      db.watch.updateMany({ where: { id }, data: { openedAt: new Date(), openedBefore: known.openedAt } }),
    );
  return known?.q ?? null;
}
