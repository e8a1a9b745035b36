import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../lib/db/postgres/migrate";
import { startPostgres } from "../scripts/drill/start-postgres";

declare module "vitest" {
  interface ProvidedContext {
    /** A PostgreSQL server for tests, and the name of an empty, migrated library on it; `openTestLibrary` copies it. */
    postgres: { server: string; base: string };
  }
}

// Nothing has to outlive the tests.
const settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"];

/** Starts a PostgreSQL server, or uses the one in TEST_DATABASE_URL, and creates the empty library that tests copy. */
export default async (project: TestProject) => {
  const own = process.env.TEST_DATABASE_URL ? null : await startPostgres(settings);
  const server = own?.url ?? process.env.TEST_DATABASE_URL ?? "";
  const base = `broadsheet_test_${process.pid}`;
  await createEmpty(server, base);
  await migrate(withDatabase(server, base));
  project.provide("postgres", { server, base });
  return async () => {
    if (own) await own.stop();
    else await runOn(server, `DROP DATABASE IF EXISTS ${base} WITH (FORCE)`);
  };
};

/** The address of another database on the same server. */
export function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export async function runOn(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** The order of texts in this database is not that of their bytes, as in most databases. */
export async function createEmpty(server: string, name: string): Promise<void> {
  await runOn(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await runOn(
    server,
    `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'`,
  );
}
