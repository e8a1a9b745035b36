import { type Database, database, type Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { retryWhileLocked } from "../db/retry-while-locked";
import { rows } from "../db/rows";
import { type ChangeKind, describeChange } from "../words/describe-changes";

/** The tables of marks. A row is a paper with the mark. */
export type Mark = "Bookmark" | "Seen";

/** A paper before a change: when it got the mark, or null if it had none. */
export type MarkBefore = { paperKey: number; createdAt: Date | null };

/** A change and what it replaced: the marks of some papers, or some settings. */
export type Change =
  | { kind: Exclude<ChangeKind, "settings">; before: MarkBefore[] }
  | { kind: "settings"; before: Record<string, string> };

const tables: Record<Exclude<ChangeKind, "settings">, Mark> = {
  bookmarked: "Bookmark",
  unbookmarked: "Bookmark",
  seen: "Seen",
  unseen: "Seen",
};

// Nobody presses Undo a hundred times.
const maxChanges = 100;

/** Makes a change that `undo` can take back. `make` returns null if it changed nothing. */
export async function change(
  reader: string,
  make: (tx: Transaction) => Promise<Change | null>,
): Promise<void> {
  await retryWhileLocked(() =>
    database().$transaction(async (tx) => {
      await lock(tx, reader);
      const result = await make(tx);
      if (!result) return;
      const { id } = await tx.change.create({
        data: {
          readerId: reader,
          madeAt: new Date(),
          kind: result.kind,
          settings: result.kind === "settings" ? JSON.stringify(result.before) : null,
        },
      });
      if (result.kind !== "settings") {
        await tx.$executeRaw`INSERT INTO "ChangedMark" ("changeId", "paperKey", "createdAt")
          SELECT ${id}, before."paperKey", before."createdAt" FROM ${asTable(tx, result.before)} AS before`;
      }
      const forgotten = await tx.change.findFirst({
        where: { readerId: reader },
        orderBy: { id: "desc" },
        skip: maxChanges,
        select: { id: true },
      });
      if (forgotten) await tx.change.deleteMany({ where: { readerId: reader, id: { lte: forgotten.id } } });
    }),
  );
}

const asTable = (tx: Transaction, before: MarkBefore[]) =>
  rows(tx, before, { paperKey: "int", createdAt: "time" });

/**
 * Undoes the last change that is not undone yet, and returns it in words. Null if there is none, or if its id is not
 * `expectedId`.
 */
export async function undo(reader: string, expectedId?: number): Promise<string | null> {
  return retryWhileLocked(() =>
    database().$transaction(async (tx) => {
      await lock(tx, reader);
      const last = await findLast(tx, reader);
      if (!last || (expectedId !== undefined && last.id !== expectedId)) return null;
      if (last.kind === "settings") await restoreSettings(tx, reader, last.settings);
      else await restoreMarks(tx, reader, tables[last.kind], last.id);
      await tx.change.update({ where: { id: last.id }, data: { undoneAt: new Date() } });
      return inWords(last);
    }),
  );
}

type Last = {
  id: number;
  kind: ChangeKind;
  settings: Record<string, string>;
  madeAt: Date;
  papers: number;
  /** The first of its papers. */
  paper: { id: string; title: string } | null;
  isNewest: boolean;
};

/** The last change that is not undone. In one statement, because every page waits for it. */
async function findLast(db: Database | Transaction, reader: string): Promise<Last | null> {
  const [row] = await db.$queryRaw<
    {
      id: bigint;
      kind: ChangeKind; // written only by `change`, and so are the settings
      settings: string | null;
      madeAt: Date;
      papers: bigint;
      undone: bigint;
      paperId: string | null;
      title: string | null;
    }[]
  >`
    SELECT c.id, c.kind, c.settings, c."madeAt", p.id AS "paperId", p.title,
      (SELECT count(*) FROM "ChangedMark" AS m WHERE m."changeId" = c.id) AS papers,
      (SELECT count(*) FROM "Change" AS later WHERE later."readerId" = c."readerId" AND later.id > c.id) AS undone
    FROM "Change" AS c LEFT JOIN "Paper" AS p
      ON p.key = (SELECT min(m."paperKey") FROM "ChangedMark" AS m WHERE m."changeId" = c.id)
    WHERE c."readerId" = ${reader} AND c."undoneAt" IS NULL ORDER BY c.id DESC LIMIT 1`;
  if (!row) return null;
  const { kind, madeAt, paperId, title } = row;
  return {
    id: Number(row.id),
    kind,
    settings: JSON.parse(row.settings ?? "{}"),
    madeAt,
    papers: Number(row.papers),
    paper: paperId === null || title === null ? null : { id: paperId, title },
    isNewest: Number(row.undone) === 0,
  };
}

const inWords = ({ kind, papers, settings }: Last) =>
  describeChange(kind, { papers, settings: Object.keys(settings) });

/** The last change that can be undone. `paper` is the one it touched; null if it touched several, or settings. */
export type LastChange = {
  id: number;
  message: string;
  madeAt: Date;
  paper: { id: string; title: string } | null;
  /** False if a later change was undone already. */
  isNewest: boolean;
};

export async function findLastChange(reader: string): Promise<LastChange | null> {
  const last = await findLast(database(), reader);
  if (!last) return null;
  const { id, madeAt, papers, paper, isNewest } = last;
  return { id, message: inWords(last), madeAt, paper: papers === 1 ? paper : null, isNewest };
}

/** Sets or clears a mark of papers. Returns the papers it changed, as they were before. */
export async function mark(
  tx: Transaction,
  reader: string,
  name: Mark,
  keys: number[],
  on: boolean,
): Promise<MarkBefore[]> {
  const table = Prisma.raw(`"${name}"`);
  const wanted = rows(
    tx,
    keys.map((key) => ({ key })),
    { key: "int" },
  );
  const found = await tx.$queryRaw<{ key: bigint; createdAt: Date | null }[]>`
    SELECT p."key" AS key, m."createdAt" AS "createdAt" FROM ${wanted} AS asked JOIN "Paper" AS p ON p."key" = asked.key
    LEFT JOIN ${table} AS m ON m."paperKey" = p."key" AND m."readerId" = ${reader}`;
  const before = found
    .filter(({ createdAt }) => (createdAt !== null) !== on)
    .map(({ key, createdAt }) => ({ paperKey: Number(key), createdAt }));
  if (on) {
    await tx.$executeRaw`INSERT INTO ${table} ("readerId", "paperKey", "createdAt")
      SELECT ${reader}, changed."paperKey", ${new Date()} FROM ${asTable(tx, before)} AS changed`;
  } else {
    await tx.$executeRaw`DELETE FROM ${table} WHERE "readerId" = ${reader}
      AND "paperKey" IN (SELECT changed."paperKey" FROM ${asTable(tx, before)} AS changed)`;
  }
  return before;
}

/** Papers deleted since are skipped: their rows are gone. */
async function restoreMarks(tx: Transaction, reader: string, name: Mark, changeId: number): Promise<void> {
  const table = Prisma.raw(`"${name}"`);
  await tx.$executeRaw`DELETE FROM ${table} WHERE "readerId" = ${reader} AND "paperKey" IN
    (SELECT "paperKey" FROM "ChangedMark" WHERE "changeId" = ${changeId} AND "createdAt" IS NULL)`;
  await tx.$executeRaw`INSERT INTO ${table} ("readerId", "paperKey", "createdAt")
    SELECT ${reader}, "paperKey", "createdAt" FROM "ChangedMark"
    WHERE "changeId" = ${changeId} AND "createdAt" IS NOT NULL
    ON CONFLICT DO NOTHING`;
}

async function restoreSettings(
  tx: Transaction,
  reader: string,
  before: Record<string, string>,
): Promise<void> {
  const { settings } = await tx.reader.findUniqueOrThrow({ where: { id: reader } });
  const restored = JSON.stringify({ ...JSON.parse(settings), ...before });
  await tx.reader.update({ where: { id: reader }, data: { settings: restored } });
}

/** Writes first, because that takes the lock: nothing that is read afterward can change before the transaction ends. */
async function lock(tx: Transaction, reader: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Reader" SET id = id WHERE id = ${reader}`;
}
