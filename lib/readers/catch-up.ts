import { type Day, toEpochDay } from "../days";
import { type Database, database } from "../db/client";
import { Prisma } from "../db/prisma";
import type { Paper } from "../paper";
import { loadPapers } from "../papers/rows";

/** New papers of the editions since `since`, earliest first: the ids of all, and the first ones by day. */
export type CatchUp = {
  since: Day | null;
  ids: string[];
  days: { day: Day; papers: Paper[] }[];
};

const shown = 50;

/** A reader's Catch up queue. Each paper is in it once, under the first day that listed it. */
export async function findUnseen(reader: string): Promise<CatchUp> {
  const db = database();
  const since = await findStart(db, reader);
  // By upvotes, which is close to the order of Hugging Face.
  const rows = await db.$queryRaw<{ key: bigint; id: string; day: Day }[]>`
    SELECT p."key" AS key, p.id AS id, min(e."listedOn") AS day FROM "Entry" AS e
    JOIN "Paper" AS p ON p."key" = e."paperKey"
    WHERE e."listedOn" >= ${since} AND NOT EXISTS
      (SELECT 1 FROM "Seen" WHERE "readerId" = ${reader} AND "paperKey" = e."paperKey")
    GROUP BY p."key" ORDER BY day, p.upvotes DESC NULLS LAST, min(e.place), p."key"`;
  const first = rows.slice(0, shown);
  const papers = await loadPapers(
    db,
    first.map(({ key }) => Number(key)),
  );
  const days = new Map<Day, Paper[]>();
  for (const [index, paper] of papers.entries()) {
    const day = first[index]?.day ?? "";
    days.set(day, [...(days.get(day) ?? []), paper]);
  }
  return { since, ids: rows.map(({ id }) => id), days: [...days].map(([day, of]) => ({ day, papers: of })) };
}

/** The first day of a reader's queue: where they started, or the latest edition if they have seen nothing yet. */
async function findStart(db: Database, reader: string): Promise<Day | null> {
  const [row] = await db.$queryRaw<{ since: Day | null }[]>`
    SELECT coalesce(since, (SELECT max("listedOn") FROM "Entry")) AS since FROM "Reader" WHERE id = ${reader}`;
  return row?.since ?? null;
}

/** SQL: the keys of the papers in a reader's queue. */
export const unseenBy = (reader: string) => Prisma.sql`
  SELECT e."paperKey" FROM "Entry" AS e WHERE e."listedOn" >= coalesce(
      (SELECT since FROM "Reader" WHERE id = ${reader}), (SELECT max("listedOn") FROM "Entry"))
    AND NOT EXISTS (SELECT 1 FROM "Seen" AS s WHERE s."readerId" = ${reader} AND s."paperKey" = e."paperKey")`;

const countedTo = 100;
// A paper may have been listed on several days, but not on ten.
const entriesRead = 10 * countedTo;

/** An edition with papers that are new to a reader, and how many. `isNear`: its weekday is enough of a name. */
export type NextNew = { day: Day; papers: number; isNear: boolean } | null;

/**
 * What is new to a reader: `unseen` is the number of papers in the queue as the menu shows it (`64`, `99+`, or nothing).
 * `next` is where to read on after an edition: the next later one with new papers, queued or not, or else the earliest
 * in the queue. Null without an edition, or if nothing is new.
 */
export async function findNew(reader: string, after: Day | null): Promise<{ unseen: string; next: NextNew }> {
  const db = database();
  const since = await findStart(db, reader);
  return {
    unseen: await countUnseen(db, reader, since),
    next: after === null ? null : await findNext(db, reader, since, after),
  };
}

async function countUnseen(db: Database, reader: string, since: Day | null): Promise<string> {
  const [row] = await db.$queryRaw<{ papers: bigint }[]>`
    SELECT count(DISTINCT "paperKey") AS papers FROM (
      SELECT "paperKey" FROM "Entry" AS e WHERE "listedOn" >= ${since} AND NOT EXISTS
        (SELECT 1 FROM "Seen" WHERE "readerId" = ${reader} AND "paperKey" = e."paperKey")
      ORDER BY "listedOn" LIMIT ${entriesRead}) AS unseen`;
  const papers = Number(row?.papers ?? 0);
  if (papers === 0) return "";
  return papers < countedTo ? String(papers) : `${countedTo - 1}+`;
}

async function findNext(db: Database, reader: string, since: Day | null, after: Day): Promise<NextNew> {
  const unseen = (range: Prisma.Sql) => db.$queryRaw<{ day: Day; papers: bigint }[]>`
    SELECT "listedOn" AS day, count(DISTINCT "paperKey") AS papers FROM "Entry" AS e
    WHERE ${range} AND NOT EXISTS
      (SELECT 1 FROM "Seen" WHERE "readerId" = ${reader} AND "paperKey" = e."paperKey")
    GROUP BY "listedOn" ORDER BY "listedOn" LIMIT 1`;
  // Two statements, because each then ends at the first day in the index; one with OR would read every entry.
  const [later] = await unseen(Prisma.sql`"listedOn" > ${after}`);
  const [row] = later ? [later] : await unseen(Prisma.sql`"listedOn" >= ${since} AND "listedOn" < ${after}`);
  if (!row) return null;
  const isNear = Math.abs(toEpochDay(row.day) - toEpochDay(after)) < 7;
  return { day: row.day, papers: Number(row.papers), isNear };
}
