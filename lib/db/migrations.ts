import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export type Migration = { name: string; sql: string; checksum: string };
/** A row of Prisma's ledger. `finished` is null if another tool began the migration and did not finish it. */
export type Applied = { name: string; checksum: string; finished: unknown };

/** The name under which a copy that is not finished stands among the migrations (lib/catalog/copy-library.ts). */
export const unfinishedCopy = "copy";

/** The library is a copy that was interrupted. */
export class UnfinishedCopyError extends Error {}

/** SQL for the rows of the ledger that count, as `Applied`. */
export const readLedger = `SELECT migration_name AS name, checksum, finished_at AS finished FROM "_prisma_migrations"
  WHERE rolled_back_at IS NULL`;

/** The migrations in a folder, in order. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/** The migrations that a library still needs. Throws an Error of one line if they do not continue what was applied to it. */
export function findPending(library: string, applied: Applied[], migrations: Migration[]): Migration[] {
  for (const row of applied) {
    if (row.name === unfinishedCopy)
      throw new UnfinishedCopyError(
        `${library}: this copy was interrupted; run npm run copy again, with the same two addresses`,
      );
    const known = migrations.find((migration) => migration.name === row.name);
    if (!known)
      throw new Error(
        `${library}: written by a newer Broadsheet (it has the migration ${row.name}); update the program`,
      );
    if (row.finished === null)
      throw new Error(`${library}: the migration ${row.name} was begun by another tool and not finished`);
    if (known.checksum !== row.checksum)
      throw new Error(`${library}: the migration ${row.name} was changed after it had been applied`);
  }
  return migrations.filter((migration) => !applied.some((row) => row.name === migration.name));
}

/** The error for a database that has tables, but no ledger. */
export function otherDatabase(library: string, tables: unknown[]): Error {
  return new Error(
    `${library}: expected a library of Broadsheet, found a database with the tables ${tables.join(", ")}`,
  );
}
