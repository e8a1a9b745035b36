import type { Day } from "../days";
import { jsonEach } from "../db/json-each";
import type { Transaction } from "../db/open-database";

/** Of one paper; null is not said. */
export type Votes = { paperKey: number; upvotes: number | null; commentCount: number | null };

/**
 * Adds to the history of these papers what their upvotes and comments were on a day: a point where they differ from the
 * point before, one a day at most; each paper stands once in `votes`. What is not said stays as it was.
 */
export async function writeVotes(tx: Transaction, votes: Votes[], day: Day): Promise<void> {
  const said = votes.filter(({ upvotes, commentCount }) => upvotes !== null || commentCount !== null);
  if (said.length === 0) return;
  const rows = said.map(({ paperKey, upvotes, commentCount }) => [paperKey, upvotes, commentCount]);
  await tx.$executeRaw`
    INSERT INTO "VotePoint" ("paperKey", day, upvotes, "commentCount")
    SELECT said.value ->> 0, ${day}, coalesce(said.value ->> 1, last.upvotes), coalesce(said.value ->> 2, last."commentCount")
    FROM ${jsonEach(rows)} AS said
    LEFT JOIN "VotePoint" AS last ON last."paperKey" = said.value ->> 0 AND last.day =
      (SELECT max(day) FROM "VotePoint" WHERE "paperKey" = said.value ->> 0 AND day <= ${day})
    WHERE last.day IS NULL OR coalesce(said.value ->> 1, last.upvotes) IS NOT last.upvotes
      OR coalesce(said.value ->> 2, last."commentCount") IS NOT last."commentCount"
    ON CONFLICT ("paperKey", day) DO UPDATE SET upvotes = excluded.upvotes, "commentCount" = excluded."commentCount"`;
}
