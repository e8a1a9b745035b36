import { engineOf } from "./engine";
import { Prisma, type Transaction } from "./prisma";

/**
 * Rows as one value in a SQL statement for `db`, the other way round than `rows`: a JSON text with a list of lists, in order.
 * `SELECT p.id, ${list(db, ["name", "source"], Prisma.sql`"Tag" AS t WHERE t."paperKey" = p."key"`, "place")} AS tags`. Reading the parts
 * of papers so takes a quarter of the time that an object for each of them takes.
 */
export function list(db: Transaction, columns: string[], from: Prisma.Sql, orderBy: string): Prisma.Sql {
  const names = columns.map((name) => `"${name}"`).join(", ");
  const [array, group] = functions[engineOf(db)];
  const value = Prisma.raw(
    `coalesce(CAST(${group}(${array}(${names}) ORDER BY "${orderBy}") AS TEXT), '[]')`,
  );
  return Prisma.sql`(SELECT ${value} FROM ${from})`;
}

const functions = {
  sqlite: ["json_array", "json_group_array"],
  postgres: ["json_build_array", "json_agg"],
} as const;
