import { closingTimeOf, type Day, moveDay } from "../days";
import { type Database, database, sharedDatabase } from "../db/client";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import type { Paper } from "../paper";
import { listEditionEntries } from "../papers/editions";
import { treeOf } from "../papers/list";
import { loadPapers } from "../papers/rows";
import { findLastVotesDay, findRising, type Rising } from "../papers/trending";
import { papersOf } from "../readers/own-papers";
import { findWatched } from "../readers/watch-matches";
import { search } from "../search/engine";
import { flatten, type Tree, withReader } from "../search/tree";

/** Which papers a digest brings. */
export type Digest = {
  /** What it is of: `Daily papers`, or the name of a watch or the words of a search. */
  name: string;
  q: string;
  rhythm: "daily" | "weekly";
  /** The edition's day; of a weekly one, the last day of its week. */
  day: Day;
  lead: Paper | null;
  groups: { title: string; papers: Paper[] }[];
  rising: Rising[];
  /** The keys of all its papers, including those it only counts, so that the next digest does not bring them again. */
  keys: number[];
};

export type Asked = Pick<Digest, "name" | "q" | "rhythm" | "day"> & {
  /** Keys that earlier digests of this search brought. */
  sent: number[];
  /** The first day whose papers it may bring: `day` for the first digest, an earlier one for papers that came late. */
  since: Day;
  /** With the reader's watches and their own papers. Null for a subscriber who is not the reader. */
  reader: string | null;
};

// More would be cut off by mail programs, or not read.
const maxShown = { daily: 60, weekly: 30 };
const maxKeys = 1000;
const maxCounted = 3000;
const maxRising = 5;

/**
 * The papers of a search in the editions from `since` to `day` that were not sent before: at most 1,000, the others come with the next.
 * Null if there are none. The edition decides about their order, whatever the search says.
 */
export async function findDigest({ sent, since, reader, ...head }: Asked): Promise<Digest | null> {
  const { q, rhythm, day } = head;
  const db = reader === null ? sharedDatabase() : database();
  const own = reader === null ? null : await papersOf(reader);
  const noPapers = () => Prisma.sql`SELECT key FROM "Paper" WHERE FALSE`;
  const asked = withReader(treeOf({ q }, own, day), noPapers); // a reader's own papers are nobody else's
  const tree: Tree = {
    and: [...flatten(asked), { row: { listed: { from: since, to: day } } }, notAmong(db, sent)],
  };
  const { keys, today } = await findKeys(db, tree, head);
  const [first] = keys;
  if (first === undefined) return null;
  const watches = reader === null ? [] : await findWatched(reader, keys);
  const named = [
    ...watches.map(({ name, keys: of }) => ({ title: name, keys: keys.filter((key) => of.includes(key)) })),
    {
      title: `More of the ${rhythm === "daily" ? "day" : "week"}`,
      keys: keys.filter((key) => today.has(key)),
    },
    { title: "Added to earlier editions", keys },
  ];
  // Each paper is in the first group that has it.
  const shown = new Set([first]);
  const groups: Digest["groups"] = [];
  for (const { title, keys: of } of named) {
    const added = [...new Set(of)].filter((key) => !shown.has(key)).slice(0, maxShown[rhythm] - shown.size);
    for (const key of added) shown.add(key);
    if (added.length > 0) groups.push({ title, papers: await loadPapers(db, added) });
  }
  const [lead = null] = await loadPapers(db, [first]);
  const papers = [...(lead ? [lead] : []), ...groups.flatMap((group) => group.papers)];
  const rising = rhythm === "daily" ? await findNewRising(day, papers) : [];
  return { ...head, lead, groups, rising, keys };
}

const notAmong = (db: Database, keys: number[]): Tree => ({
  not: {
    row: {
      papers: Prisma.sql`SELECT sent.key FROM ${rows(
        db,
        keys.map((key) => ({ key })),
        { key: "int" },
      )} AS sent`,
    },
  },
});

/**
 * The keys of the papers of a tree in their order, and which of them are of the digest's own day or week: for a day, its edition's
 * order, then what came late, newest first; for a week, most upvotes first.
 */
async function findKeys(
  db: Database,
  tree: Tree,
  { rhythm, day }: Pick<Digest, "rhythm" | "day">,
): Promise<{ keys: number[]; today: Set<number> }> {
  const [total = 0] = await search.count(db, [tree], maxCounted + 1);
  if (total === 0) return { keys: [], today: new Set() };
  const order = rhythm === "daily" ? "newest" : "upvotes";
  const orderKeys = await search.page(db, tree, { order, total, offset: 0, limit: maxKeys });
  const papers = await db.paper.findMany({
    where: { orderKey: { in: orderKeys.map(BigInt) } },
    select: { key: true, orderKey: true },
  });
  const byOrderKey = new Map(papers.map(({ key, orderKey }) => [Number(orderKey), key]));
  const keys = orderKeys.flatMap((orderKey) => byOrderKey.get(orderKey) ?? []);
  if (rhythm === "weekly") return { keys, today: new Set(keys) };
  const places = new Map((await listEditionEntries(db, day)).map(({ key }, place) => [key, place]));
  const placeOf = (key: number) => places.get(key) ?? places.size;
  return { keys: keys.toSorted((a, b) => placeOf(a) - placeOf(b)), today: new Set(places.keys()) };
}

/** What rose in the week up to a day, besides these papers. Nothing if the last known votes are of another time. */
async function findNewRising(day: Day, papers: Paper[]): Promise<Rising[]> {
  const lastVotes = await findLastVotesDay();
  if (lastVotes === null || lastVotes < moveDay(day, -7) || lastVotes > moveDay(day, 7)) return [];
  const ids = new Set(papers.map(({ id }) => id));
  const rising = await findRising(maxRising + ids.size, closingTimeOf(day));
  return rising.papers.filter(({ id }) => !ids.has(id)).slice(0, maxRising);
}
