import type { Transaction } from "./client";
import { Prisma } from "./prisma";

/** Moves a paper's rows of a table to another paper, except those it already has. Rows of one paper differ in these columns. */
export async function moveRows(
  tx: Transaction,
  name: string,
  columns: string[],
  from: number,
  to: number,
): Promise<void> {
  const table = Prisma.raw(`"${name}"`);
  const same = Prisma.raw(columns.map((column) => `other."${column}" = "${name}"."${column}"`).join(" AND "));
  await tx.$executeRaw`UPDATE ${table} SET "paperKey" = ${to} WHERE "paperKey" = ${from} AND NOT EXISTS
    (SELECT 1 FROM ${table} AS other WHERE other."paperKey" = ${to} AND ${same})`;
}
