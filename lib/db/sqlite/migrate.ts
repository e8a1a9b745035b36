import { randomUUID } from "node:crypto";
import { accessSync, constants, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { partOf, removeLeftovers } from "../../leftovers";
import { systemProblem } from "../../system-problem";
import {
  type Applied,
  findPending,
  type Migration,
  otherDatabase,
  readLedger,
  readMigrations,
} from "../migrations";
import { sqliteProblem } from "./problem";

// Prisma's own table, so that `prisma migrate deploy` can take over.
const ledger = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
  "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`;

const copiesKept = 3;

/**
 * Migrates the SQLite library in `file`, creating it if needed, and returns the names of the applied migrations. If
 * several processes start together, one migrates and the others wait. An existing library is first copied to
 * `FILE.before-MIGRATION`; the last three copies are kept. Throws an Error of one line for a file that is not our
 * library, or from a newer version.
 */
export async function migrate(
  file: string,
  folder = path.resolve("prisma/sqlite/migrations"),
): Promise<string[]> {
  mkdirSync(path.dirname(file), { recursive: true });
  removeLeftovers(path.dirname(file));
  const migrations = readMigrations(folder);
  const db = open(file);
  try {
    const pending = checkLedger(db, file, migrations);
    if (pending.length === 0) {
      switchToWal(db); // a restored backup does not contain it
      return [];
    }
    const copied = hasLedger(db) ? await copyBefore(db, file, pending[0] as Migration) : undefined;
    switchToWal(db);
    const applied = apply(db, file, migrations);
    if (copied) dropOldCopies(file);
    return applied;
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    if (error.code !== "SQLITE_NOTADB")
      throw new Error(`${file}: ${sqliteProblem(error) ?? error.message}`, { cause: error });
    throw new Error(
      `${file}: expected a SQLite database, got another file; move it away or choose another DATABASE_URL`,
    );
  } finally {
    db.close();
  }
}

function open(file: string): Sqlite.Database {
  try {
    const existing = statSync(file, { throwIfNoEntry: false });
    if (existing?.isDirectory())
      throw new Error("expected a file, got a folder; DATABASE_URL names the file");
    if (existing) accessSync(file, constants.R_OK | constants.W_OK);
    return new Sqlite(file, { timeout: 30_000 });
  } catch (error) {
    const problem = systemProblem(error) ?? sqliteProblem(error) ?? (error as Error).message;
    throw new Error(`${file}: ${problem}`, { cause: error });
  }
}

function hasLedger(db: Sqlite.Database): boolean {
  return db.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get() !== undefined;
}

function checkLedger(db: Sqlite.Database, file: string, migrations: Migration[]): Migration[] {
  if (!hasLedger(db)) {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
    if (tables.length === 0) return migrations;
    throw otherDatabase(file, tables);
  }
  const applied = db.prepare(readLedger).all() as Applied[]; // the query returns exactly these columns
  return findPending(file, applied, migrations);
}

// WAL mode lets readers read while an import writes. The switch needs the file to itself for a moment, which SQLite
// does not wait for, so this waits for another process's switch. The mode is stored in the file.
function switchToWal(db: Sqlite.Database): void {
  for (let tries = 0; ; tries++) {
    try {
      db.pragma("journal_mode = WAL");
      return;
    } catch (error) {
      if (!(error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_BUSY")) || tries === 100)
        throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}

function apply(db: Sqlite.Database, file: string, migrations: Migration[]): string[] {
  db.pragma("foreign_keys = OFF"); // a migration may rebuild a table that others refer to; checked below
  const run = db.transaction(() => {
    const pending = checkLedger(db, file, migrations); // checked again: another process may have migrated meanwhile
    db.exec(ledger);
    const insert = db.prepare(
      `INSERT INTO "_prisma_migrations" (id, checksum, started_at, finished_at, migration_name, applied_steps_count)
       VALUES (?, ?, ?, ?, ?, 1)`,
    );
    for (const { name, sql, checksum } of pending) {
      const started = Date.now();
      db.exec(sql);
      insert.run(randomUUID(), checksum, started, Date.now(), name);
    }
    const broken = db.pragma("foreign_key_check") as unknown[];
    if (broken.length > 0)
      throw new Error(`${file}: a migration would leave ${broken.length} rows without their parents`);
    return pending.map((migration) => migration.name);
  });
  return run.immediate();
}

async function copyBefore(db: Sqlite.Database, file: string, next: Migration): Promise<string | undefined> {
  const part = partOf(file);
  rmSync(part, { force: true });
  await db.backup(part);
  const copy = new Sqlite(part);
  const alreadyMigrated =
    copy.prepare(`SELECT 1 FROM "_prisma_migrations" WHERE migration_name = ?`).get(next.name) !== undefined;
  copy.pragma("journal_mode = DELETE"); // a single file, without a -wal beside it
  copy.close();
  if (alreadyMigrated) {
    rmSync(part);
    return undefined;
  }
  const target = `${file}.before-${next.name}`;
  renameSync(part, target);
  return target;
}

function dropOldCopies(file: string): void {
  const prefix = `${path.basename(file)}.before-`;
  const copies = readdirSync(path.dirname(file))
    .filter((name) => name.startsWith(prefix) && !name.startsWith(`${prefix}restore-`))
    .sort(); // the names of migrations start with their time, so they sort by age
  for (const name of copies.slice(0, -copiesKept)) rmSync(path.join(path.dirname(file), name));
}
