import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { migrate } from "./migrate";

/** What a copy holds. */
export type Copied = { papers: number; bytes: number };

/**
 * Writes one consistent copy of the library to a file, also while others read and write it. What stood there stays until the
 * copy is whole. Throws an Error of one line.
 */
export async function backUp(library: string, file: string): Promise<Copied> {
  if (!existsSync(library)) throw new Error(`${library}: expected a library, there is none to back up`);
  if (path.resolve(library) === path.resolve(file))
    throw new Error(`${file}: is the library itself; name another file`);
  if (existsSync(file) && statSync(file).isDirectory())
    throw new Error(`${file}: expected a file, this is a folder`);
  const part = `${file}.part`;
  rmSync(part, { force: true });
  const db = new Sqlite(library, { readonly: true, timeout: 30_000 });
  try {
    // One reading for all of it: else each write of a scrape would make the copy begin again.
    db.exec("BEGIN");
    db.prepare("SELECT count(*) FROM sqlite_master").get();
    await db.backup(part);
  } finally {
    db.close();
  }
  const copied = seal(part);
  renameSync(part, file);
  return copied;
}

/**
 * Puts a copy in the place of the library, brought up to date where it is older; what was there is kept beside it, and its
 * name returned (null where there was none). At every moment the old or the new library stands there whole. Throws an Error
 * of one line, and changes nothing, for a file that is damaged, no library, or newer than the program, and while another
 * program has the library open.
 */
export async function restore(
  file: string,
  library: string,
  now = new Date(),
): Promise<Copied & { before: string | null }> {
  if (!existsSync(file) || statSync(file).isDirectory())
    throw new Error(`${file}: expected a backup, there is no such file`);
  if (path.resolve(library) === path.resolve(file))
    throw new Error(`${file}: is the library itself; name a backup`);
  const part = `${library}.restore`;
  removeAll(part);
  try {
    if (statSync(file).size === 0)
      throw new Error(`${file}: expected a library of Broadsheet, got an empty file`);
    copyFileSync(file, part);
    checkIntegrity(part, file);
    await migrate(part).catch((error: Error) => {
      throw new Error(error.message.replaceAll(part, file), { cause: error });
    });
    const copied = seal(part);
    const before = existsSync(library)
      ? `${library}.before-restore-${now.toISOString().replace(/[:.]/g, "-")}`
      : null;
    if (before) {
      takeAlone(library);
      // A copy, not another name: a library under two names would have two write-ahead logs.
      copyFileSync(library, `${before}.part`);
      renameSync(`${before}.part`, before);
    }
    renameSync(part, library);
    return { ...copied, before };
  } finally {
    removeAll(part);
  }
}

/** Throws where another program has it open: while one has, SQLite does not leave its write-ahead log. */
function takeAlone(library: string): void {
  const db = new Sqlite(library, { timeout: 1000 });
  try {
    db.pragma("journal_mode = DELETE");
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_BUSY"))) throw error;
    throw new Error(`${library}: another program has it open; stop the server and every scrape first`, {
      cause: error,
    });
  } finally {
    db.close();
  }
}

function checkIntegrity(copy: string, name: string): void {
  let said: unknown;
  try {
    const db = new Sqlite(copy);
    try {
      said = db.pragma("integrity_check", { simple: true });
    } finally {
      db.close();
    }
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    said = error.message;
  }
  if (said !== "ok")
    throw new Error(
      `${name}: expected a whole SQLite database, got a damaged file (${String(said).split("\n")[0]})`,
    );
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

function removeAll(part: string): void {
  const folder = path.dirname(part);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder))
    if (name.startsWith(path.basename(part))) rmSync(path.join(folder, name), { force: true });
}
