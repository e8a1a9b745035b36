import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { backUp, restore } from "@/lib/db/sqlite/backup";
import { migrate } from "@/lib/db/sqlite/migrate";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db, file } = openTestLibrary();
const copy = () => `${file()}.copy`;
const one = hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]);
const two = hubAnswer([{ id: "2512.00002", day: "2025-12-11" }]);

/** Runs a program. Returns its output, or its exit code and the first line of its error. */
function run(name: string, ...args: string[]): string {
  const env = { ...process.env, INIT_CWD: path.dirname(file()) };
  try {
    return execFileSync(process.execPath, [`scripts/${name}.mjs`, ...args], {
      env,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string }; // what execFileSync throws
    return `${status} ${stderr.split("\n")[0]}`;
  }
}

/** Overwrites a range in the middle of a file. */
function damage(name: string): void {
  const bytes = readFileSync(name);
  bytes.fill(7, 8192, 60_000);
  writeFileSync(name, bytes);
}

test("a backup made while the library is in use is complete and can be restored", async () => {
  await scrapeBody(db(), one);
  expect(await backUp(file(), copy())).toMatchObject({ papers: 1 });
  await scrapeBody(db(), two);
  await expect(restore(copy(), file())).rejects.toThrow("another program has it open; stop the server");
  expect(await db().paper.count()).toBe(2);
  await closeDatabase();
  const { papers, before } = await restore(copy(), file());
  expect(papers).toBe(1);
  expect(await migrate(file())).toEqual([]);
  expect(new Sqlite(file()).pragma("journal_mode", { simple: true })).toBe("wal");
  expect(await db().paper.count()).toBe(1);
  expect(new Sqlite(before ?? "").prepare('SELECT count(*) FROM "Paper"').pluck().get()).toBe(2);
  expect(readdirSync(path.dirname(file())).filter((name) => /restoring|part$/.test(name))).toEqual([]);
});

/** The id of a process that has ended. */
const endedPid = () => spawnSync("true").pid;

test("a backup or migration removes what a killed one left behind, but not what a running process is writing", async () => {
  await scrapeBody(db(), one);
  const folder = path.dirname(file());
  const partsOf = (pid: number) =>
    ["yesterday.db", "library.db"].map((name) => `${name}.${pid}.broadsheet-part`);
  const leaveParts = (pid: number) => {
    for (const part of partsOf(pid))
      for (const end of ["", "-journal"]) writeFileSync(path.join(folder, part + end), "half");
  };
  const findParts = () => readdirSync(folder).filter((name) => name.includes("broadsheet-part"));
  leaveParts(process.ppid);
  const partsInUse = findParts();
  expect(partsInUse).toHaveLength(4);
  leaveParts(endedPid());
  await backUp(file(), copy());
  expect(findParts()).toEqual(partsInUse);
  leaveParts(endedPid());
  await migrate(file());
  expect(findParts()).toEqual(partsInUse);
});

const hasNamespaces = spawnSync("unshare", ["-rm", "true"]).status === 0;

/** Runs a command with a disk of this size mounted at $SMALL. */
function onSmallDisk(kilobytes: number, command: string): string {
  const small = path.join(path.dirname(file()), "small");
  mkdirSync(small);
  const mounted = `mount -t tmpfs -o size=${kilobytes}k none ${small} && cd ${path.resolve(".")} && ${command}`;
  const { stdout, stderr } = spawnSync("unshare", ["-rm", "sh", "-c", mounted], {
    env: { ...process.env, SMALL: small, DATABASE_URL: `file:${small}/library.db` },
    encoding: "utf8",
  });
  return stdout + stderr;
}

test.skipIf(!hasNamespaces)(
  "a restore onto a full disk names the disk and leaves the library unchanged",
  async () => {
    await scrapeBody(db(), one);
    await backUp(file(), copy());
    const kilobytes = Math.ceil(statSync(copy()).size / 1024);
    const command = `cp ${copy()} $SMALL/library.db; node scripts/restore.mjs ${copy()}; ls $SMALL; cmp ${copy()} $SMALL/library.db`;
    const folder = path.dirname(file());
    expect(onSmallDisk(kilobytes * 2 - 20, command)).toMatch(
      new RegExp(
        `^(library.db\n)restore: ${folder}/small: the disk is full; the library is as it was. Make room \\(about \\d MB\\) and try again\n$`,
      ),
    );
  },
);

test("a library in an unreadable folder is reported as unreadable, not as missing", async () => {
  await scrapeBody(db(), one);
  await closeDatabase();
  const folder = path.dirname(file());
  const env = { ...process.env, INIT_CWD: folder };
  // Root can read everything, so it runs the backup as another user. Anybody else makes the folder unreadable to themselves.
  const asOtherUser = process.getuid?.() === 0 ? ["setpriv", "--reuid=65534", "--clear-groups"] : [];
  const [program = "", ...args] = [...asOtherUser, process.execPath, "scripts/backup.mjs", copy()];
  chmodSync(folder, asOtherUser.length > 0 ? 0o700 : 0o000);
  const { status, stderr } = spawnSync(program, args, { env, encoding: "utf8" });
  chmodSync(folder, 0o700);
  expect([status, stderr]).toEqual([1, `backup: ${file()}: permission denied\n`]);
});

test("a restore removes what a killed restore left behind", async () => {
  await scrapeBody(db(), one);
  await backUp(file(), copy());
  await closeDatabase();
  mkdirSync(`${file()}.broadsheet-restoring`);
  writeFileSync(`${file()}.broadsheet-restoring/copy.db`, "half");
  expect((await restore(copy(), file())).papers).toBe(1);
  expect(readdirSync(path.dirname(file())).filter((name) => name.includes("restoring"))).toEqual([]);
});

test("the backup program copies an open library, the restore program refuses to replace one, and both report wrong arguments", async () => {
  await scrapeBody(db(), one);
  await backUp(file(), copy());
  expect(run("backup", "again.db")).toMatch(/^again\.db: 1 papers, \d/);
  expect(run("restore", "again.db")).toMatch(/^1 restore: .*another program has it open/);
  expect(run("backup")).toBe("2 backup: expected one FILE, got none");
  expect(run("restore", "nowhere.db")).toMatch(/^1 restore: .*expected a backup, there is no such file/);
});

test.each([
  [
    "a text file",
    (to: string) => writeFileSync(to, "Dear Ada,\n".repeat(1000)),
    "got a damaged file (file is not a database)",
  ],
  ["an empty file", (to: string) => writeFileSync(to, ""), "got an empty file"],
  [
    "another database",
    (to: string) => void new Sqlite(to).exec("CREATE TABLE birds (name TEXT)").close(),
    "found a database with the tables birds",
  ],
  [
    "a damaged copy",
    (to: string) => {
      writeFileSync(to, readFileSync(copy()));
      damage(to);
    },
    "got a damaged file",
  ],
  [
    "a newer library",
    (to: string) => {
      writeFileSync(to, readFileSync(copy()));
      new Sqlite(to)
        .exec(
          `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101_later', 1)`,
        )
        .close();
    },
    "written by a newer Broadsheet",
  ],
])("%s is not restored, and the library stays unchanged", async (_, make, why) => {
  await scrapeBody(db(), one);
  await backUp(file(), copy());
  await closeDatabase();
  const other = `${file()}.other`;
  make(other);
  await expect(restore(other, file())).rejects.toThrow(why);
  expect(await db().paper.count()).toBe(1);
  expect(readdirSync(path.dirname(file())).some((name) => name.includes("before-restore"))).toBe(false);
});

test("a killed backup leaves the previous backup intact", async () => {
  await scrapeBody(db(), one);
  await backUp(file(), copy());
  const before = readFileSync(copy());
  await db().$executeRawUnsafe(`CREATE TABLE bulk AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
    SELECT i, hex(randomblob(500)) AS text FROM n`);
  const env = { ...process.env, INIT_CWD: path.dirname(file()) };
  const child = spawn(process.execPath, ["scripts/backup.mjs", copy()], { env, stdio: "ignore" });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  while (!existsSync(`${copy()}.${child.pid}.broadsheet-part`) && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 1));
  child.kill("SIGKILL");
  await exited;
  expect(child.signalCode).toBe("SIGKILL");
  expect(readFileSync(copy()).equals(before)).toBe(true);
  expect(await backUp(file(), copy())).toMatchObject({ papers: 1 });
  expect(existsSync(`${copy()}.${child.pid}.broadsheet-part`)).toBe(false);
});

test("a backup finishes while another connection keeps writing", async () => {
  await scrapeBody(db(), one);
  const other = new Sqlite(file());
  other.exec(
    "CREATE TABLE bulk AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i, hex(randomblob(500)) AS text FROM n",
  );
  const writing = setInterval(() => other.exec("INSERT INTO bulk VALUES (0, 'more')"), 1);
  expect(await backUp(file(), copy())).toMatchObject({ papers: 1 });
  clearInterval(writing);
  other.close();
});

test.each([
  ["is cut off", (name: string) => truncateSync(name, 100_000)],
  ["is damaged inside", damage],
  ["is not a database", (name: string) => writeFileSync(name, "hello")],
])("a backup can be restored over a library that %s, which is moved aside", async (_, breakFile) => {
  await scrapeBody(db(), one);
  await backUp(file(), copy());
  await closeDatabase();
  breakFile(file());
  const broken = readFileSync(file());
  const { before } = await restore(copy(), file());
  expect(await db().paper.count()).toBe(1);
  // Except for the header, where SQLite records the journal mode.
  expect(
    readFileSync(before ?? "")
      .subarray(100)
      .equals(broken.subarray(100)),
  ).toBe(true);
});

test("a restored library does not use the write-ahead log that a missing library left behind", async () => {
  await scrapeBody(db(), one);
  await backUp(file(), copy());
  await closeDatabase();
  const other = new Sqlite(file());
  other.exec(`PRAGMA wal_autocheckpoint = 0; DELETE FROM "Paper"`);
  const log = readFileSync(`${file()}-wal`);
  other.close();
  renameSync(file(), `${file()}.elsewhere`);
  writeFileSync(`${file()}-wal`, log);
  expect((await restore(copy(), file())).before).toBeNull();
  expect(await db().paper.count()).toBe(1);
});

test("a restore leaves other files alone, whatever their names", async () => {
  await scrapeBody(db(), one);
  const mine = `${file()}.restore-mine.db`;
  await backUp(file(), mine);
  writeFileSync(`${file()}.restored`, "a note");
  await closeDatabase();
  expect(await restore(mine, file())).toMatchObject({ papers: 1 });
  expect(existsSync(mine)).toBe(true);
  expect(readFileSync(`${file()}.restored`, "utf8")).toBe("a note");
});

test("a damaged library is not backed up, and the previous backup stays", async () => {
  await scrapeBody(db(), one);
  await backUp(file(), copy());
  await closeDatabase();
  const before = readFileSync(copy());
  damage(file());
  await expect(backUp(file(), copy())).rejects.toThrow(/library\.db: it is damaged/);
  writeFileSync(file(), "hello".repeat(1000));
  await expect(backUp(file(), copy())).rejects.toThrow(/library\.db: it is damaged/);
  expect(readFileSync(copy()).equals(before)).toBe(true);
  expect(await restore(copy(), file())).toMatchObject({ papers: 1 });
});

test("a database of another program is not backed up", async () => {
  const other = `${file()}.birds`;
  new Sqlite(other).exec("CREATE TABLE birds (name TEXT)").close();
  await expect(backUp(other, copy())).rejects.toThrow("expected a library of Broadsheet, found another");
  expect(existsSync(copy())).toBe(false);
});

test("a backup never overwrites the library's own files or anything that is not a regular file", async () => {
  await scrapeBody(db(), one);
  const folder = path.dirname(file());
  const [link, hard, pipe] = ["link.db", "hard.db", "pipe"].map((name) => path.join(folder, name));
  linkSync(file(), hard ?? "");
  execFileSync("mkfifo", [pipe ?? ""]);
  symlinkSync(file(), path.join(folder, "to-library.db"));
  symlinkSync("nowhere/at-all.db", path.join(folder, "to-nothing.db"));
  const refused = async (name: string) =>
    expect(backUp(file(), path.join(folder, name)), name).rejects.toThrow(/^\/[^\n]+: [^\n]+$/);
  for (const own of ["library.db", "library.db-wal", "library.db-shm", "library.db-journal"])
    await refused(own);
  for (const name of ["hard.db", "to-library.db", "to-nothing.db", "pipe", ".", "no/folder.db"])
    await refused(name);
  expect(lstatSync(pipe ?? "").isFIFO()).toBe(true);
  expect(await db().paper.count()).toBe(1);

  writeFileSync(copy(), "an older one");
  symlinkSync(copy(), link ?? "");
  writeFileSync(`${link}.part`, "a note");
  expect(await backUp(file(), link ?? "")).toMatchObject({ papers: 1 });
  expect(lstatSync(link ?? "").isSymbolicLink()).toBe(true);
  expect(new Sqlite(copy()).prepare('SELECT count(*) FROM "Paper"').pluck().get()).toBe(1);
  expect(readFileSync(`${link}.part`, "utf8")).toBe("a note");
});

test("a restore or backup that fails reports one line that names the file", async () => {
  await scrapeBody(db(), one);
  await closeDatabase();
  const folder = path.dirname(file());
  const notes = path.join(folder, "notes.txt");
  writeFileSync(notes, "hello");
  mkdirSync(path.join(folder, "folder"));
  expect(run("restore", "notes.txt")).toBe(
    `1 restore: ${notes}: expected a whole SQLite database, got a damaged file (file is not a database)`,
  );
  expect(run("restore", "folder")).toBe(`1 restore: ${folder}/folder: expected a backup, this is a folder`);
  expect(run("backup", "no/copy.db")).toBe(
    `1 backup: ${folder}/no/copy.db: expected a folder ${folder}/no, there is none`,
  );
  const small = execFileSync("sh", ["-c", `ulimit -f 8; node scripts/backup.mjs ${copy()} 2>&1; true`], {
    encoding: "utf8",
  });
  expect(small).toBe(
    `backup: ${copy()}: the disk is full or failing, or a file reached its size limit (ulimit -f)\n`,
  );
});
