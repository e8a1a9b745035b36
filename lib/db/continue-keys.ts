import { engineOf } from "./engine";
import { setSequences } from "./postgres/sequences";
import type { Database } from "./prisma";
import type { Table } from "./tables";

/** Has new rows get keys behind those that are there. SQLite does so by itself. */
export async function continueKeys(db: Database, tables: Table[]): Promise<void> {
  if (engineOf(db) === "postgres") await setSequences(db, tables);
}
