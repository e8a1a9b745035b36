import type { Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { rowByRow } from "../db/row-by-row";
import type { Range, Row } from "./tree";

/**
 * A question about a row of "Paper" as `p`, for both engines. `isFirst`: papers are found by it, and it is not only checked for
 * papers that something else found.
 */
export function toPaperSql(db: Transaction, row: Row, isFirst = false): Prisma.Sql {
  const key = isFirst ? Prisma.sql`p.key` : rowByRow(db, Prisma.sql`p.key`);
  if ("number" in row) return between(numbers[row.number], row.bounds.from, row.bounds.to);
  if ("published" in row) return ofDays(Prisma.sql`p."publishedOn"`, row.published);
  if ("listed" in row) {
    const onDay = ofDays(Prisma.sql`e."listedOn"`, row.listed);
    return isFirst
      ? Prisma.sql`p.key IN (SELECT e."paperKey" FROM "Entry" AS e WHERE ${onDay})`
      : Prisma.sql`EXISTS (SELECT 1 FROM "Entry" AS e WHERE e."paperKey" = p.key AND ${onDay})`;
  }
  if ("id" in row)
    return Prisma.sql`(p.id = ${row.id} OR p."arxivId" = ${row.id} OR ${key} IN
      (SELECT "paperKey" FROM "FormerId" WHERE id = ${row.id}))`;
  if ("papers" in row) return Prisma.sql`${key} IN (${row.papers})`;
  throw new Error(`search: ${JSON.stringify(row.own)} needs a reader`);
}

const numbers = {
  upvotes: Prisma.sql`p.upvotes`,
  comments: Prisma.sql`p."commentCount"`,
  authors: Prisma.sql`p."authorCount"`,
};

const ofDays = (column: Prisma.Sql, { from, to }: Range) => between(column, from, to);

function between(column: Prisma.Sql, from: number | string | null, to: number | string | null): Prisma.Sql {
  const bounds = [Prisma.sql`${column} IS NOT NULL`];
  if (from !== null) bounds.push(Prisma.sql`${column} >= ${from}`);
  if (to !== null) bounds.push(Prisma.sql`${column} <= ${to}`);
  return Prisma.sql`(${Prisma.join(bounds, " AND ")})`;
}
