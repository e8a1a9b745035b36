import { type Database, Prisma } from "../prisma";
import type { Table } from "../tables";

/** Sets the sequence of each table to its highest key. */
export async function setSequences(db: Database, tables: Table[]): Promise<void> {
  for (const { name, key, columns } of tables) {
    const [column = ""] = key;
    if (key.length > 1 || columns[column] !== "int") continue;
    await db.$queryRaw`
      SELECT setval(sequence, greatest((SELECT max(${Prisma.raw(`"${column}"`)}) FROM ${Prisma.raw(`"${name}"`)}), 1)) IS NULL
      FROM pg_get_serial_sequence(${`"${name}"`}, ${column}) AS sequence WHERE sequence IS NOT NULL`;
  }
}
