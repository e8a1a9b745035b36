import type { Database } from "@/lib/db/client";
import { filterOf } from "@/lib/papers/filter";
import { treeOf } from "@/lib/papers/list";
import { search } from "@/lib/search/engine";
import { reorder, reordered, type Scored } from "@/lib/search/relevance";
import { planOf, titleMatch } from "@/lib/search/sqlite-plan";
import { allFieldsScore, maxSorted, titlesScore } from "@/lib/search/sqlite-ranking";
import { orderKeySql } from "@/lib/search/sqlite-titles";

/** The order keys of the first papers if every match is ranked, and those that search finds. The text must be words. */
export async function compareRanking(
  db: Database,
  q: string,
  limit: number,
): Promise<[exact: number[], found: number[]]> {
  const tree = treeOf(filterOf({ q }), null);
  const plan = planOf(tree);
  const [total = 0] = await search.count(db, [tree], Number.MAX_SAFE_INTEGER);
  const inTitle = titleMatch(plan);
  const ranked =
    total > maxSorted
      ? await db.$queryRaw<Ranked[]>`
        SELECT ${orderKeySql} AS key, 1 AS "inTitle", ${titlesScore} AS score FROM "TitleIndex"
        WHERE "TitleIndex" MATCH ${inTitle} ORDER BY score, key DESC LIMIT ${reordered}`
      : await db.$queryRaw<Ranked[]>`
        SELECT rowid AS key, ${allFieldsScore} AS score,
          +rowid IN (SELECT ${orderKeySql} FROM "TitleIndex" WHERE "TitleIndex" MATCH ${inTitle}) AS "inTitle"
        FROM "PaperIndex" WHERE "PaperIndex" MATCH ${plan.match} ORDER BY "inTitle" DESC, score, key DESC LIMIT ${reordered}`;
  const scored = ranked.map(
    ({ key, inTitle, score }): Scored => ({ key: Number(key), inTitle: Number(inTitle) === 1, score }),
  );
  const exact = await reorder(db, scored, tree);
  const found = await search.page(db, tree, { order: "relevance", total, offset: 0, limit });
  return [exact.slice(0, limit), found];
}

type Ranked = { key: bigint; inTitle: bigint; score: number };
