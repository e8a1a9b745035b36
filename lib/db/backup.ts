import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  lstatSync,
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
import { partOf, removeLeftovers } from "../leftovers";
import { migrate } from "./migrate";
import { troubleOf } from "./troubles";

/** What a copy holds. */
export type Copied = { papers: number; bytes: number };

// What SQLite keeps beside a library.
const companions = ["-wal", "-shm", "-journal"];

/**
 * Writes one consistent copy of the library to a file, or to what a link leads to, also while others read and write it. What
 * stood there stays until the copy is whole. Throws an Error of one line, also for a damaged library.
 */
export async function backUp(library: string, file: string): Promise<Copied> {
  if (!statSync(library, { throwIfNoEntry: false }))
    throw new Error(`${library}: expected a library, there is none to back up`);
  const target = findTarget(file, realpathSync(library));
  const part = partOf(target);
  removeLeftovers(path.dirname(target));
  removeDatabase(part);
  try {
    accessSync(path.dirname(target), constants.W_OK);
    writeFileSync(part, "", { flag: "wx" }); // the system says more plainly than SQLite why it cannot be
    await copyTo(part, library);
    const damage = findDamage(part);
    if (damage !== null)
      throw new Error(
        `${library}: it is damaged (${damage}); an earlier backup is brought back by npm run restore -- FILE`,
      );
    const copied = seal(part);
    renameSync(part, target);
    return copied;
  } finally {
    removeDatabase(part);
  }
}

/** Where a backup is to be written. Throws for what is no file and for what is the library's own. */
function findTarget(file: string, library: string): string {
  const folder = path.dirname(file);
  if (!statSync(folder, { throwIfNoEntry: false }))
    throw new Error(`${file}: expected a folder ${folder}, there is none`);
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink();
  const there = statSync(file, { throwIfNoEntry: false });
  if (isLink && !there) throw new Error(`${file}: expected a file, this is a link that leads nowhere`);
  if (there?.isDirectory()) throw new Error(`${file}: expected a file, this is a folder`);
  if (there && !there.isFile()) throw new Error(`${file}: expected a file, got a device or a pipe`);
  const target = there ? realpathSync(file) : path.join(realpathSync(folder), path.basename(file));
  for (const own of [library, ...companions.map((end) => library + end)]) {
    const one = statSync(own, { throwIfNoEntry: false });
    const isSame = target === own || (there && one && there.dev === one.dev && there.ino === one.ino);
    if (isSame)
      throw new Error(
        `${file}: ${own === library ? "is the library itself" : "belongs to the library"}; name another file`,
      );
  }
  return target;
}

async function copyTo(part: string, library: string): Promise<void> {
  let db: Sqlite.Database | undefined;
  try {
    db = new Sqlite(library, { readonly: true, timeout: 30_000 });
    // One reading for all of it: else each write of a scrape would make the copy begin again.
    db.exec("BEGIN");
    if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'Paper'").get() === undefined)
      throw new Error(`${library}: expected a library of Broadsheet, found another database`);
    await db.backup(part);
  } catch (error) {
    if (!isDamage(error) && !isUnopened(error)) throw error;
    throw new Error(`${library}: ${troubleOf(error) ?? "it is damaged"}`, { cause: error });
  } finally {
    db?.close();
  }
}

/** True where an error, or what caused it, is that the disk has no room. */
function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return /^(ENOSPC|EDQUOT|SQLITE_FULL)$/.test(code) || isFull(error.cause);
}

// The copy is there by then, so it is the library: on a disk that may only be read, SQLite cannot share it.
function isUnopened(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_CANTOPEN");
}

function isDamage(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(NOTADB|CORRUPT|IOERR_SHORT_READ)/.test(error.code);
}

/**
 * Puts a copy in the place of the library, brought up to date where it is older; what was there, damaged or not, is kept
 * beside it, and its name returned (null where there was none). At every moment the old or the new library stands there
 * whole. Throws an Error of one line, and changes nothing, for a file that is damaged, no library, or newer than the
 * program, and while another program has the library open.
 */
export async function restore(
  file: string,
  library: string,
  now = new Date(),
): Promise<Copied & { before: string | null }> {
  const given = statSync(file, { throwIfNoEntry: false });
  if (!given) throw new Error(`${file}: expected a backup, there is no such file`);
  if (given.isDirectory()) throw new Error(`${file}: expected a backup, this is a folder`);
  if (!given.isFile()) throw new Error(`${file}: expected a backup, got a device or a pipe`);
  const place = statSync(library, { throwIfNoEntry: false }) ? realpathSync(library) : library;
  if (realpathSync(file) === place) throw new Error(`${file}: is the library itself; name a backup`);
  if (given.size === 0) throw new Error(`${file}: expected a library of Broadsheet, got an empty file`);
  mkdirSync(path.dirname(place), { recursive: true });
  accessSync(path.dirname(place), constants.W_OK);
  const folder = `${place}.broadsheet-restoring`; // one that was left by a killed run is removed
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const part = path.join(folder, "copy.db");
  try {
    copyFileSync(file, part);
    chmodSync(part, statSync(place, { throwIfNoEntry: false })?.mode ?? 0o600); // whatever the backup's was
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
      takeAlone(place);
      // A copy, not another name: a library under two names would have two write-ahead logs.
      const copy = path.join(folder, "before.db");
      copyFileSync(place, copy);
      renameSync(copy, before);
    }
    // Only a damaged or a missing library still has them; SQLite would write them into the new one.
    for (const end of companions) if (existsSync(place + end)) renameSync(place + end, before + end);
    renameSync(part, place);
    return { ...copied, before: wasThere ? before : null };
  } catch (error) {
    if (!isFull(error)) throw error;
    const megabytes = Math.ceil((2 * given.size) / 2 ** 20); // the copy, and what it writes while it is brought up to date
    throw new Error(
      `${path.dirname(place)}: the disk is full; the library is as it was. Make room (about ${megabytes} MB) and try again`,
      { cause: error },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Throws where another program has it open: while one has, SQLite does not leave its write-ahead log. A damaged library is
 * let be, since it is only moved aside.
 */
function takeAlone(library: string): void {
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

/** The first thing that SQLite finds wrong with a file; null where it is whole. */
function findDamage(file: string): string | null {
  let said: string;
  try {
    const db = new Sqlite(file);
    try {
      said = String(db.pragma("integrity_check", { simple: true }));
    } finally {
      db.close();
    }
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError && isDamage(error))) throw error;
    said = error.message;
  }
  if (said === "ok") return null;
  const lines = said.split("\n");
  return lines.find((line) => !line.startsWith("***")) ?? said;
}

/** Makes a copy one file, on the disk. */
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
  for (const end of ["", ...companions]) rmSync(file + end, { force: true });
}
