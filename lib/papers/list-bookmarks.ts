import type { Database } from "../db/client";
import { Prisma } from "../db/prisma";
import { rowByRow } from "../db/row-by-row";
import { search } from "../search/engine";
import type { Sort } from "../search/language";
import type { Tree } from "../search/tree";
import type { OwnPapers } from "./list";

export type BookmarkOrder = Exclude<Sort, "relevance">;

/** The place behind a paper in an order: the paper's value there, or null if it has none, and its key. */
export type Cursor = { value: number | null; key: number };

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
  const { from, key, column, behind } = orders[order](own);
  const found = await db.$queryRaw<
    { id: string; orderKey: bigint; key: bigint; value: bigint | Date | null }[]
  >`
    SELECT p.id AS id, p."orderKey" AS "orderKey", p."key" AS key, ${column} AS value FROM ${from}
    WHERE p."key" = b."paperKey" AND ${search.condition(db, tree, rowByRow(db, key))}
      AND ${after ? behind(after) : Prisma.sql`TRUE`}
    ORDER BY ${column} DESC NULLS LAST, ${key} DESC LIMIT ${limit} OFFSET ${offset}`;
  return found.map(({ id, orderKey, key, value }) => ({
    ...{ id, orderKey: Number(orderKey) },
    cursor: { value: value === null ? null : Number(value), key: Number(key) },
  }));
}

type InOrder = {
  /** Both tables. SQLite reads the first of a CROSS JOIN first, so it finds a page by the index of its order. */
  from: Prisma.Sql;
  key: Prisma.Sql;
  column: Prisma.Sql;
  behind: (after: Cursor) => Prisma.Sql;
};

const papersFirst = ({ bookmarks }: OwnPapers) => ({
  from: Prisma.sql`"Paper" AS p CROSS JOIN ${bookmarks} AS b`,
  key: Prisma.sql`p."key"`,
});

const orders: Record<BookmarkOrder, (own: OwnPapers) => InOrder> = {
  bookmarked: ({ bookmarks }) => ({
    from: Prisma.sql`${bookmarks} AS b CROSS JOIN "Paper" AS p`,
    key: Prisma.sql`b."paperKey"`,
    column: Prisma.sql`b."createdAt"`,
    // The value is in Unix milliseconds.
    behind: ({ value, key }) => Prisma.sql`(b."createdAt", b."paperKey") < (${new Date(value ?? 0)}, ${key})`,
  }),
  newest: (own) => ({
    ...papersFirst(own),
    column: Prisma.sql`p."orderKey"`,
    behind: ({ value }) => Prisma.sql`p."orderKey" < ${value ?? 0}`,
  }),
  upvotes: (own) => ({
    ...papersFirst(own),
    column: Prisma.sql`p.upvotes`,
    behind: ({ value, key }) =>
      value === null
        ? Prisma.sql`(p.upvotes IS NULL AND p."key" < ${key})`
        : Prisma.sql`((p.upvotes, p."key") < (${value}, ${key}) OR p.upvotes IS NULL)`,
  }),
};

/** How many bookmarked papers a tree has. Stops at a limit. */
export async function countBookmarked(
  db: Database,
  tree: Tree,
  own: OwnPapers,
  limit: number,
): Promise<number> {
  const condition = search.condition(db, tree, rowByRow(db, Prisma.sql`b."paperKey"`));
  // A LEFT JOIN whose columns nothing asks for is not read at all.
  const [row] = await db.$queryRaw<{ papers: bigint }[]>`
    SELECT count(*) AS papers FROM (SELECT 1 FROM ${own.bookmarks} AS b
      LEFT JOIN "Paper" AS p ON p."key" = b."paperKey" WHERE ${condition} LIMIT ${limit}) AS found`;
  return Number(row?.papers ?? 0);
}
