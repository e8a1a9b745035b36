import type { Day } from "../days";
import type { Transaction } from "../db/open-database";
import { rows } from "../db/rows";

/** Of one paper; null is not said. */
export type Votes = { paperKey: number; upvotes: number | null; commentCount: number | null };

/**
 * Adds to the history of these papers what their upvotes and comments were on a day: a point where they differ from the
 * point before, one a day at most; each paper stands once in `votes`. What is not said stays as it was.
 */
export async function writeVotes(tx: Transaction, votes: Votes[], day: Day): Promise<void> {
  const said = votes.filter(({ upvotes, commentCount }) => upvotes !== null || commentCount !== null);
  if (said.length === 0) return;
  const columns = { paperKey: "int", upvotes: "int", commentCount: "int" } as const;
  await tx.$executeRaw`
    INSERT INTO "VotePoint" ("paperKey", day, upvotes, "commentCount")
    SELECT said."paperKey", ${day}, coalesce(said.upvotes, last.upvotes), coalesce(said."commentCount", last."commentCount")
    FROM ${rows(said, columns)} AS said
    LEFT JOIN "VotePoint" AS last ON last."paperKey" = said."paperKey" AND last.day =
      (SELECT max(day) FROM "VotePoint" WHERE "paperKey" = said."paperKey" AND day <= ${day})
    WHERE last.day IS NULL OR coalesce(said.upvotes, last.upvotes) IS DISTINCT FROM last.upvotes
      OR coalesce(said."commentCount", last."commentCount") IS DISTINCT FROM last."commentCount"
    ON CONFLICT ("paperKey", day) DO UPDATE SET upvotes = excluded.upvotes, "commentCount" = excluded."commentCount"`;
}
