import { randomUUID } from "node:crypto";
import path from "node:path";
import type { Client } from "pg";
import {
  type Applied,
  findPending,
  type Migration,
  otherDatabase,
  readLedger,
  readMigrations,
} from "../migrations";
import { clientConfig } from "./connect";
import { nameOfDatabase } from "./name";
import { postgresProblem } from "./problem";

// Prisma's own table, so that `prisma migrate deploy` can take over.
const ledger = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;

// The lock that Prisma takes while it migrates.
const lock = 72707369;

/**
 * Migrates the library, and returns the names of the applied migrations. If several processes start together, one
 * migrates and the others wait. Throws an Error of one line for a database that is not our library, or from a newer
 * version.
 */
export async function migrate(
  url: string,
  folder = path.resolve("prisma/postgresql/migrations"),
): Promise<string[]> {
  const library = nameOfDatabase(url);
  const { default: pg } = await import("pg");
  const client = new pg.Client(clientConfig(url));
  client.on("error", () => {}); // a lost connection also fails the statement that is running
  try {
    await client.connect();
    await client.query("SELECT pg_advisory_lock($1)", [lock]); // until the connection ends
    await checkEncoding(client, library);
    const pending = await listPending(client, library, readMigrations(folder));
    if (pending.length > 0) await apply(client, pending);
    return pending.map((migration) => migration.name);
  } catch (error) {
    const problem = postgresProblem(error);
    throw problem === null ? error : new Error(`${library}: ${problem}`, { cause: error });
  } finally {
    await client.end().catch(() => {}); // it may already be broken
  }
}

async function checkEncoding(client: Client, library: string): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>("SHOW server_encoding");
  const encoding = rows[0]?.server_encoding;
  if (encoding !== "UTF8")
    throw new Error(
      `${library}: expected a database with the encoding UTF8, got ${encoding}; create it with ENCODING 'UTF8' TEMPLATE template0`,
    );
}

async function listPending(client: Client, library: string, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename",
  );
  const tables = rows.map(({ name }) => name);
  if (tables.length === 0) return migrations;
  if (!tables.includes("_prisma_migrations")) throw otherDatabase(library, tables);
  return findPending(library, (await client.query<Applied>(readLedger)).rows, migrations);
}

async function apply(client: Client, pending: Migration[]): Promise<void> {
  await client.query("BEGIN");
  await client.query(ledger);
  for (const { name, sql, checksum } of pending) {
    const started = new Date();
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, started_at, finished_at, migration_name, applied_steps_count)
       VALUES ($1, $2, $3, $4, $5, 1)`,
      [randomUUID(), checksum, started, new Date(), name],
    );
  }
  await client.query("COMMIT");
}
