import { Prisma } from "./generated/client";

/**
 * Values as SQLite's table `json_each`, each in the column `value`: many rows are written by one statement with one
 * parameter. As bytes, since of a text Prisma escapes every quote, and takes that back, before SQLite has it.
 */
export function jsonEach(values: unknown[]): Prisma.Sql {
  return Prisma.sql`json_each(CAST(${Buffer.from(JSON.stringify(values))} AS TEXT))`;
}
