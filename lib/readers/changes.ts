import { Prisma } from "../db/generated/client";
import { database, type Transaction } from "../db/open-database";
import { rows } from "../db/rows";
import { whenFree } from "../db/when-free";

/** The tables of marks; a row is a paper that has the mark. */
export type Mark = "Bookmark" | "Seen";

/** How things were before a change: of each paper when it had been given the mark, null where it had none. */
export type Before = { [mark in Mark]?: [paperKey: number, createdAt: string | null][] } & {
  settings?: string;
};

export type Change = { said: string; before: Before };

// A reader who wants back what was a hundred changes ago looks for it elsewhere.
const remembered = 100;

const newestOf = (reader: string) =>
  ({
    where: { readerId: reader, undoneAt: null },
    orderBy: { id: "desc" },
  }) satisfies Prisma.ChangeFindFirstArgs;

/** Makes a change of the reader's own things that `undo` takes back. `make` returns null where it changed nothing. */
export async function change(
  reader: string,
  make: (tx: Transaction) => Promise<Change | null>,
): Promise<void> {
  await whenFree(() =>
    database().$transaction(async (tx) => {
      await lock(tx, reader);
      const made = await make(tx);
      if (!made) return;
      const { said, before } = made;
      const { id } = await tx.change.create({
        data: { readerId: reader, madeAt: new Date(), said, before: JSON.stringify(before) },
      });
      await tx.change.deleteMany({ where: { readerId: reader, id: { lte: id - remembered } } });
    }),
  );
}

/**
 * Takes the last change back that was not taken back yet, and says which it was; null where there is none, or where it is
 * not the one of the number `known`.
 */
export async function undo(reader: string, known?: number): Promise<string | null> {
  return whenFree(() =>
    database().$transaction(async (tx) => {
      await lock(tx, reader);
      const last = await tx.change.findFirst(newestOf(reader));
      if (!last || (known !== undefined && last.id !== known)) return null;
      const { settings, ...marks } = JSON.parse(last.before) as Before; // only `change` writes it
      for (const [mark, rows] of Object.entries(marks)) await restore(tx, reader, mark as Mark, rows); // its own keys
      if (settings !== undefined) await tx.reader.update({ where: { id: reader }, data: { settings } });
      await tx.change.update({ where: { id: last.id }, data: { undoneAt: new Date() } });
      return last.said;
    }),
  );
}

/** The last change that can be undone. */
export async function findLastChange(
  reader: string,
): Promise<{ id: number; said: string; madeAt: Date } | null> {
  return database().change.findFirst({ ...newestOf(reader), select: { id: true, said: true, madeAt: true } });
}

/** The id of the one paper that the last change was of; null where it was of several, or of settings. */
export async function findPaperOfLastChange(reader: string): Promise<string | null> {
  const db = database();
  const last = await db.change.findFirst({ ...newestOf(reader), select: { before: true } });
  const { settings: _, ...marks } = JSON.parse(last?.before ?? "{}") as Before; // only `change` writes it
  const [key, ...others] = Object.values(marks).flatMap((rows) => rows.map(([key]) => key));
  if (key === undefined || others.length > 0) return null;
  return (await db.paper.findUnique({ where: { key }, select: { id: true } }))?.id ?? null;
}

/** Gives papers a mark or takes it away; returns how it was with those that had it otherwise. */
export async function mark(
  tx: Transaction,
  reader: string,
  name: Mark,
  keys: number[],
  on: boolean,
): Promise<[number, string | null][]> {
  const table = Prisma.raw(`"${name}"`);
  const asked = rows(
    keys.map((key) => ({ key })),
    { key: "int" },
  );
  const found = await tx.$queryRaw<{ key: bigint; createdAt: Date | null }[]>`
    SELECT p."key" AS key, m."createdAt" AS "createdAt" FROM ${asked} AS asked JOIN "Paper" AS p ON p."key" = asked.key
    LEFT JOIN ${table} AS m ON m."paperKey" = p."key" AND m."readerId" = ${reader}`;
  const before = found
    .filter(({ createdAt }) => (createdAt !== null) !== on)
    .map(({ key, createdAt }): [number, string | null] => [Number(key), createdAt?.toISOString() ?? null]);
  const changed = rows(
    before.map(([key]) => ({ key })),
    { key: "int" },
  );
  if (on) {
    await tx.$executeRaw`INSERT INTO ${table} ("readerId", "paperKey", "createdAt")
      SELECT ${reader}, changed.key, ${new Date()} FROM ${changed} AS changed`;
  } else {
    await tx.$executeRaw`DELETE FROM ${table}
      WHERE "readerId" = ${reader} AND "paperKey" IN (SELECT changed.key FROM ${changed} AS changed)`;
  }
  return before;
}

/** Of papers that have gone meanwhile there is nothing to restore. */
async function restore(
  tx: Transaction,
  reader: string,
  name: Mark,
  before: [number, string | null][],
): Promise<void> {
  const table = Prisma.raw(`"${name}"`);
  const marks = rows(
    before.map(([key, createdAt]) => ({ key, createdAt: createdAt === null ? null : new Date(createdAt) })),
    { key: "int", createdAt: "time" },
  );
  await tx.$executeRaw`DELETE FROM ${table} WHERE "readerId" = ${reader} AND "paperKey" IN
    (SELECT before.key FROM ${marks} AS before WHERE before."createdAt" IS NULL)`;
  await tx.$executeRaw`INSERT INTO ${table} ("readerId", "paperKey", "createdAt")
    SELECT ${reader}, before.key, before."createdAt" FROM ${marks} AS before
    WHERE before."createdAt" IS NOT NULL AND before.key IN (SELECT "key" FROM "Paper")
    ON CONFLICT DO NOTHING`;
}

/** A write, which takes the lock: what is read after it stays true until the end (when-free.ts). */
async function lock(tx: Transaction, reader: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Reader" SET id = id WHERE id = ${reader}`;
}
