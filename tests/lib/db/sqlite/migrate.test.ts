import { fork } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { build } from "esbuild";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrate } from "@/lib/db/sqlite/migrate";
import { schemaSql } from "../schema-sql";

let folder = "";
const file = () => path.join(folder, "library.db");
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function addMigration(name: string, sql: string): string {
  const migrations = path.join(folder, "migrations");
  cpSync(path.resolve("prisma/sqlite/migrations"), migrations, { recursive: true });
  mkdirSync(path.join(migrations, name), { recursive: true });
  writeFileSync(path.join(migrations, name, "migration.sql"), sql);
  return migrations;
}

function structure(db: Sqlite.Database) {
  const tables = db
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'PaperIndex%' AND name NOT LIKE 'TitleIndex%'
      AND name NOT LIKE 'sqlite_%' AND name <> '_prisma_migrations' ORDER BY name`)
    .pluck()
    .all() as string[]; // names are text
  return tables.map((table) => ({
    table,
    columns: db.pragma(`table_info("${table}")`),
    parents: db.pragma(`foreign_key_list("${table}")`),
    // Without those of some rows only, which Prisma cannot describe.
    indexes: (
      db.pragma(`index_list("${table}")`) as {
        name: string;
        unique: number;
        origin: string;
        partial: number;
      }[]
    )
      .filter(({ partial }) => partial === 0)
      .map(({ name, unique, origin }) => ({ unique, origin, columns: db.pragma(`index_info("${name}")`) }))
      .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
  }));
}

test("the migrations build what schema.prisma describes", async () => {
  await migrate(file());
  const [migrated, described] = [new Sqlite(file()), new Sqlite(":memory:")];
  described.exec(await schemaSql("sqlite"));
  expect(structure(migrated)).toEqual(structure(described));
  expect(structure(described).map(({ table }) => table)).toContain("Paper");
  migrated.close();
});

test("a new library is in WAL mode, records its migrations as Prisma does, and is not migrated twice", async () => {
  expect(await migrate(file())).toEqual(
    readdirSync("prisma/sqlite/migrations").filter((name) => /^\d/.test(name)),
  );
  expect(await migrate(file())).toEqual([]);
  const db = new Sqlite(file());
  expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
  const [row] = db.prepare(`SELECT * FROM "_prisma_migrations"`).all();
  expect(row).toMatchObject({
    checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
    rolled_back_at: null,
    applied_steps_count: 1,
  });
  db.close();
});

test("processes that start together migrate once", async () => {
  const program = path.join(folder, "migrate.cjs");
  await build({
    stdin: {
      contents: `import { migrate } from "@/lib/db/sqlite/migrate"; migrate("${file()}").then((names) => process.send?.(names));`,
      resolveDir: ".",
    },
    outfile: program,
    bundle: true,
    packages: "external",
    platform: "node",
  });
  const run = () =>
    new Promise<string[]>((resolve, reject) => {
      let names: string[] = [];
      const child = fork(program, { env: { ...process.env, NODE_PATH: path.resolve("node_modules") } });
      child.on("message", (message: string[]) => {
        names = message;
      });
      child.on("close", (code) => (code === 0 ? resolve(names) : reject(new Error(`exit ${code}`))));
    });
  const applied = await Promise.all([run(), run(), run(), run()]);
  expect(applied.flat()).toEqual(await migratedNames());
});

async function migratedNames(): Promise<string[]> {
  const db = new Sqlite(file());
  const names = db.prepare(`SELECT migration_name FROM "_prisma_migrations"`).pluck().all() as string[]; // names are text
  db.close();
  return names;
}

test("an old arXiv id loses its subject class if the short id is free, and its former address redirects", async () => {
  const before = path.join(folder, "before");
  cpSync(path.resolve("prisma/sqlite/migrations"), before, { recursive: true });
  rmSync(path.join(before, "20261128180000_old_ids"), { recursive: true });
  await migrate(file(), before);
  const db = new Sqlite(file());
  const add = db.prepare(
    `INSERT INTO "Paper" ("key", id, "arxivId", "textId", "orderKey", title, "createdAt", "updatedAt")
      VALUES (@key, @id, @arxivId, @id, @key, 'Lamps', 0, 0)`,
  );
  const ids = [
    "math.AG/0603098",
    "math.GT/0603098",
    "math.CA/0611800",
    "math/0611800",
    "2512.00001",
    "hep-th/9901001",
  ];
  for (const [at, id] of ids.entries()) add.run({ key: at + 1, id, arxivId: id });
  add.run({ key: 7, id: "t-0123456789ab", arxivId: null });
  await migrate(file());
  expect(db.prepare(`SELECT id, "arxivId" FROM "Paper" ORDER BY "key"`).raw().all()).toEqual([
    ["math/0603098", "math/0603098"],
    ...["math.GT/0603098", "math.CA/0611800", "math/0611800", "2512.00001", "hep-th/9901001"].map((id) => [
      id,
      id,
    ]),
    ["t-0123456789ab", null],
  ]);
  expect(db.prepare(`SELECT id, "paperKey" FROM "FormerId"`).raw().all()).toEqual([["math.AG/0603098", 1]]);
  db.close();
});

test("a library is copied before it is migrated, and the last three copies are kept", async () => {
  await migrate(file());
  const db = new Sqlite(file());
  db.exec(`UPDATE "Revision" SET number = 77`); // still in the -wal file: copying the main file alone would lose it
  for (const n of [2, 3, 4, 5])
    await migrate(file(), addMigration(`2099000000000${n}_more`, `CREATE TABLE more${n} (a)`));
  db.close();
  const copies = readdirSync(folder)
    .filter((name) => name.includes(".before-"))
    .sort();
  expect(copies).toEqual([3, 4, 5].map((n) => `library.db.before-2099000000000${n}_more`));
  const copy = new Sqlite(path.join(folder, copies[0] as string));
  expect(copy.prepare(`SELECT number FROM "Revision"`).pluck().get()).toBe(77);
  expect(() => copy.exec("SELECT * FROM more3")).toThrow("no such table");
  copy.close();
});

test("a failed migration leaves the library unchanged", async () => {
  const before = await migrate(file());
  const broken = addMigration(
    "20990000000001_broken",
    `CREATE TABLE half (a); INSERT INTO nowhere VALUES (1);`,
  );
  await expect(migrate(file(), broken)).rejects.toThrow("no such table: nowhere");
  expect(await migratedNames()).toEqual(before);
  expect(await migrate(file())).toEqual([]);
});

test("a library of a newer version, another database and a file that is not a database are refused", async () => {
  await migrate(file());
  await migrate(file(), addMigration("20990000000001_newer", "CREATE TABLE newer (a)"));
  await expect(migrate(file())).rejects.toThrow(/written by a newer Broadsheet .*20990000000001_newer/);

  const other = path.join(folder, "other.db");
  new Sqlite(other).exec("CREATE TABLE recipes (a)").close();
  await expect(migrate(other)).rejects.toThrow(/expected a library of Broadsheet, found .* recipes/);

  const none = path.join(folder, "none.db");
  writeFileSync(none, "this is a letter, not a database; it is long enough to look like one".repeat(20));
  await expect(migrate(none)).rejects.toThrow(/expected a SQLite database/);
  await expect(migrate(path.dirname(none))).rejects.toThrow(/expected a file, got a folder; DATABASE_URL/);
});
