import type { Database } from "../db/client";
import { Prisma } from "../db/prisma";
import { search } from "../search/engine";
import type { Sort } from "../search/language";
import type { Tree } from "../search/tree";
import type { OwnPapers } from "./list";

export type BookmarkOrder = Exclude<Sort, "relevance">;

/** The place behind a paper in an order: the paper's value there, as a number, and its key. */
export type Cursor = { value: number; key: number };

/** Which part of a list: behind a paper, or from a number of papers on. */
export type Part = { after?: Cursor | null; offset?: number; limit: number };

/** Id, order key and place of the bookmarked papers of a tree, which asks for nothing that needs a reader. The key decides between equals. */
export async function listBookmarked(
  db: Database,
  tree: Tree,
  own: OwnPapers,
  order: BookmarkOrder,
  { after = null, offset = 0, limit }: Part,
): Promise<{ id: string; orderKey: number; cursor: Cursor }[]> {
  const { column, toValue, ofValue } = orders[order];
  const behind = after
    ? Prisma.sql`AND (${column}, p."key") < (${ofValue(after.value)}, ${after.key})`
    : Prisma.empty;
  const found = await db.$queryRaw<{ id: string; orderKey: bigint; key: bigint; value: bigint | Date }[]>`
    SELECT p.id AS id, p."orderKey" AS "orderKey", p."key" AS key, ${column} AS value
    FROM ${own.bookmarks} AS b JOIN "Paper" AS p ON p."key" = b."paperKey"
    WHERE ${search.condition(db, tree)} ${behind}
    ORDER BY ${column} DESC, p."key" DESC LIMIT ${limit} OFFSET ${offset}`;
  return found.map(({ id, orderKey, key, value }) => ({
    ...{ id, orderKey: Number(orderKey) },
    cursor: { value: toValue(value), key: Number(key) },
  }));
}

type InOrder = {
  column: Prisma.Sql;
  toValue: (value: bigint | Date) => number;
  ofValue: (value: number) => number | Date;
};
const plain = { toValue: Number, ofValue: (value: number) => value };

const orders: Record<BookmarkOrder, InOrder> = {
  bookmarked: {
    column: Prisma.sql`b."createdAt"`,
    toValue: Number, // Unix milliseconds
    ofValue: (value) => new Date(value),
  },
  newest: { column: Prisma.sql`p."orderKey"`, ...plain },
  // Papers whose upvotes are unknown come last.
  upvotes: { column: Prisma.sql`coalesce(p.upvotes, -1)`, ...plain },
};

/** How many bookmarked papers a tree has. */
export async function countBookmarked(db: Database, tree: Tree, own: OwnPapers): Promise<number> {
  const [row] = await db.$queryRaw<{ papers: bigint }[]>`
    SELECT count(*) AS papers FROM ${own.bookmarks} AS b JOIN "Paper" AS p ON p."key" = b."paperKey"
    WHERE ${search.condition(db, tree)}`;
  return Number(row?.papers ?? 0);
}
