import { database } from "../db/client";
import { retryWhileLocked } from "../db/retry-while-locked";
import { rows } from "../db/rows";
import { type ReadingState, stateNames } from "../words/reading-states";
import { change } from "./changes";
import { applyRows } from "./mark-rows";
import { findKeys } from "./paper-keys";
import { type Shown, shownCondition } from "./shown";

/** The most papers that one form may change. */
export const maxPapersPerForm = 10_000;

const kinds = {
  Bookmark: { on: "bookmarked", off: "unbookmarked" },
  Seen: { on: "seen", off: "unseen" },
} as const;

/**
 * Sets or clears a reader's mark on papers. Can be undone. Follows former ids and versions. False if none of the papers
 * is in the library.
 */
export async function setMark(
  reader: string,
  mark: keyof typeof kinds,
  ids: string[],
  on: boolean,
): Promise<boolean> {
  const keys = await findKeys(ids);
  if (keys.length === 0) return false;
  if (mark === "Seen") await startCatchUp(reader);
  await change(reader, kinds[mark][on ? "on" : "off"], async (step) => {
    const createdAt = on ? new Date() : null;
    const wanted = keys.map((paperKey) => ({ mark, paperKey, item: "", createdAt, value: null }));
    return (await applyRows(step, wanted)) > 0 ? {} : null;
  });
  return true;
}

/**
 * Marks papers as seen because the reader opened them or scrolled past. Readers do not do that on purpose, so it cannot be
 * undone. False if none of the papers is in the library.
 */
export async function markSeenInPassing(reader: string, ids: string[]): Promise<boolean> {
  const keys = await findKeys(ids);
  if (keys.length === 0) return false;
  await startCatchUp(reader);
  const db = database();
  await retryWhileLocked(
    () => db.$executeRaw`INSERT INTO "Seen" ("readerId", "paperKey", "createdAt")
      SELECT ${reader}, paper.key, ${new Date()} FROM ${rows(
        db,
        keys.map((key) => ({ key })),
        { key: "int" },
      )} AS paper WHERE TRUE ON CONFLICT DO NOTHING`,
  );
  return true;
}

/** Starts the Catch up queue with the latest edition when a reader sees their first paper. */
async function startCatchUp(reader: string): Promise<void> {
  const db = database();
  const { since } = await db.reader.findUniqueOrThrow({ where: { id: reader }, select: { since: true } });
  if (since !== null) return;
  await retryWhileLocked(
    () =>
      db.$executeRaw`UPDATE "Reader" SET since = (SELECT max("listedOn") FROM "Entry") WHERE id = ${reader}`,
  );
}

/** A reader's marks on the papers of a page, by id. `total` is the number of papers. */
export type Marks = {
  bookmarked: string[];
  seen: string[];
  /** What cards say of them: `Reading`, `Note`. To read is what most bookmarks are, so that is not said. */
  said: { id: string; words: string[] }[];
  total: number;
};

/** A reader's marks on the papers of a page. */
export async function findMarks(reader: string, shown: Shown): Promise<Marks> {
  const db = database();
  const found = await db.$queryRaw<{ id: string; state: ReadingState | null; seen: bigint; note: bigint }[]>`
    SELECT p.id AS id,
      (SELECT state FROM "Bookmark" WHERE "readerId" = ${reader} AND "paperKey" = p."key") AS state,
      EXISTS (SELECT 1 FROM "Note" WHERE "readerId" = ${reader} AND "paperKey" = p."key") AS note,
      EXISTS (SELECT 1 FROM "Seen" WHERE "readerId" = ${reader} AND "paperKey" = p."key") AS seen
    FROM "Paper" AS p WHERE ${shownCondition(db, shown)}`;
  const idsOf = (rows: typeof found) => rows.map(({ id }) => id);
  return {
    bookmarked: idsOf(found.filter(({ state }) => state !== null)),
    seen: idsOf(found.filter(({ seen }) => Number(seen) === 1)),
    said: found.flatMap(({ id, state, note }) => {
      const words = [
        ...(state === null || state === "toread" ? [] : [stateNames[state]]),
        ...(Number(note) === 1 ? ["Note"] : []),
      ];
      return words.length > 0 ? [{ id, words }] : [];
    }),
    total: found.length,
  };
}
