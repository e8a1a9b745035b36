import { type Database, database, type Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { retryWhileLocked } from "../db/retry-while-locked";
import { rows } from "../db/rows";
import { filterOf } from "../papers/filter";
import { type OwnPapers, treeOf } from "../papers/list";
import { search } from "../search/engine";
import type { Tree } from "../search/tree";
import { papersOf } from "./own-papers";
import { type Shown, shownCondition } from "./shown";

/** How many papers of a watch are remembered: the latest. */
export const maxMatches = 1000;
const papersAtOnce = 1000;

type Row = { id: number; readerId: string; q: string; filled: boolean };

/**
 * Compares the watches with papers that were saved since this was last done, and new watches with the papers that were there. An
 * import does it at its end; so whoever needs the matches only repeats it for imports that were interrupted.
 */
export async function matchWatches(): Promise<void> {
  const db = database();
  const watches: Row[] = await db.watch.findMany({
    select: { id: true, readerId: true, q: true, filled: true },
    orderBy: { id: "asc" },
  });
  const own = new Map<string, OwnPapers>();
  for (const { readerId } of watches) if (!own.has(readerId)) own.set(readerId, await papersOf(readerId));
  const toTree = ({ q, readerId }: Row): Tree => treeOf(filterOf({ q }), own.get(readerId) ?? null);
  for (const watch of watches) if (!watch.filled) await fill(db, watch, toTree(watch));
  for (;;) {
    const found = await db.unmatchedPaper.findMany({ orderBy: { id: "asc" }, take: papersAtOnce });
    if (found.length === 0) return;
    const keys = [...new Set(found.map(({ paperKey }) => paperKey))];
    const matches: { watchId: number; orderKey: number }[] = [];
    for (const watch of watches)
      for (const orderKey of await findAmong(db, toTree(watch), keys))
        matches.push({ watchId: watch.id, orderKey });
    // Papers that are saved again meanwhile have another row.
    const done = found.map(({ id }) => id);
    await write(db, done, keys, matches);
  }
}

/** The order keys of those of the papers that match. */
async function findAmong(db: Database, tree: Tree, keys: number[]): Promise<number[]> {
  const among: Tree = { row: { papers: Prisma.sql`SELECT given.key FROM ${toKeys(db, keys)} AS given` } };
  return search.page(
    db,
    { and: [among, tree] },
    { order: "newest", total: keys.length, offset: 0, limit: keys.length },
  );
}

/** Compares a watch with the papers that are there. Of a new watch, none counts as new. */
async function fill(db: Database, { id, q }: Row, tree: Tree): Promise<void> {
  const [total = 0] = await search.count(db, [tree], maxMatches);
  const orderKeys = await search.page(db, tree, { order: "newest", total, offset: 0, limit: maxMatches });
  await retryWhileLocked(() =>
    db.$transaction(async (tx) => {
      // It may have been changed meanwhile.
      const { count } = await tx.watch.updateMany({
        where: { id, q, filled: false },
        data: { filled: true },
      });
      if (count === 0) return;
      await tx.watchMatch.deleteMany({ where: { watchId: id } });
      await tx.$executeRaw`INSERT INTO "WatchMatch" ("watchId", "paperKey", "createdAt")
        SELECT w.id, p."key", CASE WHEN p."createdAt" > w."createdAt" THEN p."createdAt" ELSE w."createdAt" END FROM ${toRows(
          tx,
          orderKeys.map((orderKey) => ({ watchId: id, orderKey })),
        )} AS m
        JOIN "Paper" AS p ON p."orderKey" = m."orderKey" JOIN "Watch" AS w ON w.id = m."watchId"`;
    }),
  );
}

const toKeys = (db: Transaction, keys: number[]) =>
  rows(
    db,
    keys.map((key) => ({ key })),
    { key: "int" },
  );

const toRows = (db: Transaction, matches: { watchId: number; orderKey: number }[]) =>
  rows(db, matches, { watchId: "int", orderKey: "int" });

/** Replaces what matched of these papers. What matched before keeps its time. */
async function write(
  db: Database,
  done: number[],
  keys: number[],
  matches: { watchId: number; orderKey: number }[],
): Promise<void> {
  await retryWhileLocked(() =>
    db.$transaction(async (tx) => {
      await tx.$executeRaw`DELETE FROM "UnmatchedPaper" WHERE id IN (SELECT given.key FROM ${toKeys(tx, done)} AS given)`;
      await tx.$executeRaw`DELETE FROM "WatchMatch" WHERE "paperKey" IN (SELECT given.key FROM ${toKeys(tx, keys)} AS given)
        AND ("watchId", "paperKey") NOT IN (SELECT m."watchId", p."key" FROM ${toRows(tx, matches)} AS m
          JOIN "Paper" AS p ON p."orderKey" = m."orderKey")`;
      await tx.$executeRaw`INSERT INTO "WatchMatch" ("watchId", "paperKey", "createdAt")
        SELECT w.id, p."key", ${new Date()} FROM ${toRows(tx, matches)} AS m
        JOIN "Paper" AS p ON p."orderKey" = m."orderKey" JOIN "Watch" AS w ON w.id = m."watchId" WHERE TRUE
        ON CONFLICT DO NOTHING`;
      await tx.$executeRaw`DELETE FROM "WatchMatch" WHERE ("watchId", "paperKey") IN (
        SELECT "watchId", "paperKey" FROM (
          SELECT m."watchId", m."paperKey", row_number() OVER (PARTITION BY m."watchId" ORDER BY p."orderKey" DESC) AS place
          FROM "WatchMatch" AS m JOIN "Paper" AS p ON p."key" = m."paperKey"
          WHERE m."watchId" IN (SELECT "watchId" FROM "WatchMatch" GROUP BY "watchId" HAVING count(*) > ${maxMatches})
        ) AS placed WHERE place > ${maxMatches})`;
    }),
  );
}

/**
 * Which of a page's papers a reader's watches match: their ids, with the names of the watches in alphabetical order. `isNew`: the page
 * is that of a watch (its search is `q`), and the paper came since the reader had opened it before.
 */
export type WatchMarks = { id: string; marking: string[]; muting: string[]; isNew: boolean }[];

export async function findWatchMarks(reader: string, shown: Shown, q = ""): Promise<WatchMarks> {
  const db = database();
  const found = await db.$queryRaw<
    { id: string; name: string; mutes: boolean | bigint; isNew: boolean | bigint }[]
  >`
    SELECT p.id AS id, w.name AS name, w.mutes AS mutes,
      (w.q = ${q} AND m."createdAt" > coalesce(w."openedBefore", w."openedAt")) AS "isNew" FROM "Watch" AS w
    JOIN "WatchMatch" AS m ON m."watchId" = w.id JOIN "Paper" AS p ON p."key" = m."paperKey"
    WHERE w."readerId" = ${reader} AND ${shownCondition(db, shown)} ORDER BY p.id, w.folded`;
  const marks = new Map<string, WatchMarks[number]>();
  for (const { id, name, mutes, isNew } of found) {
    const mark = marks.get(id) ?? { id, marking: [], muting: [], isNew: false };
    mark[mutes ? "muting" : "marking"].push(name);
    mark.isNew ||= Boolean(isNew);
    marks.set(id, mark);
  }
  return [...marks.values()];
}

/** A reader's watches in alphabetical order, each with those of these papers that it matches. Those that mute are left out. */
export async function findWatched(
  reader: string,
  keys: number[],
): Promise<{ name: string; keys: number[] }[]> {
  await matchWatches();
  const db = database();
  const found = await db.$queryRaw<{ name: string; key: bigint }[]>`
    SELECT w.name AS name, m."paperKey" AS key FROM ${toKeys(db, keys)} AS asked
    JOIN "WatchMatch" AS m ON m."paperKey" = asked.key JOIN "Watch" AS w ON w.id = m."watchId"
    WHERE w."readerId" = ${reader} AND NOT w.mutes ORDER BY w.folded`;
  const watches = new Map<string, number[]>();
  for (const { name, key } of found) watches.set(name, [...(watches.get(name) ?? []), Number(key)]);
  return [...watches].map(([name, keys]) => ({ name, keys }));
}
