import type { Day } from "../days";
import { database } from "../db/client";
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
  const [row] = await db.$queryRaw<{ since: Day | null }[]>`
    SELECT coalesce(since, (SELECT max("listedOn") FROM "Entry")) AS since FROM "Reader" WHERE id = ${reader}`;
  const since = row?.since ?? null;
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
