import { randomUUID } from "node:crypto";
import pg from "pg";
import { createEmpty, runOn, withDatabase } from "./postgres-server";

export type TestDatabase = { url: string; empty: () => Promise<void>; remove: () => Promise<void> };

/**
 * A database of its own for a file of tests. It is emptied between tests, which takes one millisecond; a new one for each
 * test would take a hundred.
 */
export async function openTestDatabase({
  server,
  base,
}: {
  server: string;
  base: string;
}): Promise<TestDatabase> {
  const name = `${base}_${randomUUID().slice(0, 8)}`;
  await runOn(server, `CREATE DATABASE ${name} TEMPLATE ${base} STRATEGY file_copy`);
  const url = withDatabase(server, name);
  const client = new pg.Client(url);
  client.on("error", () => {}); // a test may end all connections
  await client.connect();
  const reset = await toReset(client);
  return {
    url,
    empty: async () => void (await client.query(reset)),
    remove: async () => {
      await client.end();
      await runOn(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** A database without tables. */
export async function openEmptyDatabase({
  server,
  base,
}: {
  server: string;
  base: string;
}): Promise<TestDatabase> {
  const name = `${base}_${randomUUID().slice(0, 8)}`;
  await createEmpty(server, name);
  const remove = () => runOn(server, `DROP DATABASE ${name} WITH (FORCE)`);
  return { url: withDatabase(server, name), empty: async () => {}, remove };
}

/** SQL that brings a database back to the rows it has now, the first that its migrations wrote. */
async function toReset(client: pg.Client): Promise<string> {
  const { rows: tables } = await client.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
  );
  const { rows: sequences } = await client.query<{ name: string }>(
    "SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public'",
  );
  const statements = tables.map(({ name }) => `DELETE FROM "${name}"`);
  for (const { name } of tables) {
    const { rows } = await client.query<{ all: string | null }>(
      `SELECT json_agg(one)::text AS all FROM "${name}" AS one`,
    );
    const first = rows[0]?.all;
    if (first)
      statements.push(
        `INSERT INTO "${name}" SELECT * FROM json_populate_recordset(NULL::"${name}", ${client.escapeLiteral(first)})`,
      );
  }
  statements.push(...sequences.map(({ name }) => `ALTER SEQUENCE "${name}" RESTART`));
  return statements.join(";\n");
}
