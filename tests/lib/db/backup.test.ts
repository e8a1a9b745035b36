import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { backUp, restore } from "@/lib/db/backup";
import { migrate } from "@/lib/db/migrate";
import { closeDatabase } from "@/lib/db/open-database";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db, file } = openTestLibrary();
const copy = () => `${file()}.copy`;
const one = hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]);
const two = hubAnswer([{ id: "2512.00002", day: "2025-12-11" }]);

test("a copy is whole while the library is open and written, and comes back", async () => {
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
  expect(readdirSync(path.dirname(file())).filter((name) => /restore$|part$/.test(name))).toEqual([]);
});

test("a copy by another process is refused a library that another process has open", async () => {
  await scrapeBody(db(), one);
  await backUp(file(), copy());
  const env = { ...process.env, INIT_CWD: path.dirname(file()) };
  const run = (name: string, ...words: string[]) => {
    try {
      return execFileSync(process.execPath, [`scripts/${name}.mjs`, ...words], {
        env,
        encoding: "utf8",
        stdio: "pipe",
      });
    } catch (error) {
      const { status, stderr } = error as { status: number; stderr: string }; // what execFileSync throws
      return `${status} ${stderr.split("\n")[0]}`;
    }
  };
  expect(run("backup", "again.db")).toMatch(/^again\.db: 1 papers, \d/);
  expect(run("restore", "again.db")).toMatch(/^1 restore: .*another program has it open/);
  expect(run("backup")).toBe("2 backup: expected one FILE, got none");
  expect(run("restore", "nowhere.db")).toMatch(/^1 restore: .*expected a backup, there is no such file/);
});

test.each([
  [
    "a text",
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
      const bytes = readFileSync(copy());
      bytes.fill(7, 8192, 60_000);
      writeFileSync(to, bytes);
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
])("%s is refused, and the library stands", async (_, make, why) => {
  await scrapeBody(db(), one);
  await backUp(file(), copy());
  await closeDatabase();
  const other = `${file()}.other`;
  make(other);
  await expect(restore(other, file())).rejects.toThrow(why);
  expect(await db().paper.count()).toBe(1);
  expect(readdirSync(path.dirname(file())).some((name) => name.includes("before-restore"))).toBe(false);
});

test("a backup that is killed leaves the one before", async () => {
  await scrapeBody(db(), one);
  await backUp(file(), copy());
  const before = readFileSync(copy());
  await db().$executeRawUnsafe(`CREATE TABLE bulk AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
    SELECT i, hex(randomblob(500)) AS text FROM n`);
  const env = { ...process.env, INIT_CWD: path.dirname(file()) };
  const child = spawn(process.execPath, ["scripts/backup.mjs", copy()], { env, stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  while (!existsSync(`${copy()}.part`) && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 1));
  child.kill("SIGKILL");
  await ended;
  expect(child.signalCode).toBe("SIGKILL");
  expect(readFileSync(copy()).equals(before)).toBe(true);
  expect(await backUp(file(), copy())).toMatchObject({ papers: 1 });
  expect(existsSync(`${copy()}.part`)).toBe(false);
});

test("a copy is finished while another process goes on writing", async () => {
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
