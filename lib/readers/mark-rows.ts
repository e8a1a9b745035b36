import type { Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { toNoteTerms } from "../search/note-terms";

/** The tables of what a reader attaches to papers. */
const marks = ["Bookmark", "Seen", "Note", "ListedPaper", "OwnTag"] as const;
export type Mark = (typeof marks)[number];

/** A mark of a paper, as it is, was, or is to be. */
export type MarkRow = {
  mark: Mark;
  paperKey: number;
  /** The id of a list, the name of a tag. Otherwise empty. */
  item: string;
  /** When it was set; of a note, when it was written. Null if the paper does not have it. */
  createdAt: Date | null;
  /** The state of a bookmark, the text of a note. Null for other marks, and to leave the state as it is. */
  value: string | null;
};

/** The bookmarks of papers. New ones are to be read; those that are there stay as they are. */
export const toBookmarks = (keys: number[], createdAt: Date): MarkRow[] =>
  keys.map((paperKey) => ({ mark: "Bookmark", paperKey, item: "", createdAt, value: null }));

/**
 * Sets and clears marks of papers, each paper and item at most once, and returns those that changed as they were before. Applying
 * these again restores them. Papers and lists that do not exist are skipped. A mark that is there keeps its time, except a note.
 */
export async function applyRows(tx: Transaction, reader: string, wanted: MarkRow[]): Promise<MarkRow[]> {
  const before: MarkRow[] = [];
  for (const mark of marks) {
    const asked = wanted.filter((row) => row.mark === mark);
    if (asked.length === 0) continue;
    const changed = await findChanged(tx, reader, mark, asked);
    const removed = changed.filter(({ row }) => row.createdAt === null).map(({ row }) => row);
    const put = changed.filter(({ row }) => row.createdAt !== null).map(({ row }) => row);
    const names = mark === "OwnTag" ? await findNames(tx, reader, changed) : "";
    if (removed.length > 0) await tx.$executeRaw`${tables[mark].remove(reader, asTable(tx, removed))}`;
    if (put.length > 0) await tx.$executeRaw`${tables[mark].put(reader, asTable(tx, put))}`;
    // A page of a tag is shared until the reader has a tag of that name (lib/papers/filter.ts).
    if (mark === "OwnTag" && (await findNames(tx, reader, changed)) !== names)
      await tx.revision.update({ where: { id: 1 }, data: { number: { increment: 1 } } });
    before.push(...changed.map((one) => one.before));
  }
  return before;
}

/** The marks of a table that a reader has and that meet a condition on "paperKey" and `item`. */
export async function findRows(
  tx: Transaction,
  reader: string,
  mark: Mark,
  where: Prisma.Sql,
): Promise<MarkRow[]> {
  const found = await tx.$queryRaw<
    { paperKey: bigint; item: string; createdAt: Date; value: string | null }[]
  >`
    SELECT "paperKey", item, "createdAt", value FROM (${tables[mark].select(reader)}) AS t WHERE ${where}`;
  return found.map((row) => ({ ...row, mark, paperKey: Number(row.paperKey) }));
}

async function findChanged(tx: Transaction, reader: string, mark: Mark, asked: MarkRow[]) {
  const found = await tx.$queryRaw<{ place: bigint; createdAt: Date | null; value: string | null }[]>`
    SELECT asked.place AS place, t."createdAt" AS "createdAt", t.value AS value
    FROM ${rows(
      tx,
      asked.map(({ paperKey, item }, place) => ({ place, paperKey, item })),
      { place: "int", paperKey: "int", item: "text" },
    )} AS asked
    JOIN "Paper" AS p ON p."key" = asked."paperKey"
    LEFT JOIN (${tables[mark].select(reader)}) AS t ON t."paperKey" = asked."paperKey" AND t.item = asked.item`;
  return found.flatMap(({ place, createdAt, value }) => {
    const row = asked[Number(place)];
    if (!row) return [];
    const isThere = createdAt !== null;
    const isSame = isThere === (row.createdAt !== null) && (!isThere || [null, value].includes(row.value));
    return isSame ? [] : [{ row, before: { ...row, createdAt, value } }];
  });
}

/** Which of the tags in these rows the reader has on any paper. */
async function findNames(tx: Transaction, reader: string, changed: { row: MarkRow }[]): Promise<string> {
  const items = [...new Set(changed.map(({ row }) => row.item))].map((name) => ({ name }));
  const found = await tx.$queryRaw<{ name: string }[]>`
    SELECT asked.name AS name FROM ${rows(tx, items, { name: "text" })} AS asked
    WHERE EXISTS (SELECT 1 FROM "OwnTag" AS t WHERE t."readerId" = ${reader} AND t.name = asked.name)`;
  return JSON.stringify(found.map(({ name }) => name).sort());
}

const asTable = (tx: Transaction, records: MarkRow[]) =>
  rows(
    tx,
    records.map((row) => ({ ...row, terms: row.mark === "Note" ? toNoteTerms(row.value ?? "") : null })),
    { paperKey: "int", item: "text", createdAt: "time", value: "text", terms: "text" },
  );

type Table = {
  /** Its rows with the columns of a `MarkRow`. */
  select: (reader: string) => Prisma.Sql;
  /** Statements that put and remove the rows of a table of `MarkRow`s. */
  put: (reader: string, given: Prisma.Sql) => Prisma.Sql;
  remove: (reader: string, given: Prisma.Sql) => Prisma.Sql;
};

const tables: Record<Mark, Table> = {
  Bookmark: {
    select: (reader) => Prisma.sql`
      SELECT "paperKey", '' AS item, "createdAt", state AS value FROM "Bookmark" WHERE "readerId" = ${reader}`,
    put: (reader, given) => Prisma.sql`
      INSERT INTO "Bookmark" ("readerId", "paperKey", "createdAt", state)
      SELECT ${reader}, g."paperKey", g."createdAt", coalesce(g.value, 'toread') FROM ${given} AS g WHERE TRUE
      ON CONFLICT ("readerId", "paperKey") DO UPDATE SET state = excluded.state`,
    remove: (reader, given) => Prisma.sql`
      DELETE FROM "Bookmark" WHERE "readerId" = ${reader} AND "paperKey" IN (SELECT g."paperKey" FROM ${given} AS g)`,
  },
  Seen: {
    select: (reader) => Prisma.sql`
      SELECT "paperKey", '' AS item, "createdAt", NULL AS value FROM "Seen" WHERE "readerId" = ${reader}`,
    put: (reader, given) => Prisma.sql`
      INSERT INTO "Seen" ("readerId", "paperKey", "createdAt")
      SELECT ${reader}, g."paperKey", g."createdAt" FROM ${given} AS g WHERE TRUE ON CONFLICT DO NOTHING`,
    remove: (reader, given) => Prisma.sql`
      DELETE FROM "Seen" WHERE "readerId" = ${reader} AND "paperKey" IN (SELECT g."paperKey" FROM ${given} AS g)`,
  },
  Note: {
    select: (reader) => Prisma.sql`
      SELECT "paperKey", '' AS item, "updatedAt" AS "createdAt", text AS value FROM "Note" WHERE "readerId" = ${reader}`,
    put: (reader, given) => Prisma.sql`
      INSERT INTO "Note" ("readerId", "paperKey", text, terms, "updatedAt")
      SELECT ${reader}, g."paperKey", g.value, g.terms, g."createdAt" FROM ${given} AS g WHERE TRUE
      ON CONFLICT ("readerId", "paperKey")
      DO UPDATE SET text = excluded.text, terms = excluded.terms, "updatedAt" = excluded."updatedAt"`,
    remove: (reader, given) => Prisma.sql`
      DELETE FROM "Note" WHERE "readerId" = ${reader} AND "paperKey" IN (SELECT g."paperKey" FROM ${given} AS g)`,
  },
  ListedPaper: {
    select: (reader) => Prisma.sql`
      SELECT "paperKey", CAST("listId" AS TEXT) AS item, "createdAt", NULL AS value FROM "ListedPaper"
      WHERE "listId" IN (SELECT id FROM "ReaderList" WHERE "readerId" = ${reader})`,
    put: (reader, given) => Prisma.sql`
      INSERT INTO "ListedPaper" ("listId", "paperKey", "createdAt")
      SELECT l.id, g."paperKey", g."createdAt" FROM ${given} AS g
      JOIN "ReaderList" AS l ON CAST(l.id AS TEXT) = g.item AND l."readerId" = ${reader} WHERE TRUE
      ON CONFLICT DO NOTHING`,
    remove: (reader, given) => Prisma.sql`
      DELETE FROM "ListedPaper" WHERE ("listId", "paperKey") IN (SELECT l.id, g."paperKey" FROM ${given} AS g
        JOIN "ReaderList" AS l ON CAST(l.id AS TEXT) = g.item AND l."readerId" = ${reader})`,
  },
  OwnTag: {
    select: (reader) => Prisma.sql`
      SELECT "paperKey", name AS item, "createdAt", NULL AS value FROM "OwnTag" WHERE "readerId" = ${reader}`,
    put: (reader, given) => Prisma.sql`
      INSERT INTO "OwnTag" ("readerId", name, "paperKey", "createdAt")
      SELECT ${reader}, g.item, g."paperKey", g."createdAt" FROM ${given} AS g WHERE TRUE ON CONFLICT DO NOTHING`,
    remove: (reader, given) => Prisma.sql`
      DELETE FROM "OwnTag" WHERE "readerId" = ${reader}
        AND (name, "paperKey") IN (SELECT g.item, g."paperKey" FROM ${given} AS g)`,
  },
};
