import type { Day } from "../days";
import type { Transaction } from "../db/client";
import { rows } from "../db/rows";

/** For one paper. Null means unknown. */
export type Votes = { paperKey: number; upvotes: number | null; commentCount: number | null };

/**
 * Adds the upvotes and comments of a day to the history of these papers: one point per day, and only if it differs from
 * the previous one. Each paper appears once in `votes`. Unknown values leave the history as it is.
 */
export async function writeVotes(tx: Transaction, votes: Votes[], day: Day): Promise<void> {
  const known = votes.filter(({ upvotes, commentCount }) => upvotes !== null || commentCount !== null);
  if (known.length === 0) return;
  const columns = { paperKey: "int", upvotes: "int", commentCount: "int" } as const;
  await tx.$executeRaw`
    INSERT INTO "VotePoint" ("paperKey", day, upvotes, "commentCount")
    SELECT known."paperKey", ${day}, coalesce(known.upvotes, last.upvotes), coalesce(known."commentCount", last."commentCount")
    FROM ${rows(tx, known, columns)} AS known
    LEFT JOIN "VotePoint" AS last ON last."paperKey" = known."paperKey" AND last.day =
      (SELECT max(day) FROM "VotePoint" WHERE "paperKey" = known."paperKey" AND day <= ${day})
    WHERE last.day IS NULL OR coalesce(known.upvotes, last.upvotes) IS DISTINCT FROM last.upvotes
      OR coalesce(known."commentCount", last."commentCount") IS DISTINCT FROM last."commentCount"
    ON CONFLICT ("paperKey", day) DO UPDATE SET upvotes = excluded.upvotes, "commentCount" = excluded."commentCount"`;
}
