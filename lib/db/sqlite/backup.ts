import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { partOf, removeLeftovers } from "../../leftovers";
import { findTarget } from "../backup-target";
import { migrate } from "./migrate";
import { sqliteProblem } from "./problem";

/** How much a copy contains. */
export type Copied = { papers: number; bytes: number };

// The files SQLite keeps beside a library.
const sideFiles = ["-wal", "-shm", "-journal"];

/**
 * Writes a consistent copy of the library to a file, or to the file a link points to, even while others use the
 * library. An existing file is replaced only once the copy is complete. Throws an Error of one line, also for a damaged
 * library.
 */
export async function backUp(library: string, file: string): Promise<Copied> {
  if (!statSync(library, { throwIfNoEntry: false }))
    throw new Error(`${library}: expected a library, there is none to back up`);
  const own = realpathSync(library);
  const target = findTarget(file, [own, ...sideFiles.map((end) => own + end)]);
  const part = partOf(target);
  removeLeftovers(path.dirname(target));
  removeDatabase(part);
  try {
    accessSync(path.dirname(target), constants.W_OK);
    writeFileSync(part, "", { flag: "wx" }); // the system's error is clearer than SQLite's
    await copyTo(part, library);
    const damage = findDamage(part);
    if (damage !== null)
      throw new Error(
        `${library}: it is damaged (${damage}); restore an earlier backup with npm run restore -- FILE`,
      );
    const copied = seal(part);
    renameSync(part, target);
    return copied;
  } finally {
    removeDatabase(part);
  }
}

async function copyTo(part: string, library: string): Promise<void> {
  let db: Sqlite.Database | undefined;
  try {
    db = new Sqlite(library, { readonly: true, timeout: 30_000 });
    // Copies in one step. Otherwise each write of an import would restart the copy.
    db.exec("BEGIN");
    if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'Paper'").get() === undefined)
      throw new Error(`${library}: expected a library of Broadsheet, found another database`);
    await db.backup(part);
  } catch (error) {
    if (!isDamage(error) && !couldNotOpen(error)) throw error;
    throw new Error(`${library}: ${sqliteProblem(error) ?? "it is damaged"}`, { cause: error });
  } finally {
    db?.close();
  }
}

/** Whether an error, or its cause, is a full disk. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return /^(ENOSPC|EDQUOT|SQLITE_FULL)$/.test(code) || isDiskFull(error.cause);
}

// The copy could already be created, so this is about the library: SQLite cannot share one on a read-only disk.
function couldNotOpen(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_CANTOPEN");
}

function isDamage(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(NOTADB|CORRUPT|IOERR_SHORT_READ)/.test(error.code);
}

/**
 * Replaces the library with a copy, migrated if it is older. The previous library, damaged or not, is kept beside it;
 * returns its name (null if there was none). At every moment, either the old or the new library is complete and in
 * place. Throws an Error of one line and changes nothing if the file is damaged, is not a library or is newer than this
 * program, or if another program has the library open.
 */
export async function restore(
  file: string,
  library: string,
  now = new Date(),
): Promise<Copied & { before: string | null }> {
  const backup = statSync(file, { throwIfNoEntry: false });
  if (!backup) throw new Error(`${file}: expected a backup, there is no such file`);
  if (backup.isDirectory()) throw new Error(`${file}: expected a backup, this is a folder`);
  if (!backup.isFile()) throw new Error(`${file}: expected a backup, got a device or a pipe`);
  const place = statSync(library, { throwIfNoEntry: false }) ? realpathSync(library) : library;
  if (realpathSync(file) === place) throw new Error(`${file}: is the library itself; name a backup`);
  if (backup.size === 0) throw new Error(`${file}: expected a library of Broadsheet, got an empty file`);
  mkdirSync(path.dirname(place), { recursive: true });
  accessSync(path.dirname(place), constants.W_OK);
  const folder = `${place}.broadsheet-restoring`; // a killed run may have left one
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const part = path.join(folder, "copy.db");
  try {
    copyFileSync(file, part);
    chmodSync(part, statSync(place, { throwIfNoEntry: false })?.mode ?? 0o600); // whatever mode the backup has
    const damage = findDamage(part);
    if (damage !== null)
      throw new Error(`${file}: expected a whole SQLite database, got a damaged file (${damage})`);
    await migrate(part).catch((error: Error) => {
      throw new Error(error.message.replaceAll(part, file), { cause: error });
    });
    const copied = seal(part);
    const before = `${place}.before-restore-${now.toISOString().replace(/[:.]/g, "-")}`;
    const wasThere = existsSync(place);
    if (wasThere) {
      requireExclusive(place);
      // A copy, not a second name: a library with two names would have two write-ahead logs.
      const copy = path.join(folder, "before.db");
      copyFileSync(place, copy);
      renameSync(copy, before);
    }
    // These files remain only beside a damaged or missing library. SQLite would apply them to the new one.
    for (const end of sideFiles) if (existsSync(place + end)) renameSync(place + end, before + end);
    renameSync(part, place);
    return { ...copied, before: wasThere ? before : null };
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    const megabytes = Math.ceil((2 * backup.size) / 2 ** 20); // the copy, and the files beside it while it is migrated
    throw new Error(
      `${path.dirname(place)}: the disk is full; the library is as it was. Make room (about ${megabytes} MB) and try again`,
      { cause: error },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Throws if another program has the library open, because SQLite then cannot leave its write-ahead log mode. Ignores a
 * damaged library, which is only moved aside.
 */
function requireExclusive(library: string): void {
  let db: Sqlite.Database | undefined;
  try {
    db = new Sqlite(library, { timeout: 1000 });
    db.pragma("journal_mode = DELETE");
  } catch (error) {
    if (isDamage(error)) return;
    if (!(error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_BUSY"))) throw error;
    throw new Error(`${library}: another program has it open; stop the server and every scrape first`, {
      cause: error,
    });
  } finally {
    db?.close();
  }
}

/** The first problem SQLite finds in a file. Null if it is intact. */
function findDamage(file: string): string | null {
  let result: string;
  try {
    const db = new Sqlite(file);
    try {
      result = String(db.pragma("integrity_check", { simple: true }));
    } finally {
      db.close();
    }
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError && isDamage(error))) throw error;
    result = error.message;
  }
  if (result === "ok") return null;
  const lines = result.split("\n");
  return lines.find((line) => !line.startsWith("***")) ?? result;
}

/** Makes a copy a single file, and flushes it to disk. */
function seal(copy: string): Copied {
  const db = new Sqlite(copy);
  let papers: number;
  try {
    db.pragma("journal_mode = DELETE");
    papers = Number(db.prepare('SELECT count(*) FROM "Paper"').pluck().get());
  } finally {
    db.close();
  }
  const handle = openSync(copy, "r+");
  fsyncSync(handle);
  closeSync(handle);
  return { papers, bytes: statSync(copy).size };
}

function removeDatabase(file: string): void {
  for (const end of ["", ...sideFiles]) rmSync(file + end, { force: true });
}
