import { engineOf } from "./engine";
import { Prisma, type Transaction } from "./prisma";

/**
 * A column in a condition that is checked for each row. SQLite would otherwise look rows up by it, once for each value
 * that a list allows, even where they were found already. PostgreSQL chooses well by itself.
 */
export function rowByRow(db: Transaction, column: Prisma.Sql): Prisma.Sql {
  return engineOf(db) === "sqlite" ? Prisma.sql`+${column}` : column;
}
