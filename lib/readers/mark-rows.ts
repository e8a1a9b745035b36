import { isDeepStrictEqual } from "node:util";
import type { Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { toNoteTerms } from "../search/note-terms";

/** The tables of what a reader attaches to papers. */
const marks = ["Bookmark", "Seen", "Note", "ListedPaper", "OwnTag"] as const;
export type Mark = (typeof marks)[number];

/** A mark of a paper, as it is to be. */
export type MarkRow = {
  mark: Mark;
  paperKey: number;
  /** The id of a list, the name of a tag. Otherwise empty. */
  item: string;
  /** When it was set; of a note, when it was written. Null to clear it. */
  createdAt: Date | null;
  /** The state of a bookmark, the text of a note. Null for other marks, and to leave the state as it is. */
  value: string | null;
};

/** The bookmarks of papers. New ones are to be read; those that are there stay as they are. */
export const toBookmarks = (keys: number[], createdAt: Date): MarkRow[] =>
  keys.map((paperKey) => ({ mark: "Bookmark", paperKey, item: "", createdAt, value: null }));

/** A change while it is made. */
export type Step = { tx: Transaction; reader: string; changeId: number };

/**
 * Sets and clears marks of papers, each paper and item at most once, and returns how many were not like that already. Papers and
 * lists that do not exist are skipped. A mark that is there keeps its time, except a note.
 */
export async function applyRows(step: Step, wanted: MarkRow[]): Promise<number> {
  let changed = 0;
  for (const mark of marks) {
    const asked = wanted.filter((row) => row.mark === mark);
    const put = asked.filter(({ createdAt }) => createdAt !== null);
    const cleared = asked.filter(({ createdAt }) => createdAt === null);
    if (put.length > 0) changed += await putMarks(step, mark, asTable(step.tx, put));
    if (cleared.length > 0) changed += await clearMarks(step, mark, asTable(step.tx, cleared));
  }
  return changed;
}

/**
 * The same for marks of one table that a statement selects, with the columns "paperKey", item, "createdAt", value and terms. The
 * statement runs twice, before anything is written.
 */
export async function putMarks(
  { tx, reader, changeId }: Step,
  mark: Mark,
  wanted: Prisma.Sql,
): Promise<number> {
  const changed = await tx.$executeRaw`
    INSERT INTO "ChangedMark" ("changeId", "paperKey", mark, item, "createdAt", value)
    SELECT ${changeId}, w."paperKey", ${mark}, w.item, t."createdAt", t.value FROM ${wanted} AS w
    LEFT JOIN (${tables[mark].select(reader)}) AS t ON t."paperKey" = w."paperKey" AND t.item = w.item
    WHERE (t."createdAt" IS NULL OR t.value <> w.value)
      AND EXISTS (SELECT 1 FROM "Paper" AS p WHERE p."key" = w."paperKey")`;
  if (changed > 0) await write(tx, reader, mark, tables[mark].put(reader, recorded(changeId, mark, wanted)));
  return changed;
}

/** Clears the marks of one table that a statement selects, with the columns "paperKey" and item. */
export async function clearMarks(
  { tx, reader, changeId }: Step,
  mark: Mark,
  wanted: Prisma.Sql,
): Promise<number> {
  const changed = await tx.$executeRaw`
    INSERT INTO "ChangedMark" ("changeId", "paperKey", mark, item, "createdAt", value)
    SELECT ${changeId}, w."paperKey", ${mark}, w.item, t."createdAt", t.value FROM ${wanted} AS w
    CROSS JOIN (${tables[mark].select(reader)}) AS t WHERE t."paperKey" = w."paperKey" AND t.item = w.item`;
  if (changed > 0)
    await write(tx, reader, mark, tables[mark].remove(reader, recorded(changeId, mark, wanted)));
  return changed;
}

/** Those of the wanted marks that the change has recorded as they were before. SQLite looks each up, as in a CROSS JOIN above. */
const recorded = (changeId: number, mark: Mark, wanted: Prisma.Sql) => Prisma.sql`
  (SELECT w.* FROM ${wanted} AS w WHERE EXISTS (SELECT 1 FROM "ChangedMark" AS c
    WHERE c."changeId" = ${changeId} AND c."paperKey" = w."paperKey" AND c.mark = ${mark} AND c.item = w.item))`;

/** Restores the marks that a change recorded. Papers deleted since are skipped: their rows are gone. */
export async function restoreMarks({ tx, reader, changeId }: Step): Promise<void> {
  const found = await tx.$queryRaw<{ mark: Mark }[]>`
    SELECT DISTINCT mark FROM "ChangedMark" WHERE "changeId" = ${changeId}`;
  for (const { mark } of found) {
    const of = Prisma.sql`"ChangedMark" WHERE "changeId" = ${changeId} AND mark = ${mark}`;
    const removed = Prisma.sql`(SELECT * FROM ${of} AND "createdAt" IS NULL)`;
    const there = Prisma.sql`(SELECT * FROM ${of} AND "createdAt" IS NOT NULL)`;
    await write(tx, reader, mark, tables[mark].remove(reader, removed));
    const put = mark === "Note" ? await withTerms(tx, there) : there;
    await write(tx, reader, mark, tables[mark].put(reader, put));
  }
}

async function withTerms(tx: Transaction, notes: Prisma.Sql): Promise<Prisma.Sql> {
  const found = await tx.$queryRaw<{ paperKey: bigint; createdAt: Date; value: string }[]>`
    SELECT n."paperKey", n."createdAt", n.value FROM ${notes} AS n`;
  return asTable(
    tx,
    found.map((row) => ({ ...row, mark: "Note", paperKey: Number(row.paperKey), item: "" })),
  );
}

/** Writes into the table of a mark. */
async function write(tx: Transaction, reader: string, mark: Mark, statement: Prisma.Sql): Promise<void> {
  const findTags = () => tx.$queryRaw`
    SELECT DISTINCT name FROM "OwnTag" WHERE "readerId" = ${reader} ORDER BY name`;
  const before = mark === "OwnTag" ? await findTags() : [];
  await tx.$executeRaw`${statement}`;
  if (mark !== "OwnTag" || isDeepStrictEqual(before, await findTags())) return;
  // A page of a tag is shared until the reader has a tag of that name (lib/papers/filter.ts).
  await tx.revision.update({ where: { id: 1 }, data: { number: { increment: 1 } } });
}

/** The marks of a table that a reader has and that meet a condition on "paperKey" and `item`, as they are. */
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

const asTable = (tx: Transaction, records: MarkRow[]) =>
  rows(
    tx,
    records.map((row) => ({ ...row, terms: row.mark === "Note" ? toNoteTerms(row.value ?? "") : null })),
    { paperKey: "int", item: "text", createdAt: "time", value: "text", terms: "text" },
  );

type Table = {
  /** Its rows with the columns "paperKey", item, "createdAt" and value. */
  select: (reader: string) => Prisma.Sql;
  /** Statements that put and remove the rows of such a table; of notes, also with the column terms. */
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
