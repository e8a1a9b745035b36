import { type Database, database, type Transaction } from "../db/client";
import { retryWhileLocked } from "../db/retry-while-locked";
import { type ChangeKind, describeChange } from "../words/describe-changes";
import { type ListBefore, restoreLists } from "./list-rows";
import { restoreMarks, type Step } from "./mark-rows";
import { matchWatches } from "./watch-matches";
import { restoreWatches, type WatchBefore } from "./watch-rows";

/** What a change replaced besides marks, as it was before. */
export type Change = {
  /** What its words name: a state, a list or a tag. */
  about?: string;
  lists?: ListBefore[];
  watches?: WatchBefore[];
  settings?: Record<string, string>;
};

// Nobody presses Undo a hundred times.
const maxChanges = 100;

/** Makes a change that `undo` can take back. `make` returns null if it changed nothing. Marks record themselves (mark-rows.ts). */
export async function change(
  reader: string,
  kind: ChangeKind,
  make: (step: Step) => Promise<Change | null>,
): Promise<void> {
  await retryWhileLocked(() =>
    database().$transaction(async (tx) => {
      await lock(tx, reader);
      const { id } = await tx.change.create({ data: { readerId: reader, madeAt: new Date(), kind } });
      const made = await make({ tx, reader, changeId: id });
      if (!made) return void (await tx.change.delete({ where: { id } }));
      const { about = null, lists, watches, settings } = made;
      const data = {
        about,
        lists: lists && lists.length > 0 ? JSON.stringify(lists) : null,
        watches: watches ? JSON.stringify(watches) : null,
        settings: settings ? JSON.stringify(settings) : null,
      };
      await tx.change.update({ where: { id }, data });
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

/**
 * Undoes the last change that is not undone yet, and returns it in words. Null if there is none, or if its id is not
 * `expectedId`.
 */
export async function undo(reader: string, expectedId?: number): Promise<string | null> {
  const undone = await retryWhileLocked(() =>
    database().$transaction(async (tx) => {
      await lock(tx, reader);
      const last = await findLast(tx, reader);
      if (!last || (expectedId !== undefined && last.id !== expectedId)) return null;
      await restoreSettings(tx, reader, last.settings);
      await restoreLists(tx, reader, last.lists);
      await restoreWatches(tx, reader, last.watches);
      await restoreMarks({ tx, reader, changeId: last.id });
      await tx.change.update({ where: { id: last.id }, data: { undoneAt: new Date() } });
      return last;
    }),
  );
  if (undone && undone.watches.length > 0) await matchWatches();
  return undone && inWords(undone);
}

type Last = {
  id: number;
  kind: ChangeKind;
  about: string | null;
  settings: Record<string, string>;
  lists: ListBefore[];
  watches: WatchBefore[];
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
      kind: ChangeKind; // written only by `change`, and so are settings, lists and watches
      about: string | null;
      settings: string | null;
      lists: string | null;
      watches: string | null;
      madeAt: Date;
      papers: bigint;
      undone: bigint;
      paperId: string | null;
      title: string | null;
    }[]
  >`
    SELECT c.id, c.kind, c.about, c.settings, c.lists, c.watches, c."madeAt", p.id AS "paperId", p.title,
      (SELECT count(DISTINCT m."paperKey") FROM "ChangedMark" AS m WHERE m."changeId" = c.id) AS papers,
      (SELECT count(*) FROM "Change" AS later WHERE later."readerId" = c."readerId" AND later.id > c.id) AS undone
    FROM "Change" AS c LEFT JOIN "Paper" AS p
      ON p.key = (SELECT min(m."paperKey") FROM "ChangedMark" AS m WHERE m."changeId" = c.id)
    WHERE c."readerId" = ${reader} AND c."undoneAt" IS NULL ORDER BY c.id DESC LIMIT 1`;
  if (!row) return null;
  const { kind, about, madeAt, paperId, title } = row;
  return {
    id: Number(row.id),
    kind,
    about,
    settings: JSON.parse(row.settings ?? "{}"),
    lists: JSON.parse(row.lists ?? "[]"),
    watches: JSON.parse(row.watches ?? "[]"),
    madeAt,
    papers: Number(row.papers),
    paper: paperId === null || title === null ? null : { id: paperId, title },
    isNewest: Number(row.undone) === 0,
  };
}

const inWords = ({ kind, papers, about, settings }: Last) =>
  describeChange(kind, { papers, about: about ?? "", settings: Object.keys(settings) });

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

async function restoreSettings(
  tx: Transaction,
  reader: string,
  before: Record<string, string>,
): Promise<void> {
  if (Object.keys(before).length === 0) return;
  const { settings } = await tx.reader.findUniqueOrThrow({ where: { id: reader } });
  const restored = JSON.stringify({ ...JSON.parse(settings), ...before });
  await tx.reader.update({ where: { id: reader }, data: { settings: restored } });
}

/** Writes first, because that takes the lock: nothing that is read afterward can change before the transaction ends. */
async function lock(tx: Transaction, reader: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Reader" SET id = id WHERE id = ${reader}`;
}
