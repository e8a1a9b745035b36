import type { Database } from "../db/client";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { scanFor } from "./tokens";
import { childrenOf, flatten, type Tree } from "./tree";

/**
 * How well a paper matches, the best first:
 *
 * 1. Papers with everything in their title come before all others.
 * 2. Within both groups, by `words × (1 + 0.01 × recency) × (1 + 0.01 × votes) × (1 + 0.03 × nearness)`.
 *
 * `words` is the engine's own measure: on SQLite BM25 of the title (×14), authors and tags (×1.2) and abstract, on PostgreSQL
 * `ts_rank_cd` with such weights. Of more than 3,000 matches, SQLite ranks only titles, the shortest first (sqlite-titles.ts), and the
 * others follow by day. `recency` is 1 on the day of the library's newest paper and halves with each year; `votes` is log10(1 + upvotes);
 * `nearness` is 1 if all typed words follow each other in the paper as they were typed.
 *
 * The weights are small, because each prefers some other paper to the one that was meant: three words of a title found it at 0.960
 * (MRR of the first ten, 300 papers of 100,000) without the last three, at 0.959 with them, as plain BM25 does, and at 0.934
 * with 0.1, 0.05 and 0.2. They decide among papers that match equally well.
 */
export const recencyWeight = 0.01;
const votesWeight = 0.01;
const nearnessWeight = 0.03;

/** Votes and nearness reorder the best ones only. A lower score is better. */
export const reordered = 60;

export type Scored = { key: number; score: number; inTitle: boolean };

/** The first papers in their final order. They must be sorted by `words` and `recency`. */
export async function reorder(db: Database, found: Scored[], tree: Tree): Promise<number[]> {
  const pairs = pairsOf(tree);
  // Only nearness looks at texts.
  const texts =
    pairs.length === 0
      ? Prisma.sql`'' AS title, NULL AS abstract`
      : Prisma.sql`p.title AS title, CASE WHEN found."inTitle" THEN NULL ELSE p.abstract END AS abstract`;
  const papers = await db.$queryRaw<
    { key: bigint; title: string; abstract: string | null; upvotes: bigint | null }[]
  >`SELECT p."orderKey" AS key, p.upvotes AS upvotes, ${texts}
    FROM ${rows(db, found, { key: "int", inTitle: "bool" })} AS found JOIN "Paper" AS p ON p."orderKey" = found.key`;
  const byKey = new Map(papers.map((paper) => [Number(paper.key), paper]));
  const scoreOf = ({ key, score }: Scored) => {
    const paper = byKey.get(key);
    if (!paper) return score;
    const votes = Math.log10(1 + Math.max(0, Number(paper.upvotes ?? 0)));
    const near = pairs.length === 0 ? 0 : nearnessOf(pairs, `${paper.title} · ${paper.abstract ?? ""}`);
    return score * (1 + votesWeight * votes) * (1 + nearnessWeight * near);
  };
  return found
    .map((one) => ({ ...one, score: scoreOf(one) }))
    .sort((a, b) => Number(b.inTitle) - Number(a.inTitle) || a.score - b.score || b.key - a.key)
    .map(({ key }) => key);
}

/** The pairs of single words that were typed one after the other. */
function pairsOf(tree: Tree): [string, string][] {
  const typed = flatten(tree).flatMap((part) => {
    const inField = "field" in part ? childrenOf(part) : [part];
    return inField.flatMap((one) => ("word" in one ? [one.word] : []));
  });
  return typed.slice(1).map((word, at) => [typed[at] ?? "", word]);
}

const wordCharacter = /[\p{L}\p{N}]/u;

function nearnessOf(pairs: [string, string][], text: string): number {
  const tokens = scanFor(text, pairs.flat()).flatMap(({ parts }) => parts);
  // Those between two of these tokens were left out, so nothing but a word says that they are not neighbors.
  const isNext = ([one, other]: [string, string]) =>
    tokens.some((token, at) => {
      const next = tokens[at + 1];
      return (
        token.term === one && next?.term === other && !wordCharacter.test(text.slice(token.end, next.start))
      );
    });
  return pairs.every(isNext) ? 1 : 0;
}
