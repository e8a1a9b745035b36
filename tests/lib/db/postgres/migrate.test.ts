import { fork } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import pg from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { migrate } from "@/lib/db/postgres/migrate";
import { openEmptyDatabase, type TestDatabase } from "@/tests/postgres-library";
import { schemaSql } from "../schema-sql";

let folder = "";
let library: TestDatabase;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
  library = await openEmptyDatabase(inject("postgres"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await library.remove();
});

async function query<Row extends pg.QueryResultRow>(sql: string, url = library.url): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<Row>(sql).finally(() => client.end());
  return rows;
}

function addMigration(name: string, sql: string): string {
  const migrations = path.join(folder, "migrations");
  cpSync(path.resolve("prisma/postgresql/migrations"), migrations, { recursive: true });
  mkdirSync(path.join(migrations, name), { recursive: true });
  writeFileSync(path.join(migrations, name, "migration.sql"), sql);
  return migrations;
}

const others = `('PaperIndex', 'File', '_prisma_migrations')`;

/** The columns, constraints and indexes of every model. */
const structure = async (url: string) => ({
  columns: await query(
    `SELECT table_name, column_name, data_type, datetime_precision, is_nullable, column_default
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT IN ${others} ORDER BY 1, 2`,
    url,
  ),
  constraints: await query(
    `SELECT conrelid::regclass::text AS owner, conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
        AND conrelid NOT IN (SELECT oid FROM pg_class WHERE relname IN ${others}) ORDER BY 1, 2`,
    url,
  ),
  // Without those of some rows only, which Prisma cannot describe.
  indexes: await query(
    `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT IN ${others}
      AND indexdef NOT LIKE '% WHERE %' ORDER BY 1`,
    url,
  ),
});

test("the migrations build what schema.prisma describes", async () => {
  await migrate(library.url);
  const described = await openEmptyDatabase(inject("postgres"));
  await query(await schemaSql("postgres", described.url), described.url);
  const expected = await structure(described.url);
  await described.remove();
  expect(await structure(library.url)).toEqual(expected);
  expect(expected.indexes.length).toBeGreaterThan(20);
});

test("texts are compared by their bytes, although the database would order them otherwise", async () => {
  await migrate(library.url);
  const [database] = await query(
    `SELECT datlocprovider AS provider FROM pg_database WHERE datname = current_database()`,
  );
  expect(database).toEqual({ provider: "i" });
  const wrong = await query(
    `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'
      AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' AND table_name <> '_prisma_migrations'`,
  );
  expect(wrong).toEqual([]);
  const words = ["Z", "a", "ä", "z"].map((word) => `('${word}', 1)`);
  await query(`INSERT INTO "Word" (word, papers) VALUES ${words.reverse().join(", ")}`);
  expect((await query(`SELECT word FROM "Word" ORDER BY word`)).map(({ word }) => word).join("")).toBe(
    "Zazä",
  );
});

test("a new library records its migrations as Prisma does, and is not migrated twice", async () => {
  expect(await migrate(library.url)).toEqual(
    readdirSync("prisma/postgresql/migrations").filter((name) => /^\d/.test(name)),
  );
  expect(await migrate(library.url)).toEqual([]);
  const [row] = await query(`SELECT * FROM "_prisma_migrations"`);
  expect(row).toMatchObject({
    checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
    finished_at: expect.any(Date),
    rolled_back_at: null,
    applied_steps_count: 1,
  });
});

test("processes that start together migrate once", async () => {
  const program = path.join(folder, "migrate.cjs");
  await build({
    stdin: {
      contents: `import { migrate } from "@/lib/db/postgres/migrate"; migrate("${library.url}").then((names) => process.send?.(names));`,
      resolveDir: ".",
    },
    outfile: program,
    bundle: true,
    packages: "external",
    supported: { "dynamic-import": false }, // require() finds the packages by NODE_PATH
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
  expect(applied.flat()).toEqual(
    (await query(`SELECT migration_name AS name FROM "_prisma_migrations"`)).map(({ name }) => name),
  );
});

test("a failed migration leaves the library unchanged", async () => {
  const before = await migrate(library.url);
  const broken = addMigration(
    "20990000000001_broken",
    `CREATE TABLE half (a int); INSERT INTO nowhere VALUES (1);`,
  );
  await expect(migrate(library.url, broken)).rejects.toThrow('relation "nowhere" does not exist');
  expect(await query(`SELECT migration_name FROM "_prisma_migrations"`)).toHaveLength(before.length);
  expect(await query(`SELECT 1 FROM pg_tables WHERE tablename = 'half'`)).toEqual([]);
  expect(await migrate(library.url)).toEqual([]);
});

test("a library of a newer version, with a changed migration, and another database are refused in one line", async () => {
  const name = /^postgresql:\/\/127\.0\.0\.1:\d+\/\w+: /;
  const refusal = async (folder?: string) => {
    const error: Error = await migrate(library.url, folder).then(
      () => new Error("it was not refused"),
      (error: Error) => error,
    );
    expect(error.message).toMatch(name);
    return error.message.replace(name, "");
  };
  await query("CREATE TABLE recipes (a int)");
  expect(await refusal()).toBe("expected a library of Broadsheet, found a database with the tables recipes");
  await query("DROP TABLE recipes");
  await migrate(library.url, addMigration("20990000000001_newer", "CREATE TABLE newer (a int)"));
  expect(await refusal()).toMatch(/^written by a newer Broadsheet .*20990000000001_newer/);
  expect(await refusal(addMigration("20990000000001_newer", "CREATE TABLE changed (a int)"))).toBe(
    "the migration 20990000000001_newer was changed after it had been applied",
  );
});
