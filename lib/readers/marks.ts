import { toArxivId } from "../arxiv-id";
import type { Day } from "../days";
import { Prisma } from "../db/generated/client";
import { database } from "../db/open-database";
import { rows } from "../db/rows";
import { retryWhileLocked } from "../db/when-free";
import { change, type Mark, mark } from "./changes";

/** Of more papers than this a form asks in several steps. */
export const mostAtOnce = 2000;

const kinds = {
  Bookmark: { on: "bookmarked", off: "unbookmarked" },
  Seen: { on: "seen", off: "unseen" },
} as const;

/**
 * Sets or clears a reader's mark on papers, in a way that can be undone; false where none of them is here. Former
 * ids and versions are followed.
 */
export async function setMark(reader: string, name: Mark, ids: string[], on: boolean): Promise<boolean> {
  const papers = await findPapers(ids);
  if (papers.length === 0) return false;
  const keys = papers.map(({ key }) => key);
  if (name === "Seen") await beginCatchingUp(reader);
  await change(reader, async (tx) => {
    const before = await mark(tx, reader, name, keys, on);
    return before.length === 0 ? null : { kind: kinds[name][on ? "on" : "off"], before };
  });
  return true;
}

/**
 * Remembers that papers were passed by or opened. It is no change that a reader makes, so there is nothing to undo; false
 * where none of them is here.
 */
export async function markPassed(reader: string, ids: string[]): Promise<boolean> {
  const papers = await findPapers(ids);
  if (papers.length === 0) return false;
  await beginCatchingUp(reader);
  await retryWhileLocked(
    () => database().$executeRaw`INSERT INTO "Seen" ("readerId", "paperKey", "createdAt")
      SELECT ${reader}, paper.key, ${new Date()} FROM ${rows(papers, { key: "int" })} AS paper WHERE TRUE
      ON CONFLICT DO NOTHING`,
  );
  return true;
}

/** What is seen first is what a reader catches up from: the edition that was the latest then. */
async function beginCatchingUp(reader: string): Promise<void> {
  const db = database();
  const { since } = await db.reader.findUniqueOrThrow({ where: { id: reader }, select: { since: true } });
  if (since !== null) return;
  await retryWhileLocked(
    () =>
      db.$executeRaw`UPDATE "Reader" SET since = (SELECT max("listedOn") FROM "Entry") WHERE id = ${reader}`,
  );
}

type Found = { key: number };

async function findPapers(ids: string[]): Promise<Found[]> {
  const db = database();
  const former = await db.formerId.findMany({ where: { id: { in: ids } }, select: { paperKey: true } });
  return db.paper.findMany({
    where: {
      OR: [
        { id: { in: ids.flatMap((id) => [id, toArxivId(id) ?? id]) } },
        { key: { in: former.map(({ paperKey }) => paperKey) } },
      ],
    },
    select: { key: true },
  });
}

/** The reader's marks on papers of a page, by id, and of how many papers in all. */
export type Marks = { bookmarked: string[]; seen: string[]; of: number };

/** A reader's marks on these papers, or on those that were listed on a day. */
export async function findMarks(reader: string, which: { ids: string[] } | { day: Day }): Promise<Marks> {
  const db = database();
  const found = await db.$queryRaw<{ id: string; kept: bigint; seen: bigint }[]>`
    SELECT p.id AS id,
      EXISTS (SELECT 1 FROM "Bookmark" WHERE "readerId" = ${reader} AND "paperKey" = p."key") AS kept,
      EXISTS (SELECT 1 FROM "Seen" WHERE "readerId" = ${reader} AND "paperKey" = p."key") AS seen
    FROM "Paper" AS p WHERE ${
      "day" in which
        ? Prisma.sql`p."key" IN (SELECT "paperKey" FROM "Entry" WHERE "listedOn" = ${which.day})`
        : Prisma.sql`p.id IN (SELECT asked.id FROM ${rows(
            which.ids.map((id) => ({ id })),
            { id: "text" },
          )} AS asked)`
    }`;
  const having = (name: "kept" | "seen") =>
    found.filter((row) => Number(row[name]) === 1).map(({ id }) => id);
  return { bookmarked: having("kept"), seen: having("seen"), of: found.length };
}
